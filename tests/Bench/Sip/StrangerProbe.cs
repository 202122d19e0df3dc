using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Interop.Tests.Bench.Sip;

/// <summary>What a stranger asks: a method, who it says it is, the room, and its answer to a challenge.</summary>
internal sealed record StrangerRequest(string Method, string User, string Room, string? Proof);

/// <summary>What it is told: the answer without what differs in any two, the nonce in it, and how long it took.</summary>
internal sealed record StrangerAnswer(string Text, string Nonce, double Microseconds);

/// <summary>One stranger at an address of its own, who asks one thing at a time over UDP and takes the time of the answer.</summary>
internal sealed partial class StrangerProbe : IDisposable
{
    private const string Sdp = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 29998 RTP/AVP 0\r\n";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly byte[] _buffer = new byte[8_192];
    private readonly string _address;
    private int _count;

    public StrangerProbe(IPAddress from, IPEndPoint hub)
    {
        _socket.Bind(new IPEndPoint(from, 0));
        _socket.Connect(hub);
        _socket.ReceiveTimeout = (int)Patience.TotalMilliseconds;
        _address = _socket.LocalEndPoint!.ToString()!;
    }

    /// <summary>Asks, waits for the final answer, and acknowledges that of an INVITE.</summary>
    public StrangerAnswer Ask(StrangerRequest request)
    {
        var call = $"{_address}-{++_count}";
        var octets = Encoding.ASCII.GetBytes(Write(request, call));
        var started = Stopwatch.GetTimestamp();
        _socket.Send(octets);
        while (true)
        {
            var length = _socket.Receive(_buffer);
            var took = Stopwatch.GetElapsedTime(started);
            var text = Encoding.ASCII.GetString(_buffer, 0, length);
            // Repeated answers to what was asked before, and those that are not final.
            if (!text.Contains($"Call-ID: {call}\r\n", StringComparison.Ordinal) || text.StartsWith("SIP/2.0 1", StringComparison.Ordinal)) continue;
            if (request.Method == "INVITE") _socket.Send(Encoding.ASCII.GetBytes(Acknowledge(request, call, text)));
            return new StrangerAnswer(Alike(text, request), Nonce().Match(text).Groups["nonce"].Value, took.TotalMicroseconds);
        }
    }

    public void Dispose() => _socket.Dispose();

    private string Write(StrangerRequest request, string call)
    {
        var register = request.Method == "REGISTER";
        var proof = request.Proof is null ? "" : $"Authorization: {request.Proof}\r\n";
        var body = request.Method == "INVITE" ? Sdp : "";
        var package = request.Method == "SUBSCRIBE" ? "Event: conference\r\n" : "";
        return $"{request.Method} {Target(request)} SIP/2.0\r\n{Head(request, call)}"
            + $"To: <sip:{(register ? request.User : request.Room)}@127.0.0.1>\r\nCSeq: 1 {request.Method}\r\nContact: <sip:{request.User}@{_address}>\r\n{proof}{package}"
            + $"{(body.Length > 0 ? "Content-Type: application/sdp\r\n" : "")}Content-Length: {body.Length}\r\n\r\n{body}";
    }

    private string Acknowledge(StrangerRequest request, string call, string answer) =>
        $"ACK {Target(request)} SIP/2.0\r\n{Head(request, call)}{To().Match(answer).Value}CSeq: 1 ACK\r\nContent-Length: 0\r\n\r\n";

    private string Head(StrangerRequest request, string call) =>
        $"Via: SIP/2.0/UDP {_address};branch=z9hG4bK{call}\r\nMax-Forwards: 70\r\nFrom: <sip:{request.User}@127.0.0.1>;tag=t{_count}\r\nCall-ID: {call}\r\n";

    private static string Target(StrangerRequest request) => request.Method == "REGISTER" ? "sip:127.0.0.1" : $"sip:{request.Room}@127.0.0.1";

    private string Alike(string text, StrangerRequest request) => Varying().Replace(
        text.Replace(_address, "ADDRESS", StringComparison.Ordinal)
            .Replace(request.User, "USER", StringComparison.Ordinal)
            .Replace(request.Room, "ROOM", StringComparison.Ordinal),
        "");

    [GeneratedRegex("nonce=\"(?<nonce>[^\"]*)\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Nonce();

    [GeneratedRegex("To: [^\r]*\r\n", RegexOptions.None, 1_000)]
    private static partial Regex To();

    [GeneratedRegex("nonce=\"[^\"]*\"|tag=[^;\\s]*|branch=[^;\\s]*|rport=\\d+|received=[\\d.]+|Call-ID: .*|Date: .*", RegexOptions.None, 1_000)]
    private static partial Regex Varying();
}
