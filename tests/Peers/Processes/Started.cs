namespace Interop.Tests.Peers.Processes;

/// <summary>Ends a peer that did not come to be ready, so that no process outlives the fact that wanted it.</summary>
public sealed class Started(IAsyncDisposable peer) : IAsyncDisposable
{
    private bool _stays;

    /// <summary>It is ready: whoever asked for it ends it now.</summary>
    public TPeer Stays<TPeer>(TPeer ready)
    {
        _stays = true;
        return ready;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _stays ? ValueTask.CompletedTask : peer.DisposeAsync();
}
