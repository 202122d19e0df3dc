using Interop.Bridges.WebRtc;
using Interop.Hub.Contracts.Media;
using Xunit;

namespace Interop.Tests.Unit.Bridges.WebRtc;

public sealed class BrowserSdpTests
{
    private const string Fingerprint = "sha-256 1E:2F:30:41:52:63:74:85:96:A7:B8:C9:DA:EB:FC:0D:1E:2F:30:41:52:63:74:85:96:A7:B8:C9:DA:EB:FC:0D";

    private const string Offer = $"""
        v=0
        o=- 4611731400430051336 2 IN IP4 127.0.0.1
        s=-
        t=0 0
        a=group:BUNDLE 0 1
        a=extmap-allow-mixed
        m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126
        c=IN IP4 0.0.0.0
        a=rtcp:9 IN IP4 0.0.0.0
        a=ice-ufrag:EsAw
        a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1
        a=ice-options:trickle
        a=fingerprint:{Fingerprint}
        a=setup:actpass
        a=mid:0
        a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
        a=sendrecv
        a=rtcp-mux
        a=rtpmap:111 opus/48000/2
        a=rtpmap:9 G722/8000
        a=rtpmap:0 PCMU/8000
        a=rtpmap:8 PCMA/8000
        a=rtpmap:13 CN/8000
        a=rtpmap:126 telephone-event/8000
        m=video 9 UDP/TLS/RTP/SAVPF 96
        c=IN IP4 0.0.0.0
        a=mid:1
        a=sendrecv
        a=rtpmap:96 VP8/90000
        """;

    private static readonly BrowserPlace s_place = new(["192.0.2.7:20000", "[2001:db8::7]:20000"], "ourUfrag", "our-password", "sha-256 AB:CD", new AudioCodec("PCMU", 0));

    [Fact]
    public void An_offer_of_a_browser_is_read()
    {
        var offer = BrowserOffer.Read(Offer);
        Assert.True(offer.Ok);
        var farEnd = offer.Value.FarEnd;
        Assert.Equal(("EsAw", "sha-256", 32, true), (farEnd.Ufrag, farEnd.FingerprintHash, farEnd.Fingerprint.Length, farEnd.Sends));
        Assert.Equal(["OPUS", "G722", "PCMU", "PCMA"], farEnd.Codecs.Select(codec => codec.Name));
    }

    [Fact]
    public void The_answer_is_whole_passive_lite_and_refuses_the_video()
    {
        var answer = Answer(Offer);
        Assert.Contains("a=ice-lite", answer);
        Assert.Contains("a=group:BUNDLE 0", answer);
        Assert.Contains("m=audio 20000 UDP/TLS/RTP/SAVPF 0", answer);
        Assert.Contains("a=setup:passive", answer);
        Assert.Contains("a=ice-ufrag:ourUfrag", answer);
        Assert.Contains("a=fingerprint:sha-256 AB:CD", answer);
        Assert.Contains("192.0.2.7 20000 typ host", answer.Single(line => line.StartsWith("a=candidate:1 1 udp ", StringComparison.Ordinal)));
        Assert.Contains("2001:db8::7 20000 typ host", answer.Single(line => line.StartsWith("a=candidate:2 1 udp ", StringComparison.Ordinal)));
        Assert.Contains("a=end-of-candidates", answer);
        Assert.Contains("m=video 0 UDP/TLS/RTP/SAVPF 96", answer);
        Assert.DoesNotContain(answer, line => line.Contains("extmap", StringComparison.Ordinal) || line.Contains("rtcp-fb", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("sendrecv", "a=sendrecv", true)]
    [InlineData("recvonly", "a=sendonly", false)]
    [InlineData("sendonly", "a=recvonly", true)]
    [InlineData("inactive", "a=inactive", false)]
    public void The_direction_is_mirrored(string offered, string answered, bool sends)
    {
        var first = Offer.IndexOf("a=sendrecv", StringComparison.Ordinal);
        var sdp = Offer.Remove(first, "a=sendrecv".Length).Insert(first, $"a={offered}");
        Assert.Contains(answered, Answer(sdp));
        Assert.Equal(sends, BrowserOffer.Read(sdp).Value!.FarEnd.Sends);
    }

    [Theory]
    [InlineData("", "not a session description")]
    [InlineData("nonsense", "not a session description")]
    [InlineData("-a=rtcp-mux", "a=rtcp-mux")]
    [InlineData("-a=setup:actpass", "a=setup")]
    [InlineData("-a=fingerprint", "a=fingerprint")]
    [InlineData("-a=ice-ufrag", "a=ice-ufrag")]
    [InlineData("-a=ice-pwd", "a=ice-pwd")]
    [InlineData("-m=audio", "no audio section")]
    public void What_an_offer_lacks_is_named(string change, string named)
    {
        var sdp = change.StartsWith('-') ? string.Join('\n', Offer.Split('\n').Where(line => !line.StartsWith(change[1..], StringComparison.Ordinal))) : change;
        var offer = BrowserOffer.Read(sdp);
        Assert.False(offer.Ok);
        Assert.Contains(named, offer.Refusal.Text);
        Assert.Equal("sdp", offer.Refusal.Field);
    }

    private static string[] Answer(string offer) => BrowserAnswer.Write(BrowserOffer.Read(offer).Value!, s_place).Split("\r\n");
}
