using System.Text;

namespace Interop.Tests.Bench.Sip;

/// <summary>Messages as partners' phones and proxies write them.</summary>
internal static class TypicalMessages
{
    private const string Sdp =
        "v=0\r\no=- 3848276298 3848276298 IN IP4 198.51.100.7\r\ns=call\r\nc=IN IP4 198.51.100.7\r\nt=0 0\r\nm=audio 30000 RTP/AVP 9 0 8 101\r\n"
        + "a=rtpmap:9 G722/8000\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=ptime:20\r\na=sendrecv\r\n";

    private const string Dialog =
        "Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK8f3a.b5d2c1e4.0\r\n"
        + "Via: SIP/2.0/UDP 198.51.100.7:5060;branch=z9hG4bK-524287-1---a3c5d7e9;rport=5060;received=198.51.100.7\r\n"
        + "Record-Route: <sip:192.0.2.10;lr;ftag=9fxced76sl>\r\n"
        + "From: \"Engine 7\" <sip:engine7@fire.example.org>;tag=9fxced76sl\r\n"
        + "To: <sip:4201@hub.example.org>\r\n"
        + "Call-ID: 3848276298220188511@fire.example.org\r\n";

    private const string Phone =
        "Contact: <sip:engine7@198.51.100.7:5060;transport=udp>;+sip.instance=\"<urn:uuid:00000000-0000-1000-8000-aabbccddeeff>\"\r\n"
        + "Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, PRACK, REFER, NOTIFY, MESSAGE\r\n"
        + "Supported: replaces, timer, 100rel, path\r\n"
        + "User-Agent: Desk Phone 12.0.4\r\n";

    /// <summary>An INVITE with an offer, two Vias and fourteen kinds of header fields.</summary>
    public static readonly byte[] Invite = Octets(
        "INVITE sip:4201@hub.example.org SIP/2.0\r\n" + Dialog + "Max-Forwards: 69\r\nCSeq: 20 INVITE\r\n" + Phone
        + "Session-Expires: 1800;refresher=uac\r\nMin-SE: 90\r\nContent-Type: application/sdp\r\n" + $"Content-Length: {Sdp.Length}\r\n\r\n{Sdp}");

    /// <summary>Its 200 with an answer.</summary>
    public static readonly byte[] Answer = Octets(
        "SIP/2.0 200 OK\r\n" + Dialog + "CSeq: 20 INVITE\r\n" + Phone
        + "Session-Expires: 1800;refresher=uac\r\nContent-Type: application/sdp\r\n" + $"Content-Length: {Sdp.Length}\r\n\r\n{Sdp}");

    /// <summary>A request that asks whether we live.</summary>
    public static readonly byte[] Options = Octets(
        "OPTIONS sip:hub.example.org SIP/2.0\r\n" + Dialog + "Max-Forwards: 69\r\nCSeq: 21 OPTIONS\r\nAccept: application/sdp\r\nContent-Length: 0\r\n\r\n");

    private static byte[] Octets(string text) => Encoding.UTF8.GetBytes(text);
}
