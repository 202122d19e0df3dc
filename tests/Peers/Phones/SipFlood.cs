using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Interop.Tests.Peers.Phones;

/// <summary>Sends many different requests from one address over UDP, at a steady rate, and counts what comes back.</summary>
public sealed class SipFlood : IAsyncDisposable
{
    private const int BurstsPerSecond = 50;

    private readonly UdpClient _socket;
    private readonly IPEndPoint _target;
    private readonly Dictionary<int, int> _answers = [];
    private readonly Lock _gate = new();
    private readonly Task _listening;
    private bool _sawRetryAfter;

    /// <summary>Sends to a port of the loopback, from an address of its own on it.</summary>
    public SipFlood(int target, string from)
    {
        _target = new IPEndPoint(IPAddress.Loopback, target);
        _socket = new UdpClient(new IPEndPoint(IPAddress.Parse(from), 0));
        _socket.Client.ReceiveBufferSize = 4 * 1024 * 1024;
        _listening = Listen();
    }

    /// <summary>Its own address, for a Via and a Contact.</summary>
    public string Address => _socket.Client.LocalEndPoint!.ToString()!;

    /// <summary>Whether a 503 said when to come again.</summary>
    public bool SawRetryAfter
    {
        get
        {
            lock (_gate)
                return _sawRetryAfter;
        }
    }

    /// <summary>How many answers had this status.</summary>
    public int Answers(int status)
    {
        lock (_gate)
            return _answers.GetValueOrDefault(status);
    }

    /// <summary>How many answers came, by status, for a failure.</summary>
    public string Summary()
    {
        lock (_gate)
            return string.Join(", ", _answers.OrderBy(pair => pair.Key).Select(pair => $"{pair.Value} x {pair.Key}"));
    }

    /// <summary>Sends so many requests, each made for its number.</summary>
    /// <param name="count">How many.</param>
    /// <param name="perSecond">How fast, at most.</param>
    /// <param name="request">The text of one.</param>
    public async Task Send(int count, int perSecond, Func<int, string> request)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / BurstsPerSecond), TimeProvider.System);
        for (var sent = 0; sent < count;)
        {
            for (var last = Math.Min(count, sent + (perSecond / BurstsPerSecond)); sent < last; sent++)
                await _socket.SendAsync(Encoding.UTF8.GetBytes(request(sent)), _target);
            await pace.WaitForNextTickAsync();
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _listening;
    }

    private async Task Listen()
    {
        try
        {
            while (true)
                Take((await _socket.ReceiveAsync()).Buffer);
        }
        catch (Exception ended) when (ended is ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private void Take(ReadOnlySpan<byte> answer)
    {
        if (!answer.StartsWith("SIP/2.0 "u8) || answer.Length < 11 || !int.TryParse(answer.Slice(8, 3), out var status))
            return;
        lock (_gate)
        {
            _answers[status] = _answers.GetValueOrDefault(status) + 1;
            _sawRetryAfter |= status == 503 && answer.IndexOf("Retry-After:"u8) >= 0;
        }
    }
}
