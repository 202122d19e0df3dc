using System.Net;
using System.Net.Sockets;

namespace Interop.Bridges.Wire.Sip.Transports;

/// <summary>One local address: UDP and TCP on one port number, and TLS on another.</summary>
internal sealed class SipListener : IAsyncDisposable
{
    private SipListener(UdpTransport udp, StreamTransport tcp, StreamTransport? tls) => (Udp, Tcp, Tls) = (udp, tcp, tls);

    public UdpTransport Udp { get; }

    public StreamTransport Tcp { get; }

    /// <summary>Null without a certificate.</summary>
    public StreamTransport? Tls { get; }

    public IPEndPoint Local => Udp.Local;

    /// <exception cref="SocketException">A port is taken or the address is not ours.</exception>
    public static SipListener Open(IPAddress address, int port, int tlsPort, SocketContext plain, SocketContext? secure)
    {
        var (udp, tcp) = BindPair(address, port);
        try
        {
            var tls = secure is null ? null : new StreamTransport(SipTransportKind.Tls, Listen(address, tlsPort), secure);
            return new(new UdpTransport(udp, plain), new StreamTransport(SipTransportKind.Tcp, tcp, plain), tls);
        }
        catch
        {
            udp.Dispose();
            tcp.Dispose();
            throw;
        }
    }

    public void Start()
    {
        Udp.Start();
        Tcp.Start();
        Tls?.Start();
    }

    public StreamTransport? Stream(SipTransportKind kind) => kind == SipTransportKind.Tls ? Tls : Tcp;

    /// <summary>The end point of that transport.</summary>
    public IPEndPoint? EndPoint(SipTransportKind kind) => kind == SipTransportKind.Udp ? Local : Stream(kind)?.Local;

    public async ValueTask DisposeAsync()
    {
        if (Tls is not null) await Tls.DisposeAsync();
        await Tcp.DisposeAsync();
        await Udp.DisposeAsync();
    }

    /// <summary>Gives the ports back before anything was started.</summary>
    public void Abandon()
    {
        Udp.Abandon();
        Tcp.Abandon();
        Tls?.Abandon();
    }

    private static (Socket Udp, Socket Tcp) BindPair(IPAddress address, int port)
    {
        const int Attempts = 20;
        for (var attempt = 1; ; attempt++)
        {
            var udp = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                udp.ReceiveBufferSize = 1024 * 1024;
                udp.Bind(new IPEndPoint(address, port));
                return (udp, Listen(address, ((IPEndPoint)udp.LocalEndPoint!).Port));
            }
            catch (SocketException) when (port == 0 && attempt < Attempts)
            {
                // The free UDP port that the system chose is taken on TCP; it will choose another.
                udp.Dispose();
            }
            catch
            {
                udp.Dispose();
                throw;
            }
        }
    }

    private static Socket Listen(IPAddress address, int port)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen();
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
