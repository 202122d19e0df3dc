using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Interop.Bridges.Media.Sockets;

/// <summary>A system UDP socket.</summary>
internal sealed partial class UdpDatagramSocket : IDatagramSocket
{
    private const int DiscardAtMost = 256;

    // A second of audio: each try at an unreachable address costs an exception, which a tick cannot afford for every leg.
    private const int SkipAfterFailure = 50;
    private readonly Socket _socket;
    private readonly SocketAddress _from;
    private Destination? _peer;
    private Destination? _unreachable;
    private int _skip;
    private Uring? _staging;
    private int _stagedAt;
    private int _staged = -1;

    public UdpDatagramSocket(Socket socket)
    {
        _socket = socket;
        _from = new SocketAddress(socket.AddressFamily);
        _socket.Blocking = false;
        Local = (IPEndPoint)socket.LocalEndPoint!;
        Handle = socket.SafeHandle.DangerousGetHandle().ToInt32();
    }

    public IPEndPoint Local { get; }

    // Available would say 0 for an empty datagram too, and one such would stop the socket for good.
    public bool Waiting => _socket.Poll(0, SelectMode.SelectRead);

    /// <summary>The system's number of the socket.</summary>
    internal int Handle { get; }

    /// <summary>Whether it has one peer, and sends to it alone.</summary>
    internal bool IsConnected => _peer is not null;

    /// <summary>Keeps a datagram that was taken out of it with those of others, until it is asked for.</summary>
    internal void Stage(Uring memory, int index, int length) => (_staging, _stagedAt, _staged) = (memory, index, length);

    public int Receive(Span<byte> buffer, out Source source)
    {
        if (_peer is { } peer)
        {
            source = peer.Source;
            if (_staged >= 0) return TakeStaged(buffer);
            var length = _socket.Receive(buffer, SocketFlags.None, out var error);
            // ECONNREFUSED is the peer's ICMP for something sent earlier; the datagram behind it is still to come.
            if (error == SocketError.ConnectionRefused) length = _socket.Receive(buffer, SocketFlags.None, out error);
            return error == SocketError.Success ? length : -1;
        }

        source = default;
        if (!Waiting) return -1;
        try
        {
            var length = _socket.ReceiveFrom(buffer, SocketFlags.None, _from);
            source = Source.From(_from);
            return length;
        }
        catch (SocketException)
        {
            return -1;
        }
    }

    private int TakeStaged(Span<byte> buffer)
    {
        var length = Math.Min(_staged, Uring.Longest);
        _staged = -1;
        _staging!.Memory(_stagedAt)[..length].CopyTo(buffer);
        return length;
    }

    public bool Send(ReadOnlySpan<byte> datagram, Destination destination)
    {
        if (_peer is not null) return SendToPeer(datagram);
        if (destination == _unreachable && _skip-- > 0) return false;
        try
        {
            return _socket.SendTo(datagram, SocketFlags.None, destination.Address) == datagram.Length;
        }
        catch (SocketException error)
        {
            if (error.SocketErrorCode is not (SocketError.WouldBlock or SocketError.NoBufferSpaceAvailable))
            {
                _unreachable = destination;
                _skip = SkipAfterFailure;
            }

            return false;
        }
    }

    internal bool SendToPeer(ReadOnlySpan<byte> datagram)
    {
        _socket.Send(datagram, SocketFlags.None, out var error);
        if (error == SocketError.ConnectionRefused) _socket.Send(datagram, SocketFlags.None, out error);
        return error == SocketError.Success;
    }

    public void Connect(Destination peer)
    {
        // Only where connect can be undone; elsewhere the leg's own check of the source is the filter.
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS()) return;
        // Not Socket.Connect: after an unreachable peer it takes the socket for one that was closed, and throws for the next.
        if (SystemConnect(Handle, peer.Address.Buffer.Span, peer.Address.Size) != 0) return;
        _peer = peer;
        // What was queued before may be a stranger's, and from now on it could not be told apart.
        Span<byte> scratch = stackalloc byte[1];
        for (var i = 0; i < DiscardAtMost; i++)
        {
            _socket.Receive(scratch, SocketFlags.None, out var error);
            if (error is not (SocketError.Success or SocketError.MessageSize)) break;
        }
    }

    public void Disconnect()
    {
        if (_peer is null) return;
        _peer = null;
        _staged = -1;
        // connect(2): a socket is dissolved by connecting to AF_UNSPEC. The port stays, since it was bound by its number.
        Span<byte> unspecified = stackalloc byte[16];
        unspecified.Clear();
        _ = SystemConnect(Handle, unspecified, unspecified.Length);
    }

    public void Dispose() => _socket.Dispose();

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SystemConnect(int socket, ReadOnlySpan<byte> address, int length);
}
