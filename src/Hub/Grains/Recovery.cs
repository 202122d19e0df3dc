using System.Threading.Channels;
using Interop.Hub.Contracts.Alerts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Grains.Alerts;
using Interop.Hub.Grains.Directory;
using Interop.Hub.Grains.Journal;
using Microsoft.Extensions.Logging;

namespace Interop.Hub.Grains;

/// <summary>Whether this node has brought up what the record says; readiness waits for it.</summary>
public sealed class RecoveryState
{
    private volatile bool ready;

    /// <summary>True once the directory, the open rooms and the alert desks are up.</summary>
    public bool Ready => ready;

    internal void Done() => ready = true;
}

/// <summary>Starting is recovering: brings up the directory, every open room, and every desk with something unfinished. So does losing a node.</summary>
internal sealed partial class Recovery(
    IGrainFactory grains, IJournal journal, DirectoryView directory, RecoveryState state, TimeProvider clock, ILogger<Recovery> log)
    : NodeTask(ServiceLifecycleStage.Active)
{
    private const int AtOnce = 16;
    private static readonly TimeSpan RetryPeriod = TimeSpan.FromSeconds(1);

    private readonly Channel<bool> due = Channel.CreateBounded<bool>(1);

    /// <summary>Goes through the record once more: a node was lost, and with it whatever was up there.</summary>
    /// <remarks>A round that has not begun yet finds this loss too.</remarks>
    public void Again() => due.Writer.TryWrite(true);

    protected override async Task Run(CancellationToken stop)
    {
        Again();
        await foreach (var _ in due.Reader.ReadAllAsync(stop))
        {
            while (!await TryBringUp(stop) && !stop.IsCancellationRequested)
                await Task.Delay(RetryPeriod, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> TryBringUp(CancellationToken stop)
    {
        try
        {
            await BringUp(stop);
            state.Done();
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(exception);
            return false;
        }
    }

    private async Task BringUp(CancellationToken stop)
    {
        await directory.Ready.WaitAsync(stop);
        var registry = grains.GetGrain<IRoomRegistryGrain>(IRoomRegistryGrain.Key);
        var codes = await registry.ListToWake();
        var limit = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop };
        var failed = 0;
        await Parallel.ForEachAsync(codes, limit, async (code, _) =>
        {
            if (!await TryWake(code))
                Interlocked.Increment(ref failed);
        });
        if (failed > 0)
            throw new InvalidOperationException($"{failed} of {codes.Count} rooms did not come up.");
        foreach (var stream in await journal.Streams(AlertDeskGrain.StreamPrefix, stop))
            await grains.GetGrain<IAlertDeskGrain>(stream[AlertDeskGrain.StreamPrefix.Length..]).Wake();
        LogDone(codes.Count);
    }

    private async Task<bool> TryWake(RoomCode code)
    {
        try
        {
            await grains.GetGrain<IRoomGrain>(code.Value).Wake();
            return true;
        }
        catch (Exception exception)
        {
            LogRoomFailed(exception, code);
            return false;
        }
    }

    [LoggerMessage(1301, LogLevel.Information, "Recovered: {Rooms} rooms are up")]
    private partial void LogDone(int rooms);

    [LoggerMessage(1302, LogLevel.Error, "Recovery did not finish; trying again")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(1303, LogLevel.Error, "Room {Room} did not come up")]
    private partial void LogRoomFailed(Exception exception, RoomCode room);
}
