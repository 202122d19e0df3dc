using System.Text;
using Interop.Bridges.Wire.Sip;
using Interop.Bridges.Wire.Sip.Bodies;
using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Tests.Unit.Wire.Sip;

public sealed class BodyTests
{
    private static readonly SipLimits Limits = new();

    [Theory]
    [InlineData("multipart/mixed", "Content-Type: application/sdp\r\n\r\n{sdp}", "Content-Type: application/ISUP;version=x\r\nContent-Disposition: signal;handling=optional\r\n\r\n\u0001\u0002")]
    [InlineData("multipart/mixed", "Content-Type: application/pidf+xml\r\nContent-ID: <a@b>\r\n\r\n<presence/>", "Content-Type: application/sdp\r\nContent-Disposition: session\r\n\r\n{sdp}")]
    [InlineData("multipart/related", "content-type: application/sdp\n\n{sdp}", "Content-Type: application/x-odd\r\nContent-Disposition: render;\r\n handling=optional\r\n\r\n")]
    [InlineData("multipart/alternative", "Content-Type: text/plain\r\n\r\nno", "Content-Type: application/sdp\r\n\r\n{sdp}")]
    [InlineData("multipart/mixed", "Content-Type: multipart/alternative;boundary=inner\r\n\r\n--inner\r\nContent-Type: text/x-odd\r\n\r\nno\r\n--inner\r\nContent-Type: application/sdp\r\n\r\n{sdp}\r\n--inner--", "Content-Type: application/pidf+xml\r\n\r\n")]
    public void The_description_is_found_beside_what_a_gateway_adds(string type, string first, string second)
    {
        var (description, refusal) = SipBody.Sdp(Message(type, first, second), Limits);
        Assert.Null(refusal);
        Assert.Equal(Written.Sdp.TrimEnd(), Encoding.UTF8.GetString(description.Span).TrimEnd());
    }

    [Theory]
    [InlineData("multipart/mixed", "Content-Type: application/sdp\r\n\r\n{sdp}", "Content-Type: application/isup\r\nContent-Disposition: signal;handling=required\r\n\r\n\u0001")]
    [InlineData("multipart/mixed", "Content-Type: application/sdp\r\n\r\n{sdp}", "Content-Type: application/x-odd\r\n\r\n?")]
    [InlineData("multipart/mixed", "\r\nplain text", "Content-Type: application/pidf+xml\r\n\r\n")]
    [InlineData("multipart/mixed", "Content-Type: application/sdp\r\nContent-Transfer-Encoding: base64\r\n\r\ndj0w", "Content-Type: application/pidf+xml\r\n\r\n")]
    public void A_part_that_must_be_understood_and_is_not_refuses_the_message(string type, string first, string second) =>
        Assert.Equal(415, SipBody.Sdp(Message(type, first, second), Limits).Refusal);

    [Fact]
    public void One_description_alone_is_the_body_and_none_is_none()
    {
        Assert.Equal(default, SipBody.Sdp(Parse(Written.Request("OPTIONS")), Limits));
        var invite = Parse(Written.Invite());
        Assert.Equal(new SdpBody(invite.Body, null), SipBody.Sdp(invite, Limits));
        Assert.Equal(415, SipBody.Sdp(Parse(Written.Invite().Replace("application/sdp", "text/plain")), Limits).Refusal);
        Assert.Equal(415, SipBody.Sdp(Parse(Written.Invite(headers: "Content-Encoding: gzip\r\n")), Limits).Refusal);
    }

    [Fact]
    public void Nesting_and_the_number_of_parts_are_bounded()
    {
        var part = "--x\r\nContent-Type: text/plain\r\n\r\nhello\r\n";
        Assert.Equal(16, Parts("multipart/mixed;boundary=x", string.Concat(Enumerable.Repeat(part, 16)) + "--x--").Count);
        Assert.Null(TryParts("multipart/mixed;boundary=x", string.Concat(Enumerable.Repeat(part, 17)) + "--x--"));
        Assert.Single(Parts("multipart/mixed;boundary=b1", Nested(3)));
        Assert.Null(TryParts("multipart/mixed;boundary=b1", Nested(4)));
        Assert.Null(TryParts("multipart/mixed", part));
        Assert.Null(TryParts($"multipart/mixed;boundary={new string('x', 71)}", part));
        Assert.Null(TryParts("multipart/mixed;boundary=y", part));
    }

    [Fact]
    public void Boundaries_are_whole_lines_and_a_body_cut_off_goes_as_far_as_it_goes()
    {
        var parts = Parts("multipart/mixed;boundary=\"x y\"", "preamble --x y\r\n--x y\r\n\r\n--x yes\r\nnot --x y\r\n--x y \t\r\nContent-Type: a/b\r\n\r\ncut");
        Assert.Equal(["--x yes\r\nnot --x y", "cut"], parts.Select(part => Encoding.UTF8.GetString(part.Content.Span)));
        Assert.Equal(["text/plain", "a/b"], parts.Select(part => part.Type.Name));
    }

    [Fact]
    public void A_message_keeps_the_name_of_who_wrote_it()
    {
        var at = new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.FromHours(-5));
        var written = CpimMessage.Plain(new("Engine \"7\", Fire", "sip:engine7@fire.example.org"), new(null, "sip:4201@hub"), at, "On scene.\r\nTwo \u043b\u044e\u0434\u0438") with
        {
            Subject = "line\r\nbreak", Other = [new SipHeader("NS", "inter <urn:x>")],
        };
        var text = Encoding.UTF8.GetString(written.ToBytes());
        Assert.StartsWith("From: \"Engine \\\"7\\\", Fire\" <sip:engine7@fire.example.org>\r\nTo: <sip:4201@hub>\r\nDateTime: 2026-05-01T12:00:00.000-05:00\r\nSubject: line  break\r\nNS: inter <urn:x>\r\n\r\nContent-Type: text/plain;charset=utf-8\r\n\r\nOn scene.", text);
        Assert.True(CpimMessage.TryParse(written.ToBytes(), Limits, out var read));
        Assert.Equal((written.From, at, "line  break", written.Text), (read.From, read.DateTime, read.Subject, read.Text));
        Assert.Equal(written.To, read.To);
        Assert.Equal(written.Other, read.Other);
    }

    [Fact]
    public void A_message_of_another_make_is_taken()
    {
        Assert.True(CpimMessage.TryParse("\nfrom:  Ann  Smith <im:ann@example.com>\nTo: nonsense\nDateTime: noon\n\n\nhello"u8.ToArray(), Limits, out var read));
        Assert.Equal((new CpimAddress("Ann  Smith", "im:ann@example.com"), "hello", "text/plain"), (read.From, read.Text, read.ContentType.Name));
        Assert.Null(read.DateTime);
        Assert.Empty(read.To);
        Assert.False(CpimMessage.TryParse("From: <sip:a@b>\r\n\r\n"u8.ToArray(), Limits, out _));
        Assert.False(CpimMessage.TryParse(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("To: <sip:a@b>\r\n", 200)) + "\r\n\r\nx"), Limits, out _));
    }

    private static string Nested(int depth)
    {
        var body = "Content-Type: text/plain\r\n\r\nhello";
        for (var level = depth; level > 0; level--)
        {
            body = $"--b{level}\r\n{body}\r\n--b{level}--";
            if (level > 1) body = $"Content-Type: multipart/mixed;boundary=b{level}\r\n\r\n{body}";
        }

        return body;
    }

    private static IReadOnlyList<BodyPart> Parts(string type, string body) => TryParts(type, body) ?? throw new FormatException(body);

    private static IReadOnlyList<BodyPart>? TryParts(string type, string body)
    {
        var message = Parse(Written.Request("INVITE", body: body).Replace("application/sdp", type));
        return SipBody.TryParts(message, Limits, out var parts) ? parts : null;
    }

    private static SipMessage Message(string type, params string[] parts)
    {
        var body = string.Concat(parts.Select(part => $"--edge\r\n{part.Replace("{sdp}", Written.Sdp)}\r\n")) + "--edge--\r\n";
        return Parse(Written.Request("INVITE", body: body).Replace("Content-Type: application/sdp\r\nContent-Length", $"Content-Type: {type};boundary=edge\r\nContent-Length"));
    }

    private static SipMessage Parse(string text)
    {
        var (message, error) = SipParser.Parse(Encoding.UTF8.GetBytes(text), Limits);
        Assert.Equal(SipParseErrorKind.None, error.Kind);
        return message!;
    }
}
