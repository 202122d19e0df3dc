using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ports;
using Microsoft.Extensions.Logging;

namespace Interop.Hub.Grains.Directory;

/// <summary>This node's copy of the directory; it follows the directory's grain for as long as the node runs.</summary>
internal sealed partial class DirectoryView(IGrainFactory grains, INodes nodes, TimeProvider clock, ILogger<DirectoryView> log)
    : NodeTask(ServiceLifecycleStage.Active), IDirectory, IDirectoryObserver
{
    private static readonly TimeSpan RenewalPeriod = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RetryPeriod = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DirectorySnapshot current = DirectorySnapshot.Empty;

    public DirectorySnapshot Current => Volatile.Read(ref current);

    /// <summary>Done when this node has a snapshot.</summary>
    public Task Ready => first.Task;

    public Task Changed(DirectorySnapshot snapshot)
    {
        // Changes and renewals come on different threads; the newest snapshot holds.
        for (var held = Current; snapshot.Version > held.Version; held = Current)
            if (ReferenceEquals(Interlocked.CompareExchange(ref current, snapshot, held), held))
                break;
        return Task.CompletedTask;
    }

    protected override async Task Run(CancellationToken stop)
    {
        var reference = grains.CreateObjectReference<IDirectoryObserver>(this);
        nodes.OnLost(_ => Renew(reference).Ignore());
        while (!stop.IsCancellationRequested)
        {
            var wait = RenewalPeriod;
            try
            {
                await Renew(reference);
                first.TrySetResult();
            }
            catch (Exception exception)
            {
                LogNotRenewed(exception);
                wait = RetryPeriod;
            }

            await Task.Delay(wait, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Renew(IDirectoryObserver reference) =>
        await Changed(await grains.GetGrain<IDirectoryGrain>(IDirectoryGrain.Key).Subscribe(reference));

    [LoggerMessage(1203, LogLevel.Warning, "This node could not renew its copy of the directory; it goes on with the one it has")]
    private partial void LogNotRenewed(Exception exception);
}
