namespace Interop.Tests.Unit.Wire.Sip;

/// <summary>Requests as a peer would write them.</summary>
internal static class Written
{
    public const string Sdp = "v=0\r\no=- 1 1 IN IP4 127.0.0.2\r\ns=-\r\nc=IN IP4 127.0.0.2\r\nt=0 0\r\nm=audio 30000 RTP/AVP 0 8\r\na=sendrecv\r\n";

    /// <summary>A call as it arrives from a partner's phone behind a proxy: two Vias, fourteen kinds of header fields, an offer.</summary>
    public static readonly string TypicalInvite =
        "INVITE sip:4201@hub.example.org SIP/2.0\r\n"
        + "Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK8f3a.b5d2c1e4.0\r\n"
        + "Via: SIP/2.0/UDP 198.51.100.7:5060;branch=z9hG4bK-524287-1---a3c5d7e9;rport=5060;received=198.51.100.7\r\n"
        + "Record-Route: <sip:192.0.2.10;lr;ftag=9fxced76sl>\r\n"
        + "Max-Forwards: 69\r\n"
        + "From: \"Engine 7\" <sip:engine7@fire.example.org>;tag=9fxced76sl\r\n"
        + "To: <sip:4201@hub.example.org>\r\n"
        + "Call-ID: 3848276298220188511@fire.example.org\r\n"
        + "CSeq: 20 INVITE\r\n"
        + "Contact: <sip:engine7@198.51.100.7:5060;transport=udp>;+sip.instance=\"<urn:uuid:00000000-0000-1000-8000-aabbccddeeff>\"\r\n"
        + "Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, PRACK, REFER, NOTIFY, MESSAGE\r\n"
        + "Supported: replaces, timer, 100rel, path\r\n"
        + "Session-Expires: 1800;refresher=uac\r\n"
        + "Min-SE: 90\r\n"
        + "User-Agent: Desk Phone 12.0.4\r\n"
        + "Content-Type: application/sdp\r\n"
        + $"Content-Length: {TypicalSdp.Length}\r\n\r\n{TypicalSdp}";

    private const string TypicalSdp =
        "v=0\r\no=- 3848276298 3848276298 IN IP4 198.51.100.7\r\ns=call\r\nc=IN IP4 198.51.100.7\r\nt=0 0\r\nm=audio 30000 RTP/AVP 9 0 8 101\r\n"
        + "a=rtpmap:9 G722/8000\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=ptime:20\r\na=sendrecv\r\n";

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
