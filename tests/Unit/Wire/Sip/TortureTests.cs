using System.Text;
using Interop.Bridges.Wire.Sip;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.UserAgent;
using Xunit;

namespace Interop.Tests.Unit.Wire.Sip;

/// <summary>Messages of our own, each after a section of RFC 4475, and what they get.</summary>
public sealed class TortureTests
{
    private static readonly string Good = Written.Request("OPTIONS");

    public static TheoryData<string, string> Taken => new()
    {
        { "3.1.1.1 folding and compact names", Good.Replace("Call-ID: call-1", "i:\r\n  call-1").Replace("Via: SIP/2.0/UDP 127", "v:  SIP  / 2.0 /\r\n\tUDP 127").Replace("Forwards: 70", "Forwards: 0070") },
        { "3.1.1.3 escapes in the user", Good.Replace("sip:4201@127.0.0.1:5060", "sip:sips%3Auser%40example.com@127.0.0.1") },
        { "3.1.1.4 an escaped NUL", Good.Replace("sip:peer@127.0.0.2>", "sip:null-%00-null@127.0.0.2>") },
        { "3.1.1.6 no space before the bracket", Good.Replace("\"Peer\" <", "caller<") },
        { "3.1.1.7 long values", Good.Replace("call-1", "call-" + new string('x', 4000)) },
        { "3.1.1.8 octets after the body", Good + "INVITE sip:second@127.0.0.1 SIP/2.0\r\n" },
        { "3.1.1.9 a semicolon in the user", Good.Replace("sip:4201@127.0.0.1:5060", "sip:user;par=u%40example.net@127.0.0.1") },
        { "3.1.1.10 unknown transports below", Good.Replace("Max-Forwards", "Via: SIP/2.0/QUIC far.example.com;branch=z9hG4bKq, SIP/2.0/TLS near.example.com\r\nMax-Forwards") },
        { "3.3.11 no hop left", Good.Replace("Max-Forwards: 70", "Max-Forwards: 0") },
        { "3.4.1 a caller of RFC 2543", Good.Replace(";branch=z9hG4bK1", "").Replace(";tag=peer", "").Replace("Max-Forwards: 70\r\n", "") },
        { "unquoted letters in a display name", Good.Replace("\"Peer\"", "Wacht Süd (2)") },
        { "quoted comma, bracket and escape", Good.Replace("\"Peer\"", "\"Peer, <the> \\\"second\\\"\"") },
        { "IPv6 everywhere", Good.Replace("127.0.0.2:5070", "[2001:db8::2]:5070") },
    };

    public static TheoryData<string, string, string> Refused => new()
    {
        { "3.1.2.1 stray separators in Contact", Good.Replace("<sip:peer@127.0.0.2:5070>", "\"Joe\" <sip:joe@example.org>;;;;"), "Malformed Contact" },
        { "3.1.2.1 stray separators in Via", Good.Replace("branch=z9hG4bK1;", "branch=z9hG4bK1;;,;,,"), "Malformed Via" },
        { "3.1.2.2 more announced than there is", Good.Replace("Content-Length: 0", "Content-Length: 9999"), "Content-Length Exceeds Body" },
        { "3.1.2.3 negative length", Good.Replace("Content-Length: 0", "Content-Length: -999"), "Malformed Content-Length" },
        { "3.1.2.4 CSeq out of range", Good.Replace("CSeq: 1", "CSeq: 36893488147419103232"), "Malformed CSeq" },
        { "3.1.2.4 Max-Forwards out of range", Good.Replace("Max-Forwards: 70", "Max-Forwards: 300"), "Malformed Max-Forwards" },
        { "3.1.2.6 unterminated quote", Good.Replace("To: <", "To: \"Mr. J. User <"), "Malformed To" },
        { "3.1.2.7 brackets around the Request-URI", Good.Replace("OPTIONS sip:4201@127.0.0.1:5060 ", "OPTIONS <sip:4201@127.0.0.1> "), "Malformed Request Line" },
        { "3.1.2.8 space in the Request-URI", Good.Replace("127.0.0.1:5060 SIP", "127.0.0.1; lr SIP"), "Malformed Request Line" },
        { "3.1.2.9 several spaces", Good.Replace("OPTIONS sip", "OPTIONS  sip"), "Malformed Request Line" },
        { "3.1.2.10 space at the end", Good.Replace("SIP/2.0\r\nVia", "SIP/2.0 \r\nVia"), "Malformed Request Line" },
        { "3.1.2.11 headers in the Request-URI", Good.Replace("127.0.0.1:5060 SIP", "127.0.0.1?Route=%3Csip:example.com%3E SIP"), "Malformed Request Line" },
        { "3.1.2.13 question mark outside brackets", Good.Replace("<sip:peer@127.0.0.2:5070>", "sip:user@example.com?Route=%3Csip:sip.example.com%3E"), "Malformed Contact" },
        { "3.1.2.14 spaces in the brackets", Good.Replace("To: <sip:4201@127.0.0.1>", "To: \"Watson\" < sip:t.watson@example.org >"), "Malformed To" },
        { "3.1.2.15 comma in a display name", Good.Replace("\"Peer\" <", "Bell, Alexander <"), "Malformed From" },
        { "3.1.2.17 method and CSeq differ", Good.Replace("1 OPTIONS", "1 INVITE"), "Malformed CSeq" },
        { "3.3.8 two Call-IDs", Good.Replace("CSeq", "Call-ID: second\r\nCSeq"), "Repeated Call-ID" },
        { "3.3.9 two lengths", Good.Replace("Content-Length: 0", "Content-Length: 0\r\nContent-Length: 5"), "Repeated Content-Length" },
        { "RFC 5118 4.2 IPv6 without brackets", Good.Replace("sip:4201@127.0.0.1:5060", "sip:4201@2001:db8::10"), "Malformed Request Line" },
        { "a line without colon", Good.Replace("Contact: <", "Contact <"), "Malformed Header" },
        { "too many header fields", Good.Replace("Content-Length", string.Concat(Enumerable.Repeat("X-Filler: 1\r\n", 130)) + "Content-Length"), "Too Many Headers" },
        { "too long a header field", Good.Replace("CSeq", $"X-Filler: {new string('x', 9000)}\r\nCSeq"), "Header Too Long" },
        { "too many values of a list", Good.Replace("Contact: <", $"Supported: {string.Join(',', Enumerable.Repeat("x", 65))}\r\nContact: <"), "Too Many Supported" },
        { "too many values over several fields", Good.Replace("Contact: <", string.Concat(Enumerable.Repeat("Reason: SIP\r\n", 65)) + "Contact: <"), "Too Many Reason" },
        { "too many contacts", Good.Replace("Contact: <", $"Contact: {string.Join(',', Enumerable.Repeat("<sip:a@b>", 64))}\r\nContact: <"), "Too Many Contact" },
        { "too many routes", Good.Replace("Contact: <", $"Route: {string.Join(',', Enumerable.Repeat("<sip:a@b>", 71))}\r\nContact: <"), "Too Many Route" },
        { "too many parameters", Good.Replace("tag=peer", "tag=peer" + string.Concat(Enumerable.Repeat(";x=y", 32))), "Too Many From" },
        { "too many parameters of a URI", Good.Replace("sip:peer@127.0.0.2>", $"sip:peer@127.0.0.2{string.Concat(Enumerable.Repeat(";x=y", 33))}>"), "Too Many From" },
        { "too long a URI", Good.Replace("sip:peer@127.0.0.2>", $"sip:{new string('x', 1020)}@127.0.0.2>"), "From Too Long" },
        { "an empty Via before a good one", Good.Replace("Via:", "Via:\r\nVia:"), "Malformed Via" },
        { "too many hops", Good.Replace("Max-Forwards", $"Via: {string.Join(',', Enumerable.Repeat("SIP/2.0/UDP a.example.com", 70))}\r\nMax-Forwards"), "Too Many Via" },
    };

    [Theory]
    [MemberData(nameof(Taken))]
    public async Task A_strange_but_valid_request_is_answered(string what, string message)
    {
        await using var wire = new TestWire();
        wire.Receive(message);
        var answer = await wire.AnswersAsync();
        Assert.True(answer.Status == 200, $"{what}: {answer.Status} {answer.Reason}");
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_malformed_request_gets_400_that_names_the_fault(string what, string message, string reason)
    {
        await using var wire = new TestWire();
        wire.Receive(message);
        var answer = await wire.AnswersAsync();
        Assert.True(answer.Status == 400 && answer.Reason == reason, $"{what}: {answer.Status} {answer.Reason}");
    }

    [Fact]
    public async Task Another_version_gets_505()
    {
        await using var wire = new TestWire();
        wire.Receive(Good.Replace("SIP/2.0\r\nVia", "SIP/7.0\r\nVia"));
        Assert.Equal(505, (await wire.AnswersAsync()).Status);
    }

    [Theory]
    [InlineData(1020, "")]
    [InlineData(1, ";x=y")]
    public async Task A_request_for_too_long_a_uri_gets_414(int user, string parameter)
    {
        await using var wire = new TestWire();
        var uri = $"sip:{new string('4', user)}@127.0.0.1{string.Concat(Enumerable.Repeat(parameter, 33))}";
        wire.Receive(Good.Replace("sip:4201@127.0.0.1:5060", uri));
        Assert.Equal(414, (await wire.AnswersAsync()).Status);
    }

    [Theory]
    [InlineData("INVITE", "Require: nothingSupportsThis, nothingSupportsThisEither\r\n", 420)]
    [InlineData("INVITE", "Accept: text/nobodyKnowsThis\r\n", 406)]
    [InlineData("INVITE", "Content-Encoding: gzip\r\n", 415)]
    [InlineData("BYE", "", 481)]
    [InlineData("UPDATE", "", 481)]
    public async Task A_valid_request_that_cannot_be_served_is_refused_by_rule(string method, string headers, int status)
    {
        await using var wire = new TestWire();
        wire.Receive(method == "INVITE" ? Written.Invite(headers: headers) : Written.Request(method, headers: headers));
        var answer = await wire.AnswersAsync();
        Assert.Equal(status, answer.Status);
        if (status == 420) Assert.Equal("nothingSupportsThis, nothingSupportsThisEither", answer.Headers[HeaderNames.Unsupported]);
        if (status == 415) Assert.Contains("application/sdp", answer.Headers[HeaderNames.Accept]!);
    }

    [Theory]
    [InlineData("OPTIONS soap.beep://192.0.2.103:3002 SIP/2.0", 416)]
    [InlineData("OPTIONS tel:+18005551212 SIP/2.0", 416)]
    public async Task Another_scheme_gets_416(string line, int status)
    {
        await using var wire = new TestWire();
        wire.Receive(Good.Replace("OPTIONS sip:4201@127.0.0.1:5060 SIP/2.0", line));
        Assert.Equal(status, (await wire.AnswersAsync()).Status);
    }

    [Fact]
    public async Task A_call_without_a_hop_left_has_run_in_a_circle()
    {
        await using var wire = new TestWire();
        wire.Receive(Written.Invite().Replace("Max-Forwards: 70", "Max-Forwards: 0"));
        Assert.Equal(483, (await wire.AnswersAsync()).Status);
    }

    [Theory]
    [InlineData("ACK")]
    [InlineData("garbage")]
    [InlineData("response")]
    public async Task What_cannot_be_answered_is_dropped(string what)
    {
        await using var wire = new TestWire();
        wire.Receive(what switch
        {
            "ACK" => Written.Request("ACK").Replace("CSeq: 1", "CSeq: x"),
            "garbage" => "\0\u0001 not SIP at all",
            _ => "SIP/2.0 4294967301 better not break\r\nVia: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK\r\n\r\n",
        });
        await wire.SettleAsync();
        Assert.Equal(0, wire.SentCount);
    }

    [Fact]
    public void Values_are_read_as_the_grammar_means_them()
    {
        var text = Good.Replace("\"Peer\" <", "\"J \\\\ \\\"Rosenberg\\\"\"       <").Replace("Contact: <", "m: \"Quoted, name\" <");
        var (message, error) = SipParser.Parse(Encoding.UTF8.GetBytes(text), new SipLimits());
        Assert.Equal(SipParseErrorKind.None, error.Kind);
        Assert.Equal("J \\ \"Rosenberg\"", message!.From.DisplayName);
        Assert.Equal("Quoted, name", message.Contact!.DisplayName);
        Assert.Equal("z9hG4bK1", message.Via.Branch);
        Assert.Equal(5070, message.Via.Port);
        var uri = SipUri.Parse("sips:alice%20b:pw@[2001:db8::1]:5061;transport=tcp;lr?subject=x");
        Assert.Equal(("sips", "alice b", "[2001:db8::1]", 5061), (uri.Scheme, uri.UserName, uri.Host, uri.Port));
        Assert.True(uri.Parameters.Has("LR"));
        Assert.Equal("sips:alice%20b:pw@[2001:db8::1]:5061;transport=tcp;lr?subject=x", uri.ToString());
    }

    [Fact]
    public void Text_cannot_break_out_of_its_header_field() =>
        Assert.Throws<ArgumentException>(() => new SipHeaders().Add("Subject", "x\r\nRoute: <sip:evil.example.com>"));
}
