using System.Net;
using Interop.Bridges.Media.Sockets;

namespace Interop.Tests.Unit.Media;

/// <summary>UDP in memory: no clock, no loss, no allocation once its queues have grown.</summary>
internal sealed class FakeNetwork : INetwork
{
    private readonly Dictionary<Source, FakeSocket> _sockets = [];
    private ushort _ephemeral = 50_000;

    public FakeSocket? TryBind(IPEndPoint local)
    {
        if (local.Port == 0) local = new IPEndPoint(local.Address, _ephemeral++);
        var socket = new FakeSocket(this, local);
        return _sockets.TryAdd(Source.From(local), socket) ? socket : null;
    }

    IDatagramSocket? INetwork.TryBind(IPEndPoint local) => TryBind(local);

    public IDatagramSocket? TryBindRadio(IPEndPoint local, IPAddress networkInterface, int timeToLive, out MediaRefusal? refusal)
    {
        var socket = TryBind(local);
        refusal = socket is null ? new MediaRefusal("radio-address", "In use.") : null;
        return socket;
    }

    public Uring? Batch() => null;

    public ISocketWatch Watch() => new EachInTurn();

    public void Carry(Source from, Source to, ReadOnlySpan<byte> datagram)
    {
        if (_sockets.TryGetValue(to, out var socket)) socket.Deliver(from, datagram);
    }

    public void Close(FakeSocket socket) => _sockets.Remove(Source.From(socket.Local));
}

internal sealed class FakeSocket(FakeNetwork network, IPEndPoint local) : IDatagramSocket
{
    private const int Capacity = 128;
    private const int Longest = 1500;
    private readonly byte[] _bytes = new byte[Capacity * Longest];
    private readonly int[] _lengths = new int[Capacity];
    private readonly Source[] _sources = new Source[Capacity];
    private readonly Source _local = Source.From(local);
    private Destination? _peer;
    private int _read;
    private int _count;

    public IPEndPoint Local => local;

    public bool Connected => _peer is not null;

    public bool Broken { get; set; }

    public bool Waiting => _count > 0;

    public void Deliver(Source from, ReadOnlySpan<byte> datagram)
    {
        if (_count == Capacity || (_peer is { } peer && peer.Source != from)) return;
        var index = (_read + _count++) % Capacity;
        datagram.CopyTo(_bytes.AsSpan(index * Longest));
        _lengths[index] = datagram.Length;
        _sources[index] = from;
    }

    public int Receive(Span<byte> buffer, out Source source)
    {
        source = default;
        if (_count == 0) return -1;
        var index = _read;
        _read = (_read + 1) % Capacity;
        _count--;
        source = _sources[index];
        _bytes.AsSpan(index * Longest, _lengths[index]).CopyTo(buffer);
        return _lengths[index];
    }

    public bool Send(ReadOnlySpan<byte> datagram, Destination destination)
    {
        if (Broken) return false;
        network.Carry(_local, destination.Source, datagram);
        return true;
    }

    public void Connect(Destination peer) => _peer = peer;

    public void Disconnect() => _peer = null;

    public void Dispose() => network.Close(this);
}
