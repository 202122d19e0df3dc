using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Xml.Linq;

namespace Interop.Tests.Cluster.Bridges;

/// <summary>A phone that subscribes to a room, by hand: it answers every NOTIFY and keeps what it says.</summary>
internal sealed class RosterPhone : IDisposable
{
    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly string _call = Guid.NewGuid().ToString("N");

    private int Port => ((IPEndPoint)_socket.Client.LocalEndPoint!).Port;

    /// <summary>Subscribes; the status line of the answer.</summary>
    public async Task<string> SubscribeAsync(IPEndPoint hub, string room)
    {
        var request = $"""
            SUBSCRIBE sip:{room}@{hub} SIP/2.0
            Via: SIP/2.0/UDP 127.0.0.1:{Port};rport;branch=z9hG4bK{Guid.NewGuid():N}
            Max-Forwards: 70
            From: "Watcher" <sip:watcher@127.0.0.1:{Port}>;tag=w
            To: <sip:{room}@{hub}>
            Call-ID: {_call}
            CSeq: 1 SUBSCRIBE
            Contact: <sip:watcher@127.0.0.1:{Port}>
            Event: conference
            Accept: application/conference-info+xml
            Expires: 600
            Content-Length: 0


            """.ReplaceLineEndings("\r\n");
        await _socket.SendAsync(Encoding.UTF8.GetBytes(request), hub);
        var answer = await ReceiveAsync();
        return answer.Text.Split("\r\n")[0];
    }

    /// <summary>The next NOTIFY: its Subscription-State, and its document if it has one.</summary>
    public async Task<(string State, XElement? Document)> NextAsync()
    {
        while (true)
        {
            var (text, from) = await ReceiveAsync();
            if (!text.StartsWith("NOTIFY ", StringComparison.Ordinal))
                continue;
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            var fields = text[..end].Split("\r\n").Skip(1).ToArray();
            string[] copied = ["Via:", "From:", "To:", "Call-ID:", "CSeq:"];
            var answer = string.Join("\r\n", ["SIP/2.0 200 OK", .. fields.Where(field => copied.Any(field.StartsWith)), "Content-Length: 0", "", ""]);
            await _socket.SendAsync(Encoding.UTF8.GetBytes(answer), from);
            var body = text[(end + 4)..];
            var state = fields.First(field => field.StartsWith("Subscription-State:", StringComparison.Ordinal));
            return (state, body.Length == 0 ? null : XElement.Parse(body));
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task<(string Text, IPEndPoint From)> ReceiveAsync()
    {
        var received = await _socket.ReceiveAsync().WaitAsync(TimeSpan.FromSeconds(20));
        return (Encoding.UTF8.GetString(received.Buffer), received.RemoteEndPoint);
    }
}
