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

    [Fact]
    public void Of_the_same_voice_protected_and_not_the_plain_one_is_taken()
    {
        var answer = Answer("m=audio 30000 RTP/SAVP 0\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x\r\nm=audio 30002 RTP/AVP 0\r\n")!;
        Assert.Equal([(0, "RTP/SAVP"), (10000, "RTP/AVP")], answer.Media.Select(media => (media.Port, media.Protocol)));
        Assert.Equal("RTP/AVPF", Answer("m=audio 30000 RTP/AVPF 0\r\n")!.Media[0].Protocol);
    }

    [Fact]
    public void Formats_under_dynamic_numbers_are_known_by_name_clock_and_channels()
    {
        var ours = Ours with { Codecs = [new(9, "G722", 8000), new(110, "opus", 48000, 2, "useinbandfec=1"), new(11, "L16", 44100), SdpCodec.ComfortNoise] };
        var offer = Parse("m=audio 30000 RTP/AVP 96 97 98 99 13\r\na=rtpmap:96 OPUS/48000/2\r\na=rtpmap:97 g722/8000/1\r\na=rtpmap:98 L16/8000\r\na=rtpmap:99 opus/48000\r\na=fmtp:96 stereo=1\r\n");
        var answer = AudioOffer.Answer(offer, ours)!;
        Assert.Equal(["96", "97", "13"], answer.Media[0].Formats);
        Assert.Equal("useinbandfec=1", answer.Media[0].Codecs()[0].Parameters);
        Assert.Null(AudioOffer.Answer(Parse("m=audio 30000 RTP/AVP 13\r\n"), ours));
    }

    [Theory]
    [InlineData("", 20)]
    [InlineData("a=ptime:10\r\n", 10)]
    [InlineData("a=ptime:30\r\n", 30)]
    [InlineData("a=ptime:60\r\n", 60)]
    [InlineData("a=ptime:5\r\n", 20)]
    [InlineData("a=ptime:25\r\n", 20)]
    [InlineData("a=ptime:70\r\n", 20)]
    [InlineData("a=ptime:99999999999\r\n", 20)]
    [InlineData("a=ptime:60\r\na=maxptime:40\r\n", 40)]
    [InlineData("a=ptime:60\r\na=maxptime:35\r\n", 30)]
    [InlineData("a=maxptime:5\r\n", 10)]
    [InlineData("a=maxptime:10\r\n", 10)]
    [InlineData("a=maxptime:40\r\n", 20)]
    [InlineData("a=maxptime:nonsense\r\n", 20)]
    public void The_answer_has_the_packet_time_that_the_peer_likes_and_can_take(string lines, int packetTime) =>
        Assert.Equal(packetTime, Answer($"m=audio 30000 RTP/AVP 0\r\n{lines}")!.Media[0].PacketTime);

    [Fact]
    public void A_further_offer_keeps_the_packet_time_of_the_call()
    {
        var answered = Answer("m=audio 30000 RTP/AVP 0\r\na=ptime:40\r\n")!;
        Assert.Equal(40, AudioOffer.Again(Ours, answered).Media[0].PacketTime);
    }

    [Fact]
    public void A_further_offer_keeps_streams_in_place_and_numbers_as_they_were()
    {
        var first = AudioOffer.Answer(Parse("m=video 30002 RTP/AVP 96\r\nm=audio 30000 RTP/AVP 96 0\r\na=rtpmap:96 telephone-event/8000\r\n"), Ours)!;
        var moved = AudioOffer.Again(Ours with { SessionId = 9, EndPoint = new(IPAddress.Loopback, 10002) }, first);
        Assert.Equal((first.SessionId, first.Version + 1), (moved.SessionId, moved.Version));
        Assert.Equal([("video", 0), ("audio", 10002)], moved.Media.Select(media => (media.Type, media.Port)));
        Assert.Equal(["0", "8", "96"], moved.Media[1].Formats);
        Assert.Equal(moved.Version, AudioOffer.Again(Ours with { EndPoint = new(IPAddress.Loopback, 10002) }, moved).Version);
        var taken = AudioOffer.Again(Ours with { Codecs = [SdpCodec.Pcmu, new(96, "opus", 48000, 2)] }, first);
        Assert.Equal(["0", "97"], taken.Media[1].Formats);
        Assert.Equal("audio", AudioOffer.Again(Ours, Parse("m=video 0 RTP/AVP 96\r\n")).Media[1].Type);
    }

    [Fact]
    public void Keys_are_read_and_written_and_never_printed()
    {
        const string key = "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz";
        const string text = $"1 AES_CM_128_HMAC_SHA1_80 inline:{key}|2^20|1:4;inline:{key} KDR=0 FEC_ORDER=FEC_SRTP";
        Assert.True(SdpCrypto.TryParse(text, out var crypto));
        Assert.Equal((1u, "AES_CM_128_HMAC_SHA1_80", 2), (crypto.Tag, crypto.Suite, crypto.KeyParameters.Count));
        Assert.Equal(["KDR=0", "FEC_ORDER=FEC_SRTP"], crypto.SessionParameters);
        Assert.True(crypto.TryKey(out var octets));
        Assert.Equal(30, octets.Length);
        Assert.Equal(new SdpAttribute("crypto", text), crypto.ToAttribute());
        var sdp = Parse($"m=audio 4 RTP/SAVP 0\r\na=crypto:{text}\r\na=ice-pwd:secretsecretsecretsecret\r\n");
        Assert.Equal(text, sdp.Media[0].Cryptos()[0].ToAttribute().Value);
        Assert.Contains(key, sdp.ToString());
        Assert.DoesNotContain(key, $"{crypto} {crypto.ToAttribute()}", StringComparison.Ordinal);
        Assert.DoesNotContain("secret", string.Join(' ', sdp.Media[0].Attributes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80")]
    [InlineData("x AES_CM_128_HMAC_SHA1_80 inline:abc")]
    [InlineData("1234567890 AES_CM_128_HMAC_SHA1_80 inline:abc")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 abc")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:")]
    public void What_is_no_crypto_line_is_left_out(string value)
    {
        Assert.False(SdpCrypto.TryParse(value, out _));
        Assert.Empty(Parse($"m=audio 4 RTP/SAVP 0\r\na=crypto:{value}\r\n").Media[0].Cryptos());
    }

    [Fact]
    public void Ice_dtls_and_bundles_are_read_from_section_and_session()
    {
        var sdp = Parse("a=ice-lite\r\na=ice-ufrag:F7gI\r\na=ice-pwd:x9cml/YzichV2+XlhiMu8g\r\na=ice-options:trickle ice2\r\na=setup:actpass\r\na=tls-id:abc3de65cddef001be82\r\n"
            + "a=fingerprint:SHA-256 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB:4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF\r\na=group:BUNDLE 0 1\r\n"
            + "m=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\na=rtcp:9 IN IP4 0.0.0.0\r\na=rtcp-mux\r\na=label:main\r\na=ssrc:314159 cname:x\r\na=ssrc:314159 msid:y\r\na=maxptime:60\r\n"
            + "a=candidate:1 1 UDP 2130706431 203.0.113.141 8998 typ host\r\na=candidate:2 1 udp 1694498815 192.0.2.3 45664 typ srflx raddr 203.0.113.141 rport 8998\r\na=candidate:bad\r\n"
            + "m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:1\r\na=setup:passive\r\n");
        var audio = sdp.Media[0];
        Assert.True(sdp.IsIceLite());
        Assert.Equal(("F7gI", "x9cml/YzichV2+XlhiMu8g"), sdp.IceOf(audio));
        Assert.Equal(["trickle", "ice2"], sdp.IceOptionsOf(audio));
        Assert.Equal((DtlsSetup.ActPass, DtlsSetup.Passive), (sdp.SetupOf(audio), sdp.SetupOf(sdp.Media[1])));
        Assert.Equal("abc3de65cddef001be82", sdp.AttributeOf(audio, "tls-id"));
        var print = Assert.Single(sdp.FingerprintsOf(audio));
        Assert.Equal(("sha-256", 32), (print.Hash, print.Value.Length));
        Assert.True(SdpFingerprint.TryParse(print.ToString(), out var again) && again.Value.Span.SequenceEqual(print.Value.Span));
        Assert.False(SdpFingerprint.TryParse("sha-256 4A-AD", out _));
        Assert.Equal(["0", "1"], Assert.Single(sdp.Groups("BUNDLE")));
        Assert.Equal(("0", "main", 60), (audio.Mid(), audio.Label(), audio.MaxPacketTime()));
        Assert.True(audio.HasRtcpMux());
        Assert.Equal((9, new SdpConnection(false, "0.0.0.0")), audio.Rtcp());
        Assert.Equal([314159u], audio.Ssrcs());
        Assert.Equal(["1 1 udp 2130706431 203.0.113.141 8998 typ host", "2 1 udp 1694498815 192.0.2.3 45664 typ srflx raddr 203.0.113.141 rport 8998"], audio.Candidates().Select(candidate => candidate.ToString()));
    }

    [Theory]
    [InlineData(null, 15, true)]
    [InlineData("0-15", 16, false)]
    [InlineData("0-11,66", 66, true)]
    [InlineData("0,1,#", 11, false)]
    public void The_events_of_a_phone_are_those_it_names(string? parameters, int number, bool taken) =>
        Assert.Equal(taken, (SdpCodec.TelephoneEvent with { Parameters = parameters }).TakesEvent(number));

    [Fact]
    public void Lines_sections_and_size_are_bounded()
    {
        const string head = "v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\n";
        Assert.True(Takes(head + string.Concat(Enumerable.Repeat("a=x\r\n", 998))));
        Assert.False(Takes(head + string.Concat(Enumerable.Repeat("a=x\r\n", 999))));
        Assert.True(Takes(head + string.Concat(Enumerable.Repeat("m=audio 4 RTP/AVP 0\r\n", 32))));
        Assert.False(Takes(head + string.Concat(Enumerable.Repeat("m=audio 4 RTP/AVP 0\r\n", 33))));
        Assert.False(Takes(head + $"a=x:{new string('x', 32 * 1024)}\r\n"));

        static bool Takes(string text) => SessionDescription.TryParse(Encoding.UTF8.GetBytes(text), out _);
    }

    [Fact]
    public void What_we_do_not_know_is_written_again_as_it_came()
    {
        const string lines = "m=audio 4 RTP/AVP 0\r\nb=AS:64\r\na=rtpmap:0 PCMU/8000\r\na=x-odd: kept\r\na=flag\r\n";
        Assert.EndsWith(lines.Replace(": kept", ":kept"), Parse(lines).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("x-odd", Answer(lines)!.ToString(), StringComparison.Ordinal);
    }

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
