using System.Text;
using Interop.Bridges.Sip.Text;
using Interop.Bridges.Wire.Sip;
using Interop.Bridges.Wire.Sip.Bodies;
using Interop.Bridges.Wire.Sip.Messages;
using Xunit;

namespace Interop.Tests.Unit.Bridges.Sip;

public sealed class TextReadingTests
{
    [Theory]
    [InlineData("text/plain", "Copy")]
    [InlineData("text/plain;charset=utf-8", "Grüße")]
    [InlineData("text/plain; charset=\"UTF-8\"", "Grüße")]
    [InlineData("text/plain;charset=us-ascii", "Copy")]
    [InlineData(null, "Copy")]
    public void A_text_is_read_by_its_charset(string? type, string text) =>
        Assert.Equal(text, TextReading.Of(Message(type, Encoding.UTF8.GetBytes(text))).Text);

    [Theory]
    [InlineData("text/plain;charset=iso-8859-1")]
    [InlineData("text/plain;charset=us-ascii")]
    [InlineData("text/plain")]
    public void Octets_that_are_no_utf_8_are_read_as_latin_1(string type) =>
        Assert.Equal("Grüße", TextReading.Of(Message(type, Encoding.Latin1.GetBytes("Grüße"))).Text);

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/pidf+xml")]
    [InlineData("text/plain;charset=utf-16")]
    public void What_is_no_text_is_refused_with_what_is_taken(string type)
    {
        var reply = TextReading.Of(Message(type, "x"u8.ToArray())).Reply!;

        Assert.Equal(415, reply.Status);
        Assert.Contains(reply.Headers, header => header.Name == HeaderNames.Accept && header.Value.Contains("text/plain", StringComparison.Ordinal));
    }

    [Fact]
    public void Word_that_somebody_types_is_taken_and_shown_to_nobody() =>
        Assert.Equal(200, TextReading.Of(Message("application/im-iscomposing+xml", "<isComposing/>"u8.ToArray())).Reply!.Status);

    [Fact]
    public void A_text_that_no_room_would_show_whole_is_too_long()
    {
        Assert.NotNull(TextReading.Of(Message("text/plain", Encoding.UTF8.GetBytes(new string('ü', 4_000)))).Text);
        Assert.Equal(413, TextReading.Of(Message("text/plain", Encoding.UTF8.GetBytes(new string('x', 4_001)))).Reply!.Status);
        Assert.Equal(413, TextReading.Of(Message("text/plain", new byte[100_000])).Reply!.Status);
    }

    [Fact]
    public void Control_characters_are_left_out_and_nothing_is_no_message()
    {
        Assert.Equal("one\ntwo", TextReading.Of(Message("text/plain", "one\ntwo\u0007\u0000\r\n"u8.ToArray())).Text);
        Assert.Equal(400, TextReading.Of(Message("text/plain", " \r\n"u8.ToArray())).Reply!.Status);
    }

    [Fact]
    public void Of_an_envelope_the_text_inside_is_taken()
    {
        var envelope = CpimMessage.Plain(new CpimAddress("Somebody else", "sip:x@y"), new CpimAddress(null, "sip:4201@hub"), DateTimeOffset.UnixEpoch, "Grüße");

        Assert.Equal("Grüße", TextReading.Of(Message("message/cpim", envelope.ToBytes())).Text);
        Assert.Equal(400, TextReading.Of(Message("message/cpim", "\r\n"u8.ToArray())).Reply!.Status);
        Assert.Equal(415, TextReading.Of(Message("message/cpim", (envelope with { ContentType = new MediaType("text/html", SipParameters.Empty) }).ToBytes())).Reply!.Status);
    }

    [Fact]
    public void An_envelope_names_the_writer_and_the_agency()
    {
        var text = new OutgoingText("Kim (Hartford Police)", "Stage at Albany", DateTimeOffset.UnixEpoch);

        var (type, body) = text.Body(SipUri.Create("4201", "hub", 5060), "sip:engine7@10.0.0.7", cpim: true);

        Assert.Equal("message/cpim", type);
        Assert.True(CpimMessage.TryParse(body, new SipLimits(), out var read));
        Assert.Equal(("Kim (Hartford Police)", "Stage at Albany"), (read.From!.Name, read.Text));
    }

    [Fact]
    public void A_packed_body_is_refused()
    {
        var message = Message("text/plain", "x"u8.ToArray());
        message.Headers.Add(HeaderNames.ContentEncoding, "gzip");

        Assert.Equal(415, TextReading.Of(message).Reply!.Status);
    }

    private static SipRequest Message(string? type, byte[] body)
    {
        var headers = new SipHeaders();
        if (type is not null)
            headers.Add(HeaderNames.ContentType, type);
        return new SipRequest(SipMethods.Message, SipUri.Create("4201", "hub", 5060), headers, body);
    }
}
