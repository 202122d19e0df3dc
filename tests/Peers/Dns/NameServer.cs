using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Interop.Tests.Peers.Dns;

/// <summary>A server of a service, as an SRV record has it (RFC 2782).</summary>
/// <param name="Priority">The lowest is tried first.</param>
/// <param name="Port">Its port.</param>
/// <param name="Host">Its host.</param>
public sealed record ServiceRecord(int Priority, int Port, string Host);

/// <summary>Answers for the names that a test gives it, over UDP: SRV records, and hosts that are this machine (RFC 1035).</summary>
public sealed class NameServer : IAsyncDisposable
{
    private const int Header = 12;
    private const ushort TypeA = 1, TypeSrv = 33, ClassIn = 1, PointerToQuestion = 0xC00C;
    private const ushort Answered = 0x8400, NoSuchName = 0x8403;
    private const uint TimeToLive = 30;

    private readonly ConcurrentDictionary<string, ServiceRecord[]> _services = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentQueue<string> _asked = new();
    private readonly UdpClient _socket;
    private readonly Task _serving;

    /// <summary>Listens on a free port of the loopback.</summary>
    public NameServer()
    {
        Port = Ports.One();
        _socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, Port));
        _serving = Serve();
    }

    /// <summary>Where.</summary>
    public int Port { get; }

    /// <summary>The names that were asked for.</summary>
    public IReadOnlyCollection<string> Asked => _asked;

    /// <summary>Has a service, such as <c>_sip._tcp.partner.test</c>, at these servers; their hosts are at 127.0.0.1.</summary>
    public void Serve(string service, params ServiceRecord[] servers) => _services[service] = servers;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _serving;
    }

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                var query = await _socket.ReceiveAsync();
                if (Answer(query.Buffer) is { } answer)
                    await _socket.SendAsync(answer, query.RemoteEndPoint);
            }
        }
        catch (Exception ended) when (ended is ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private byte[]? Answer(byte[] query)
    {
        if (query.Length < Header || !TryName(query, out var name, out var end) || end + 4 > query.Length)
            return null;
        _asked.Enqueue(name);
        var type = BinaryPrimitives.ReadUInt16BigEndian(query.AsSpan(end));
        var isHost = _services.Values.Any(servers => servers.Any(server => string.Equals(server.Host, name, StringComparison.OrdinalIgnoreCase)));
        byte[][] records = type switch
        {
            TypeSrv when _services.TryGetValue(name, out var servers) => [.. servers.Select(Srv)],
            TypeA when isHost => [IPAddress.Loopback.GetAddressBytes()],
            _ => [],
        };
        var answer = new MemoryStream();
        answer.Write(query.AsSpan(0, 2));
        Write(answer, records.Length > 0 || isHost ? Answered : NoSuchName, 1, (ushort)records.Length, 0, 0);
        answer.Write(query.AsSpan(Header, end + 4 - Header));
        foreach (var record in records)
        {
            Write(answer, PointerToQuestion, type, ClassIn, (ushort)(TimeToLive >> 16), (ushort)TimeToLive, (ushort)record.Length);
            answer.Write(record);
        }

        return answer.ToArray();
    }

    /// <summary>The name of the question, and where it ends.</summary>
    private static bool TryName(ReadOnlySpan<byte> query, out string name, out int end)
    {
        var labels = new List<string>();
        for (end = Header; end < query.Length && query[end] is > 0 and < 64 && end + query[end] < query.Length; end += query[end] + 1)
            labels.Add(Encoding.ASCII.GetString(query.Slice(end + 1, query[end])));
        name = string.Join('.', labels);
        return end < query.Length && query[end++] == 0;
    }

    private static byte[] Srv(ServiceRecord server)
    {
        var record = new MemoryStream();
        Write(record, (ushort)server.Priority, 0, (ushort)server.Port);
        foreach (var label in server.Host.Split('.'))
        {
            record.WriteByte((byte)label.Length);
            record.Write(Encoding.ASCII.GetBytes(label));
        }

        record.WriteByte(0);
        return record.ToArray();
    }

    private static void Write(MemoryStream to, params ReadOnlySpan<ushort> numbers)
    {
        Span<byte> octets = stackalloc byte[2];
        foreach (var number in numbers)
        {
            BinaryPrimitives.WriteUInt16BigEndian(octets, number);
            to.Write(octets);
        }
    }
}
