using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Wire.Sip.Transports;

/// <summary>UDP and TCP on one port number.</summary>
internal sealed class TransportLayer : ISipSender, IAsyncDisposable
{
    private readonly UdpTransport _udp;
    private readonly TcpTransport _tcp;
    private readonly string _sentBy;

    public TransportLayer(IPAddress bind, int port, string? advertisedHost, SipLimits limits, ISipReceiver receiver, TimeProvider time, SipMetrics metrics, ILogger log)
    {
        var (udp, tcp) = Bind(bind, port);
        _udp = new UdpTransport(udp, receiver, log);
        _tcp = new TcpTransport(tcp, limits, receiver, time, metrics, log);
        var host = advertisedHost ?? bind.ToString();
        Host = host.Contains(':', StringComparison.Ordinal) && !host.StartsWith('[') ? $"[{host}]" : host;
        _sentBy = $"{Host}:{Local.Port}";
    }

    public IPEndPoint Local => _udp.Local;

    public string Host { get; }

    public void Start()
    {
        _udp.Start();
        _tcp.Start();
    }

    public void Send(ReadOnlyMemory<byte> octets, SipDestination destination, Action failed)
    {
        // Naming an address of the other family is the peer's doing, in a Contact or a Route; it must not cost an exception.
        var reachable = destination.EndPoint.AddressFamily == Local.AddressFamily && destination.EndPoint.Port != 0;
        var sent = reachable && (destination.Transport == SipTransportKind.Tcp
            ? _tcp.TrySend(octets, destination.EndPoint, failed)
            : _udp.TrySend(octets, destination.EndPoint));
        if (!sent) failed();
    }

    public bool IsConnected(IPEndPoint remote) => _tcp.IsConnected(remote);

    public string ViaFor(SipTransportKind transport, string branch) =>
        $"SIP/2.0/{transport.ViaName()} {_sentBy};branch={branch};rport";

    public async ValueTask DisposeAsync()
    {
        await _tcp.DisposeAsync();
        await _udp.DisposeAsync();
    }

    private static (Socket Udp, Socket Tcp) Bind(IPAddress address, int port)
    {
        const int Attempts = 20;
        for (var attempt = 1; ; attempt++)
        {
            var udp = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            var tcp = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                udp.ReceiveBufferSize = 1024 * 1024;
                udp.Bind(new IPEndPoint(address, port));
                tcp.Bind(udp.LocalEndPoint!);
                tcp.Listen();
                return (udp, tcp);
            }
            catch (SocketException) when (port == 0 && attempt < Attempts)
            {
                // The free UDP port that the system chose is taken on TCP; it will choose another.
                udp.Dispose();
                tcp.Dispose();
            }
            catch
            {
                udp.Dispose();
                tcp.Dispose();
                throw;
            }
        }
    }
}
