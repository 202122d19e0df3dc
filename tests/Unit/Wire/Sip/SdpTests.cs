using System.Net;
using System.Text;
using CsCheck;
using Interop.Bridges.Wire.Sip.Sdp;
using Xunit;

namespace Interop.Tests.Unit.Wire.Sip;

public sealed class SdpTests
{
    private static readonly AudioCapabilities Ours = new(
        1, 1, new IPEndPoint(IPAddress.Loopback, 10000), [SdpCodec.Pcmu, SdpCodec.Pcma, SdpCodec.TelephoneEvent]);

    [Fact]
    public void An_offer_is_written_in_the_order_of_the_rfc() => Assert.Equal(
        "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 10000 RTP/AVP 0 8 101\r\n"
        + "a=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=ptime:20\r\na=sendrecv\r\n",
        AudioOffer.Create(Ours).ToString());

    [Fact]
    public void The_answer_keeps_the_offerers_order_and_numbers()
    {
        var answer = Answer("m=audio 30000 RTP/AVP 18 8 0 96\r\na=rtpmap:96 telephone-event/8000\r\n")!;
        Assert.Equal(["8", "0", "96"], answer.Media[0].Formats);
        Assert.Equal("PCMA", answer.Media[0].Codecs()[0].Name);
    }

    [Fact]
    public void Every_stream_but_the_first_audio_is_refused_in_its_place()
    {
        var answer = Answer("m=video 30002 RTP/AVP 96\r\nm=audio 30000 RTP/AVP 0\r\nm=audio 30004 RTP/AVP 0\r\nm=hologram 9 x/y\r\n")!;
        Assert.Equal([0, 10000, 0, 0], answer.Media.Select(media => media.Port));
        Assert.Equal(["video", "audio", "audio", "hologram"], answer.Media.Select(media => media.Type));
    }

    [Theory]
    [InlineData("m=audio 30000 RTP/AVP 18\r\n")]
    [InlineData("m=audio 0 RTP/AVP 0\r\n")]
    [InlineData("m=audio 30000 RTP/SAVP 0\r\n")]
    [InlineData("m=audio 30000 RTP/AVP 101\r\na=rtpmap:101 telephone-event/8000\r\n")]
    [InlineData("")]
    public void An_offer_without_voice_that_we_speak_has_no_answer(string media) => Assert.Null(Answer(media));

    [Theory]
    [InlineData("a=sendonly\r\n", MediaDirection.RecvOnly)]
    [InlineData("a=recvonly\r\n", MediaDirection.SendOnly)]
    [InlineData("a=inactive\r\n", MediaDirection.Inactive)]
    [InlineData("a=sendrecv\r\n", MediaDirection.SendRecv)]
    [InlineData("", MediaDirection.SendRecv)]
    [InlineData("c=IN IP4 0.0.0.0\r\n", MediaDirection.RecvOnly)]
    public void Hold_is_answered_with_its_mirror(string lines, MediaDirection expected)
    {
        var answer = Answer($"m=audio 30000 RTP/AVP 0\r\n{lines}")!;
        Assert.Equal(expected, answer.DirectionOf(answer.Media[0]));
    }

    [Fact]
    public void What_we_are_willing_to_do_limits_the_answer()
    {
        var answer = AudioOffer.Answer(Parse("m=audio 30000 RTP/AVP 0\r\n"), Ours with { Direction = MediaDirection.RecvOnly })!;
        Assert.Equal(MediaDirection.RecvOnly, answer.DirectionOf(answer.Media[0]));
    }

    [Theory]
    [InlineData("c=IN IP6 2001:db8::1\r\nm=audio 30000 RTP/AVP 0\r\n", "[2001:db8::1]:30000")]
    [InlineData("m=audio 30000 RTP/AVP 0\r\nc=IN IP4 192.0.2.1\r\n", "192.0.2.1:30000")]
    [InlineData("m=audio 30000 RTP/AVP 0\r\nc=IN IP4 239.1.1.1/127\r\n", "239.1.1.1:30000")]
    [InlineData("m=audio 30000 RTP/AVP 0\r\nc=IN IP4 0.0.0.0\r\n", null)]
    [InlineData("m=audio 0 RTP/AVP 0\r\n", null)]
    public void The_media_address_is_the_sections_or_the_sessions(string media, string? expected)
    {
        var sdp = Parse(media);
        Assert.Equal(expected, sdp.EndPointOf(sdp.Media[0])?.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("v=1\r\no=- 1 1 IN IP4 1.2.3.4\r\n")]
    [InlineData("v=0\r\ns=-\r\n")]
    [InlineData("v=0\r\no=- 1 1 IN IP4\r\n")]
    [InlineData("v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\nm=audio 99999 RTP/AVP 0\r\n")]
    [InlineData("v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\nnonsense\r\n")]
    public void What_is_no_description_is_refused(string text) => Assert.False(SessionDescription.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void Bare_line_feeds_and_unknown_lines_are_taken()
    {
        Assert.True(SessionDescription.TryParse("v=0\no=x 18446744073709551617 1 IN IP4 host.example.com\ns=\nz=0 0\nq=?\nm=audio 4 RTP/AVP 0\n"u8, out var sdp));
        Assert.Null(sdp.EndPointOf(sdp.Media[0]));
    }

    [Fact]
    public void Whatever_parses_is_written_so_that_it_parses_to_the_same()
    {
        var seed = Encoding.UTF8.GetBytes(Written.Sdp + "m=video 4 RTP/AVP 96\r\ni=title\r\nb=AS:64\r\na=rtpmap:96 VP8/90000\r\na=fmtp:96 x=1\r\n");
        Gen.Select(Gen.Int[0, seed.Length - 1].Array[0, 8], Gen.Byte.Array[8], Gen.Int[0, seed.Length]).Sample((places, values, length) =>
        {
            var octets = seed[..length];
            for (var i = 0; i < places.Length; i++)
            {
                if (places[i] < octets.Length) octets[places[i]] = values[i];
            }

            if (!SessionDescription.TryParse(octets, out var sdp)) return;
            foreach (var media in sdp.Media) _ = (media.Codecs(), media.PacketTime, sdp.EndPointOf(media), sdp.DirectionOf(media));
            _ = AudioOffer.Answer(sdp, Ours);
            Assert.True(SessionDescription.TryParse(sdp.ToBytes(), out var again), sdp.ToString());
            Assert.Equal(sdp.ToString(), again.ToString());
        }, iter: 20_000);
    }

    private static SessionDescription Parse(string media)
    {
        var text = $"v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\n{media}";
        Assert.True(SessionDescription.TryParse(Encoding.UTF8.GetBytes(text), out var sdp));
        return sdp;
    }

    private static SessionDescription? Answer(string media) => AudioOffer.Answer(Parse(media), Ours);
}
