using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Interop.Console.Demo.Script;

/// <summary>Hands the acts to the parties; each does its own one after the other.</summary>
/// <remarks>A party that is behind by more than its queue holds misses the newest, which is counted in a log line.</remarks>
internal sealed partial class Cast(ILogger<Cast> logger)
{
    private const int Behind = 8;

    private readonly Dictionary<string, Channel<Act>> _queues = new(StringComparer.Ordinal);
    private readonly List<IPart> _parts = [];

    public void Add(IPart part)
    {
        _parts.Add(part);
        _queues.Add(part.Id, Channel.CreateBounded<Act>(new BoundedChannelOptions(Behind) { SingleReader = true }));
    }

    /// <summary>Asks a party to act, and does not wait for it.</summary>
    public void Begin(Act act)
    {
        if (!_queues[act.Who].Writer.TryWrite(act))
            LogMissed(logger, act.Who, act.GetType().Name);
    }

    /// <summary>Runs every party until it is cancelled.</summary>
    public Task RunAsync(CancellationToken cancel) => Task.WhenAll(_parts.Select(part => RunAsync(part, cancel)));

    private async Task RunAsync(IPart part, CancellationToken cancel)
    {
        await foreach (var act in _queues[part.Id].Reader.ReadAllAsync(cancel))
        {
            try
            {
                await part.PerformAsync(act, cancel);
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !cancel.IsCancellationRequested)
            {
                LogFailed(logger, failure, part.Id, act.GetType().Name);
            }
        }
    }

    [LoggerMessage(8001, LogLevel.Warning, "The exercise: {Who} is behind and misses {Act}")]
    private static partial void LogMissed(ILogger logger, string who, string act);

    [LoggerMessage(8002, LogLevel.Warning, "The exercise: {Who} could not do {Act}")]
    private static partial void LogFailed(ILogger logger, Exception exception, string who, string act);
}
