using System.Net;
using System.Text;
using Interop.Bridges.Wire.Sip;
using Interop.Bridges.Wire.Sip.Bodies;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Sdp;

namespace Interop.Tests.Unit.Wire.Sip;

/// <summary>Messages of our own after the sections of RFC 4475 and RFC 5118 in which it matters what was understood, not only whether.</summary>
public sealed class TortureMeaningTests
{
    private static readonly string Good = Written.Request("OPTIONS");
    private static readonly string Answer = "SIP/2.0 200 OK\r\n" + Good[(Good.IndexOf("\r\n", StringComparison.Ordinal) + 2)..];

    public static TheoryData<string, string, int> Answered => new()
    {
        { "3.1.1.2 a method of odd characters", Good.Replace("OPTIONS", "!interesting-Method0123456789_*+`.%indeed'~"), 501 },
        { "3.1.1.5 an escaped method is another method", Good.Replace("OPTIONS", "OPT%49ONS"), 501 },
        { "3.1.1.11 a body of several parts that we do not take", Written.Request("INVITE", body: "--x\r\nContent-Type: application/octet-stream\r\n\r\n\0\u0001\r\n--x--").Replace("application/sdp", "multipart/mixed;boundary=x"), 415 },
        { "3.1.2.12 a date outside GMT is ignored", Good.Replace("CSeq", "Date: Fri, 01 Jan 2010 16:00:00 EST\r\nCSeq"), 200 },
        { "3.1.2.18 unknown method and another in CSeq", Good.Replace("OPTIONS sip", "NEWMETHOD sip"), 400 },
        { "3.2.1 a branch that is the cookie alone", Good.Replace("z9hG4bK1", "z9hG4bK"), 200 },
        { "3.3.2 an unknown scheme", Good.Replace("OPTIONS sip:4201@127.0.0.1:5060", "OPTIONS nobodyKnowsThisScheme:totallyopaquecontent"), 416 },
        { "3.3.3 a scheme that is not for this", Good.Replace("OPTIONS sip:4201@127.0.0.1:5060", "OPTIONS soap.beep://192.0.2.103:3002"), 416 },
        { "3.3.4 unknown schemes in To and From", Good.Replace("<sip:4201@127.0.0.1>", "<isbn:2983792873>").Replace("<sip:peer@127.0.0.2>", "<http://www.example.com>"), 200 },
        { "3.3.5 an extension that must be understood", Written.Invite(headers: "Require: nothingSupportsThis\r\n"), 420 },
        { "3.3.6 a body of an unknown type", Written.Invite().Replace("application/sdp", "application/unknownformat"), 415 },
        { "3.3.7 an unknown scheme of authorization", Good.Replace("CSeq", "Authorization: NoOneKnowsThisScheme opaque-data=here\r\nCSeq"), 200 },
        { "3.3.15 an answer that could not be read", Written.Invite(headers: "Accept: text/nobodyKnowsThis\r\n"), 406 },
        { "RFC 5118 4.1 IPv6 in the Request-URI", Good.Replace("sip:4201@127.0.0.1:5060", "sip:[2001:db8::10]"), 200 },
        { "RFC 5118 4.7 both families on the way", Good.Replace("Max-Forwards", "Via: SIP/2.0/UDP [2001:db8::9:1]:5060;branch=z9hG4bKas3\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKx;received=2001:db8::9:255\r\nMax-Forwards"), 200 },
    };

    [Theory]
    [MemberData(nameof(Answered))]
    public async Task A_request_after_a_section_gets_its_answer(string section, string message, int status)
    {
        await using var wire = new TestWire();
        wire.Receive(message);
        var answer = await wire.AnswersAsync();
        Assert.True(answer.Status == status, $"{section}: {answer.Status} {answer.Reason}");
    }

    [Theory]
    [InlineData("3.1.1.12", "SIP/2.0 200 = 2**3 * 5**2 \u043d\u043e \u0441\u0442\u043e", "= 2**3 * 5**2 \u043d\u043e \u0441\u0442\u043e")]
    [InlineData("3.1.1.13", "SIP/2.0 100 ", "")]
    [InlineData("3.1.1.13 without the space", "SIP/2.0 100", "")]
    public void A_response_may_say_why_in_any_letters_or_not_at_all(string section, string line, string reason)
    {
        var (message, error) = Parse(Answer.Replace("SIP/2.0 200 OK", line));
        Assert.True(error.Kind == SipParseErrorKind.None && message is SipResponse response && response.Reason == reason, $"{section}: {error}");
    }

    [Theory]
    [InlineData("3.1.2.5 CSeq", "CSeq: 1", "CSeq: 9292394834772304023312", SipParseErrorKind.HeaderSyntax)]
    [InlineData("3.1.2.5 Expires", "CSeq: 1", "Expires: 10000000000\r\nCSeq: 1", SipParseErrorKind.HeaderSyntax)]
    [InlineData("3.1.2.19 status", "SIP/2.0 200", "SIP/2.0 4294967301", SipParseErrorKind.StartLine)]
    [InlineData("3.1.2.19 class", "SIP/2.0 200", "SIP/2.0 700", SipParseErrorKind.StartLine)]
    public void A_response_with_numbers_out_of_range_is_not_taken(string section, string old, string replaced, SipParseErrorKind kind)
    {
        var error = Parse(Answer.Replace(old, replaced)).Error;
        Assert.True(error.Kind == kind, $"{section}: {error}");
    }

    [Theory]
    [InlineData("Call-ID: call-1\r\n")]
    [InlineData("From: \"Peer\" <sip:peer@127.0.0.2>;tag=peer\r\n")]
    [InlineData("To: <sip:4201@127.0.0.1>\r\n")]
    public async Task Section_3_3_1_a_request_that_no_response_could_find_its_way_with_is_dropped(string field)
    {
        await using var wire = new TestWire();
        wire.Receive(Good.Replace(field, ""));
        await wire.SettleAsync();
        Assert.Equal(0, wire.SentCount);
    }

    [Fact]
    public async Task Section_3_3_10_a_response_meant_for_somebody_else_makes_us_send_nothing()
    {
        await using var wire = new TestWire();
        wire.Receive(Answer.Replace("Max-Forwards", "Via: SIP/2.0/UDP 255.255.255.255;branch=z9hG4bK1saber23\r\nMax-Forwards"));
        await wire.SettleAsync();
        Assert.Equal(0, wire.SentCount);
    }

    [Fact]
    public void Sections_3_3_12_to_14_a_contact_keeps_what_is_its_own_and_what_is_its_uris()
    {
        var outside = Parse(Good.Replace("<sip:peer@127.0.0.2:5070>", "sip:+19725552222@gw1.example.net;unknownparam")).Message!.Contact!;
        Assert.True(outside.Parameters.Has("unknownparam") && outside.Uri.Parameters.Count == 0);
        var inside = Parse(Good.Replace("<sip:peer@127.0.0.2:5070>", "<sip:+19725552222@gw1.example.net;unknownparam>")).Message!.Contact!;
        Assert.True(inside.Uri.Parameters.Has("unknownparam") && inside.Parameters.Count == 0);
        var routed = Parse(Good.Replace("<sip:peer@127.0.0.2:5070>", "<sip:user@example.com?Route=%3Csip:sip.example.com%3E>")).Message!;
        Assert.Equal("Route=%3Csip:sip.example.com%3E", routed.Contact!.Uri.Headers);
        Assert.False(routed.Headers.Has(HeaderNames.Route));
    }

    [Theory]
    [InlineData("RFC 5118 4.3", "sip:[2001:db8::10:5070]", "2001:db8::10:5070", null)]
    [InlineData("RFC 5118 4.4", "sip:[2001:db8::10]:5070", "2001:db8::10", 5070)]
    [InlineData("RFC 5118 4.9", "sip:[::ffff:192.0.2.10]", "::ffff:192.0.2.10", null)]
    [InlineData("RFC 5118 4.10 two colons", "sip:[2001:db8::192.0.2.1]", "2001:db8::192.0.2.1", null)]
    [InlineData("RFC 5118 4.10 three colons", "sip:[2001:db8:::192.0.2.1]", "2001:db8::192.0.2.1", null)]
    public void An_address_ends_at_its_bracket(string section, string uri, string address, int? port)
    {
        var request = (SipRequest)Parse(Good.Replace("sip:4201@127.0.0.1:5060", uri)).Message!;
        Assert.True(IPAddress.Parse(address).Equals(request.Uri.Address) && request.Uri.Port == port, $"{section}: {request.Uri}");
    }

    [Theory]
    [InlineData("received=[2001:db8::9:255]")]
    [InlineData("received=2001:db8::9:255")]
    public void Rfc_5118_section_4_5_received_is_read_with_brackets_and_without(string parameter)
    {
        var via = Parse(Good.Replace("rport", parameter)).Message!.Via;
        Assert.Equal("2001:db8::9:255", via.Parameters["received"]!.Trim('[', ']'));
    }

    [Fact]
    public void Rfc_5118_sections_4_6_and_4_8_each_stream_has_its_family()
    {
        var body = "v=0\r\no=assistant 971731711378798081 0 IN IP6 2001:db8::20\r\ns=Live\r\nc=IN IP6 2001:db8::1\r\nt=0 0\r\nm=audio 6000 RTP/AVP 0\r\nc=IN IP4 192.0.2.1\r\nm=video 6024 RTP/AVP 107\r\n";
        var invite = Parse(Written.Request("INVITE", body: body)).Message!;
        Assert.True(SessionDescription.TryParse(SipBody.Sdp(invite, new SipLimits()).Description.Span, out var sdp));
        Assert.Equal(["192.0.2.1:6000", "[2001:db8::1]:6024"], sdp.Media.Select(media => sdp.EndPointOf(media)!.ToString()));
    }

    private static SipParseResult Parse(string text) => SipParser.Parse(Encoding.UTF8.GetBytes(text), new SipLimits());
}
