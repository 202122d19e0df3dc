using Interop.Bridges.WebRtc;
using Interop.Hub.Contracts.Media;
using Xunit;

namespace Interop.Tests.Unit.Bridges.WebRtc;

public sealed class BrowserSdpTests
{
    private const string Fingerprint = "sha-256 1E:2F:30:41:52:63:74:85:96:A7:B8:C9:DA:EB:FC:0D:1E:2F:30:41:52:63:74:85:96:A7:B8:C9:DA:EB:FC:0D";

    public const string Offer = $"""
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

    /// <summary>Of Firefox 153: the fingerprint stands once for the session, and the direction there and in the section.</summary>
    public const string OfferOfFirefox = """
        v=0
        o=mozilla...THIS_IS_SDPARTA-99.0 2209434372305413746 0 IN IP4 0.0.0.0
        s=-
        t=0 0
        a=sendrecv
        a=fingerprint:sha-256 52:8B:70:CB:C6:94:45:70:72:A9:9C:B9:A9:8B:75:DE:5B:35:14:7E:A7:8D:B9:7F:C4:D9:4D:97:9C:00:4D:D1
        a=group:BUNDLE 0
        a=ice-options:trickle
        a=msid-semantic:WMS *
        m=audio 9 UDP/TLS/RTP/SAVPF 109 9 0 8 101
        c=IN IP4 0.0.0.0
        a=sendrecv
        a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
        a=extmap:2/recvonly urn:ietf:params:rtp-hdrext:csrc-audio-level
        a=extmap:3 urn:ietf:params:rtp-hdrext:sdes:mid
        a=extmap:7 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
        a=extmap-allow-mixed
        a=fmtp:109 maxplaybackrate=48000;stereo=1;useinbandfec=1
        a=fmtp:101 0-15
        a=ice-pwd:83df7fc01090213d40f1500d319b2177
        a=ice-ufrag:e1364b3a
        a=mid:0
        a=msid:- {14f2f447-26bf-44f4-8d12-1cc621149ac3}
        a=rtcp-fb:109 transport-cc
        a=rtcp-fb:9 transport-cc
        a=rtcp-fb:0 transport-cc
        a=rtcp-fb:8 transport-cc
        a=rtcp-mux
        a=rtpmap:109 opus/48000/2
        a=rtpmap:9 G722/8000/1
        a=rtpmap:0 PCMU/8000
        a=rtpmap:8 PCMA/8000
        a=rtpmap:101 telephone-event/8000
        a=setup:actpass
        a=ssrc:3501073841 cname:{429cfc56-183e-4b15-8724-347e5aff5946}
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
    public void An_offer_of_firefox_is_read()
    {
        var offer = BrowserOffer.Read(OfferOfFirefox);
        Assert.True(offer.Ok);
        Assert.Equal(("e1364b3a", "sha-256", true), (offer.Value.FarEnd.Ufrag, offer.Value.FarEnd.FingerprintHash, offer.Value.FarEnd.Sends));
        Assert.Equal(["OPUS", "G722", "PCMU", "PCMA"], offer.Value.FarEnd.Codecs.Select(codec => codec.Name));
        Assert.Contains("a=setup:passive", Answer(OfferOfFirefox));
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
