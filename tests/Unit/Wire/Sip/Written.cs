namespace Interop.Tests.Unit.Wire.Sip;

/// <summary>Requests as a peer would write them.</summary>
internal static class Written
{
    public const string Sdp = "v=0\r\no=- 1 1 IN IP4 127.0.0.2\r\ns=-\r\nc=IN IP4 127.0.0.2\r\nt=0 0\r\nm=audio 30000 RTP/AVP 0 8\r\na=sendrecv\r\n";

    public static string Request(
        string method, string branch = "z9hG4bK1", uint number = 1, string toTag = "", string headers = "", string body = "", string fromTag = "peer", string callId = "call-1", string? cseqMethod = null) =>
        $"{method} sip:4201@127.0.0.1:5060 SIP/2.0\r\n"
        + $"Via: SIP/2.0/UDP 127.0.0.2:5070;branch={branch};rport\r\n"
        + "Max-Forwards: 70\r\n"
        + $"From: \"Peer\" <sip:peer@127.0.0.2>;tag={fromTag}\r\n"
        + $"To: <sip:4201@127.0.0.1>{(toTag.Length == 0 ? "" : $";tag={toTag}")}\r\n"
        + $"Call-ID: {callId}\r\n"
        + $"CSeq: {number} {cseqMethod ?? method}\r\n"
        + "Contact: <sip:peer@127.0.0.2:5070>\r\n"
        + headers
        + (body.Length == 0 ? "" : "Content-Type: application/sdp\r\n")
        + $"Content-Length: {body.Length}\r\n\r\n{body}";

    public static string Invite(string branch = "z9hG4bK1", uint number = 1, string toTag = "", string headers = "", string callId = "call-1", string fromTag = "peer") =>
        Request("INVITE", branch, number, toTag, headers, Sdp, fromTag, callId);
}
