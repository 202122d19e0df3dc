using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Interop.Tests.Peers.Phones;

/// <summary>Sends any bytes to a SIP port over UDP, and takes what comes back: for what no real phone would send.</summary>
public sealed class SipDatagram : IDisposable
{
    private readonly UdpClient _socket;
    private readonly int _target;

    /// <summary>Talks to a port of the loopback, from an address of it.</summary>
    public SipDatagram(int target, string from = "127.0.0.1")
    {
        _socket = new UdpClient(new IPEndPoint(IPAddress.Parse(from), 0));
        _target = target;
    }

    /// <summary>Its own address, for a Via and a Contact.</summary>
    public string Address => _socket.Client.LocalEndPoint!.ToString()!;

    /// <summary>Sends.</summary>
    public async Task Send(string text) =>
        await _socket.SendAsync(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n")), new IPEndPoint(IPAddress.Loopback, _target));

    /// <summary>Sends, and gives the first answer that is not provisional, or that has a status; null when none comes in the time.</summary>
    public async Task<string?> Ask(string text, TimeSpan limit, int? status = null)
    {
        await Send(text);
        using var over = new CancellationTokenSource(limit, TimeProvider.System);
        try
        {
            while (true)
            {
                var answer = Encoding.UTF8.GetString((await _socket.ReceiveAsync(over.Token)).Buffer);
                if (status is null ? !answer.StartsWith("SIP/2.0 1", StringComparison.Ordinal) : answer.StartsWith($"SIP/2.0 {status} ", StringComparison.Ordinal))
                    return answer;
            }
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _socket.Dispose();
}
