using System.Globalization;

namespace Interop.Tests.Interop.Lab;

/// <summary>Requests that are written by hand.</summary>
internal static class Requests
{
    private const string Sdp = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 29998 RTP/AVP 0\r\n";
    private static int count;

    /// <summary>A plain INVITE.</summary>
    public static string Invite(string room, string from) => Write("INVITE", room, from, "", ("application/sdp", Sdp));

    /// <summary>A request of any method, different from every other.</summary>
    public static string Of(string method, string user, string from) => method switch
    {
        "INVITE" => Invite(user, from),
        "MESSAGE" => Write(method, user, from, "", ("text/plain", "Flood")),
        "SUBSCRIBE" => Write(method, user, from, "Event: conference\r\nExpires: 3600\r\n", null),
        "REGISTER" => Write(method, user, from, "Expires: 3600\r\n", null),
        _ => Write(method, user, from, "", null),
    };

    /// <summary>A request with further fields, each ended by its line break.</summary>
    public static string Write(string method, string user, string from, string headers, (string Type, string Text)? body)
    {
        var number = Interlocked.Increment(ref count).ToString(CultureInfo.InvariantCulture);
        var type = body is null ? "" : $"Content-Type: {body.Value.Type}\r\n";
        return $"{method} sip:{user}@127.0.0.1 SIP/2.0\r\n"
            + $"Via: SIP/2.0/UDP {from};branch=z9hG4bKhand{number}\r\n"
            + "Max-Forwards: 70\r\n"
            + $"From: <sip:{(method == "REGISTER" ? user : "somebody")}@127.0.0.1>;tag=hand{number}\r\n"
            + $"To: <sip:{user}@127.0.0.1>\r\n"
            + $"Call-ID: hand{number}\r\n"
            + $"CSeq: 1 {method}\r\n"
            + $"Contact: <sip:{user}@{from}>\r\n"
            + $"{headers}{type}Content-Length: {body?.Text.Length ?? 0}\r\n\r\n{body?.Text}";
    }
}
