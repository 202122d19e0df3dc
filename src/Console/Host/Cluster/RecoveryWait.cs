using Interop.Hub.Grains;

namespace Interop.Console.Host.Cluster;

/// <summary>Holds the rest of the start back until the directory and the rooms are up: who may call is not known before.</summary>
/// <remarks>One room that does not come up must not keep the others closed, so the wait ends; readiness goes on saying why.</remarks>
internal sealed partial class RecoveryWait(RecoveryState recovery, TimeProvider time, ILogger<RecoveryWait> logger) : IHostedService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        while (!recovery.Ready)
        {
            if (time.GetElapsedTime(begun) > Patience)
            {
                LogNotReady(logger, Patience);
                return;
            }
            await Task.Delay(Step, time, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1401, LogLevel.Error, "The rooms were not all up after {Patience}; the node goes on with those that are")]
    private static partial void LogNotReady(ILogger logger, TimeSpan patience);
}
