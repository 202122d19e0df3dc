using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Interop.Tests.Peers.Phones;

/// <summary>What happened on a phone: <c>CALL_INCOMING</c>, <c>CALL_ESTABLISHED</c>, <c>CALL_CLOSED</c>.</summary>
/// <param name="Type">As baresip names it.</param>
/// <param name="Parameter">For a call that closed: why.</param>
public sealed record PhoneEvent(string Type, string Parameter);

/// <summary>The control connection of a running baresip: JSON in netstrings (its module ctrl_tcp).</summary>
internal sealed class BaresipControl : IDisposable
{
    private const int LargestMessage = 64 * 1024;

    private readonly TcpClient _connection = new();
    private readonly Lock _gate = new();
    private readonly List<PhoneEvent> _events = [];

    public IReadOnlyList<PhoneEvent> Events
    {
        get
        {
            lock (_gate)
                return [.. _events];
        }
    }

    public static async Task<BaresipControl?> TryConnect(int port)
    {
        var control = new BaresipControl();
        try
        {
            await control._connection.ConnectAsync(IPAddress.Loopback, port);
        }
        catch (SocketException)
        {
            control.Dispose();
            return null;
        }

        _ = control.ReadAll();
        return control;
    }

    public async Task Send(string command, string? parameter = null)
    {
        var message = JsonSerializer.Serialize(new { command, @params = parameter ?? "", token = command });
        var netstring = $"{Encoding.UTF8.GetByteCount(message).ToString(CultureInfo.InvariantCulture)}:{message},";
        await _connection.GetStream().WriteAsync(Encoding.UTF8.GetBytes(netstring));
    }

    public void Dispose() => _connection.Dispose();

    /// <summary>Reads until the phone or the test closes the connection.</summary>
    private async Task ReadAll()
    {
        try
        {
            var stream = _connection.GetStream();
            while (await ReadLength(stream) is var length and > 0)
            {
                var message = new byte[length + 1];
                await stream.ReadExactlyAsync(message);
                Take(message.AsSpan(0, length));
            }
        }
        catch (Exception ended) when (ended is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The phone is gone; its process says how.
        }
    }

    private static async Task<int> ReadLength(NetworkStream stream)
    {
        var digit = new byte[1];
        var length = 0;
        while (await stream.ReadAsync(digit) == 1 && digit[0] != ':' && length < LargestMessage)
            length = (length * 10) + digit[0] - '0';
        return digit[0] == ':' ? length : 0;
    }

    private void Take(ReadOnlySpan<byte> message)
    {
        var reader = new Utf8JsonReader(message);
        using var json = JsonDocument.ParseValue(ref reader);
        if (!json.RootElement.TryGetProperty("type", out var type))
            return;
        var parameter = json.RootElement.TryGetProperty("param", out var text) ? text.ToString() : "";
        lock (_gate)
            _events.Add(new PhoneEvent(type.GetString()!, parameter));
    }
}
