using Interop.Bridges.Media.Sockets;

namespace Interop.Bridges.Media.Legs;

/// <summary>The pair of sockets of a phone leg, and the way their port goes back.</summary>
internal sealed record PhoneSockets(IDatagramSocket Rtp, IDatagramSocket Rtcp, PortPool? Pool) : IDisposable
{
    /// <summary>Those to be watched; what has no port of its own is handed what arrives.</summary>
    public IReadOnlyList<IDatagramSocket> Watched => Pool is null ? [] : [Rtp, Rtcp];

    /// <summary>Whether what arrives has proved its far end already, as a browser's does by its key before it is handed over.</summary>
    public bool AreProved => Pool is null;

    public void Dispose()
    {
        Rtp.Dispose();
        if (Pool is null) return;
        Rtcp.Dispose();
        Pool.Return(Rtp.Local.Port);
    }
}
