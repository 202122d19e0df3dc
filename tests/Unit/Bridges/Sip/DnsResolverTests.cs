using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Interop.Bridges.Sip;
using Interop.Bridges.Wire.Sip.Transports;
using Xunit;

namespace Interop.Tests.Unit.Bridges.Sip;

/// <summary>Look-ups on the wire, at a name server of the test's own.</summary>
public sealed class DnsResolverTests : IAsyncDisposable
{
    private const byte Refused = 5;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Task _serving;
    private readonly DnsResolver _resolver;

    public DnsResolverTests()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _serving = ServeAsync();
        _resolver = new DnsResolver([(IPEndPoint)_socket.LocalEndPoint!]);
    }

    [Fact]
    public async Task Services_come_with_priority_weight_port_and_target_for_their_time()
    {
        var found = await _resolver.ServicesAsync("_sip._udp.example.test", TestContext.Current.CancellationToken);
        Assert.Equal([new SipService(10, 60, 5070, "a.example.test."), new SipService(20, 0, 5060, "b.example.test.")], found!.Values);
        Assert.Equal(TimeSpan.FromSeconds(300), found.TimeToLive);
    }

    [Fact]
    public async Task Pointers_come_with_order_preference_flags_service_and_replacement()
    {
        var found = await _resolver.PointersAsync("example.test", TestContext.Current.CancellationToken);
        Assert.Equal([new SipPointer(50, 10, "s", "SIPS+D2T", "_sips._tcp.example.test.")], found!.Values);
    }

    [Fact]
    public async Task A_host_has_the_addresses_of_both_families()
    {
        var found = await _resolver.AddressesAsync("a.example.test", TestContext.Current.CancellationToken);
        Assert.Equal(["192.0.2.1", "2001:db8::1"], found!.Values.Select(address => address.ToString()));
    }

    [Fact]
    public async Task A_name_that_is_not_there_is_told_from_a_server_that_does_not_say()
    {
        var cancel = TestContext.Current.CancellationToken;
        Assert.Empty((await _resolver.ServicesAsync("_sip._udp.nowhere.test", cancel))!.Values);
        Assert.Empty((await _resolver.AddressesAsync("nowhere.test", cancel))!.Values);
        Assert.Null(await _resolver.ServicesAsync("_sip._udp.refused.test", cancel));
        Assert.Null(await _resolver.AddressesAsync("refused.test", cancel));
        Assert.Empty((await _resolver.AddressesAsync(new string('x', 300), cancel))!.Values);
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _serving;
    }

    private async Task ServeAsync()
    {
        var buffer = new byte[512];
        while (true)
        {
            try
            {
                var asked = await _socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0));
                await _socket.SendToAsync(Answer(buffer.AsSpan(0, asked.ReceivedBytes)), asked.RemoteEndPoint);
            }
            catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private static byte[] Answer(ReadOnlySpan<byte> query)
    {
        var end = 12;
        var labels = new List<string>();
        for (; query[end] != 0; end += query[end] + 1) labels.Add(Encoding.ASCII.GetString(query.Slice(end + 1, query[end])));
        var name = string.Join('.', labels);
        var records = (name, BinaryPrimitives.ReadUInt16BigEndian(query[(end + 1)..])) switch
        {
            ("_sip._udp.example.test", 33) => [Service(10, 60, 5070, "a"), Service(20, 0, 5060, "b")],
            ("example.test", 35) => [Pointer(50, 10, "s", "SIPS+D2T")],
            ("a.example.test", 1) => [IPAddress.Parse("192.0.2.1").GetAddressBytes()],
            ("a.example.test", 28) => [IPAddress.Parse("2001:db8::1").GetAddressBytes()],
            _ => new List<byte[]>(),
        };
        var rcode = name.Contains("refused", StringComparison.Ordinal) ? Refused : records.Count == 0 ? (byte)3 : (byte)0;
        var question = query[12..(end + 5)].ToArray();
        byte[] head = [query[0], query[1], 0x81, (byte)(0x80 | rcode), 0, 1, 0, (byte)records.Count, 0, 0, 0, 0];
        return [.. head, .. question, .. records.SelectMany(data => (byte[])[0xC0, 12, .. question[^4..], 0, 0, 1, 44, 0, (byte)data.Length, .. data])];
    }

    private static byte[] Pointer(byte order, byte preference, string flags, string service) =>
        [0, order, 0, preference, (byte)flags.Length, .. Encoding.ASCII.GetBytes(flags), (byte)service.Length, .. Encoding.ASCII.GetBytes(service), 0, 5, .. "_sips"u8, 4, .. "_tcp"u8, 7, .. "example"u8, 4, .. "test"u8, 0];

    private static byte[] Service(byte priority, byte weight, ushort port, string host) =>
        [0, priority, 0, weight, (byte)(port >> 8), (byte)port, (byte)host.Length, .. Encoding.ASCII.GetBytes(host), 7, .. "example"u8, 4, .. "test"u8, 0];
}
