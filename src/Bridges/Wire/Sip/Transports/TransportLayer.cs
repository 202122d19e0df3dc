using System.Net;
using System.Net.Sockets;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Tls;

namespace Interop.Bridges.Wire.Sip.Transports;

/// <summary>All listeners; each message leaves from the one whose address its peer reaches.</summary>
internal sealed class TransportLayer : ISipSender, IAsyncDisposable
{
    private readonly IReadOnlyList<SipListener> _listeners;
    private readonly Func<IPAddress, string?> _advertised;

    /// <param name="listeners">At least one; of two for a peer the first is taken, unless the system would send from the other.</param>
    /// <param name="advertised">What a peer at that address is to call us, when not the address that it reaches.</param>
    /// <param name="time">Measures how long failures count.</param>
    public TransportLayer(IReadOnlyList<SipListener> listeners, Func<IPAddress, string?> advertised, TimeProvider time) =>
        (_listeners, _advertised, Failures) = (listeners, advertised, new FailedTargets(time));

    public IReadOnlyList<SipListener> Listeners => _listeners;

    public FailedTargets Failures { get; }

    public void Start()
    {
        foreach (var listener in _listeners) listener.Start();
    }

    public void Send(ReadOnlyMemory<byte> octets, SipDestination destination, Action failed)
    {
        // Naming an address of a family that we do not speak is the peer's doing, in a Contact or a Route; it must not
        // cost an exception.
        destination = Normal(destination);
        var listener = destination.EndPoint.Port == 0 ? null : ListenerFor(destination);
        var sent = listener is not null && (destination.Transport == SipTransportKind.Udp
            ? listener.Udp.TrySend(octets, destination.EndPoint)
            : listener.Stream(destination.Transport)?.TrySend(octets, destination, failed) ?? false);
        if (!sent) failed();
    }

    public void Ping(SipDestination flow)
    {
        if (flow.Transport == SipTransportKind.Udp) Send(StreamConnection.PingOctets, flow, static () => { });
        else Find(flow)?.Ping();
    }

    public bool IsConnected(SipDestination destination) => Find(destination) is not null;

    /// <summary>The open stream to a peer.</summary>
    public StreamConnection? Find(SipDestination destination)
    {
        if (!destination.Transport.IsReliable()) return null;
        destination = Normal(destination);
        foreach (var listener in _listeners)
        {
            if (listener.Stream(destination.Transport)?.Find(destination) is { } open) return open;
        }

        return null;
    }

    public void Alias(SipSource source, Via via)
    {
        if (source.Certificate is not { } proven || !via.Parameters.Has("alias") || !CertificateNames.Prove(proven.Names, via.Host)) return;
        var port = via.Port ?? source.Transport.DefaultPort();
        var alias = new SipDestination(source.Transport, new IPEndPoint(source.Remote.Address, port)) { ServerName = via.Host };
        foreach (var listener in _listeners) listener.Stream(source.Transport)?.Alias(new SipDestination(source.Transport, source.Remote), alias);
    }

    public bool Speaks(SipTransportKind transport, IPAddress address)
    {
        foreach (var listener in _listeners)
        {
            if (listener.Local.AddressFamily == Normal(address).AddressFamily && listener.EndPoint(transport) is not null) return true;
        }

        return false;
    }

    public int Preference(IPAddress address) => Normal(address).AddressFamily == _listeners[0].Local.AddressFamily ? 0 : 1;

    public SipHostPort AddressFor(SipDestination destination)
    {
        destination = Normal(destination);
        var listener = ListenerFor(destination) ?? _listeners[0];
        var host = _advertised(destination.EndPoint.Address) ?? listener.Local.Address.ToString();
        if (host.Contains(':', StringComparison.Ordinal) && !host.StartsWith('[')) host = $"[{host}]";
        return new(host, (listener.EndPoint(destination.Transport) ?? listener.Local).Port);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var listener in _listeners) await listener.DisposeAsync();
    }

    private SipListener? ListenerFor(SipDestination destination)
    {
        SipListener? first = null;
        var several = false;
        foreach (var listener in _listeners)
        {
            if (destination.Local is { } local && Equals(listener.EndPoint(destination.Transport), local)) return listener;
            if (listener.Local.AddressFamily != destination.EndPoint.AddressFamily) continue;
            if (destination.Transport.IsReliable() && listener.Stream(destination.Transport)?.Find(destination) is not null) return listener;
            several |= first is not null;
            first ??= listener;
        }

        return several ? OnTheWayTo(destination.EndPoint) ?? first : first;
    }

    /// <summary>The listener on the address that the system would send from; connecting a datagram socket sends nothing.</summary>
    private SipListener? OnTheWayTo(IPEndPoint remote)
    {
        using var probe = new Socket(remote.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            probe.Connect(remote);
        }
        catch (SocketException)
        {
            return null;
        }

        var from = ((IPEndPoint)probe.LocalEndPoint!).Address;
        return _listeners.FirstOrDefault(listener => listener.Local.Address.Equals(from));
    }

    private static SipDestination Normal(SipDestination destination) => destination.EndPoint.Address.IsIPv4MappedToIPv6
        ? destination with { EndPoint = new IPEndPoint(Normal(destination.EndPoint.Address), destination.EndPoint.Port) }
        : destination;

    private static IPAddress Normal(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
