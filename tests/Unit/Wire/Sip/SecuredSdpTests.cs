using System.Net;
using System.Text;
using Interop.Bridges.Wire.Sip.Sdp;
using Xunit;

namespace Interop.Tests.Unit.Wire.Sip;

/// <summary>Offer and answer of a protected stream (RFC 4568, RFC 8643).</summary>
public sealed class SecuredSdpTests
{
    private const string Key = "inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj";
    private const string Line = "a=crypto:1 AES_CM_128_HMAC_SHA1_80 " + Key + "\r\n";

    private static readonly AudioCapabilities Ours = new(1, 1, new IPEndPoint(IPAddress.Loopback, 10000), [SdpCodec.Pcmu])
    {
        Protection = SdpProtection.Optional,
        Suites = [new("AEAD_AES_128_GCM", 28), new("AES_CM_128_HMAC_SHA1_80", 30), new("AES_CM_128_HMAC_SHA1_32", 30, Offered: false)],
    };

    [Theory]
    [InlineData(SdpProtection.None, "RTP/AVP", 0)]
    [InlineData(SdpProtection.Optional, "RTP/AVP", 2)]
    [InlineData(SdpProtection.Required, "RTP/SAVP", 2)]
    public void An_offer_names_a_new_key_for_each_suite_that_is_offered(SdpProtection protection, string protocol, int keys)
    {
        var ours = Ours with { Protection = protection };
        var (one, other) = (AudioOffer.Create(ours).Media[0], AudioOffer.Create(ours).Media[0]);

        Assert.Equal((protocol, keys), (one.Protocol, one.Cryptos().Count));
        Assert.Equal(2 * keys, one.Cryptos().Concat(other.Cryptos()).Select(crypto => crypto.KeyParameters[0]).Distinct().Count());
        Assert.All(one.Cryptos(), crypto => Assert.Contains(Ours.Suites, suite => suite.Fits(crypto)));
    }

    [Theory]
    [InlineData("RTP/SAVP", Line, "1 AES_CM_128_HMAC_SHA1_80")]
    [InlineData("RTP/SAVPF", Line, "1 AES_CM_128_HMAC_SHA1_80")]
    [InlineData("RTP/AVP", Line, "1 AES_CM_128_HMAC_SHA1_80")]
    [InlineData("RTP/AVP", "", null)]
    [InlineData("RTP/SAVP", "a=crypto:3 AES_CM_128_HMAC_SHA1_32 " + Key + "\r\n" + "a=crypto:7 AES_CM_128_HMAC_SHA1_80 " + Key + "|2^31 WSH=64\r\n", "7 AES_CM_128_HMAC_SHA1_80")]
    [InlineData("RTP/SAVP", "a=crypto:3 AES_CM_128_HMAC_SHA1_32 " + Key + "\r\n", "3 AES_CM_128_HMAC_SHA1_32")]
    [InlineData("RTP/SAVP", "a=crypto:1 AES_CM_128_HMAC_SHA1_80 " + Key + "|2^20|1:4\r\n" + "a=crypto:2 AES_CM_128_HMAC_SHA1_32 " + Key + "\r\n", "2 AES_CM_128_HMAC_SHA1_32")]
    [InlineData("RTP/SAVP", Line + "a=crypto:2 AEAD_AES_128_GCM inline:c29tZSBrZXkgYW5kIHNhbHQgb2YgMjggb2N0ZXRz\r\n", "1 AES_CM_128_HMAC_SHA1_80")]
    public void An_answer_takes_the_strongest_suite_that_it_can_use(string protocol, string lines, string? taken)
    {
        var answer = Answer($"m=audio 30000 {protocol} 0\r\n{lines}")!.Media[0];

        Assert.Equal(protocol, answer.Protocol);
        Assert.Equal(taken, answer.Cryptos() is [var crypto] ? $"{crypto.Tag} {crypto.Suite}" : null);
        if (answer.Cryptos() is [var ours]) Assert.DoesNotContain(Key, ours.KeyParameters[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SdpProtection.Optional, "m=audio 30000 RTP/SAVP 0\r\n")]
    [InlineData(SdpProtection.Optional, "m=audio 30000 RTP/SAVP 0\r\na=crypto:1 F8_128_HMAC_SHA1_80 " + Key + "\r\n")]
    [InlineData(SdpProtection.Optional, "m=audio 30000 RTP/SAVP 0\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 " + Key + " UNENCRYPTED_SRTP\r\n")]
    [InlineData(SdpProtection.Optional, "m=audio 30000 RTP/SAVP 0\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:c2hvcnQ=\r\n")]
    [InlineData(SdpProtection.Required, "m=audio 30000 RTP/AVP 0\r\n")]
    [InlineData(SdpProtection.None, "m=audio 30000 RTP/SAVP 0\r\n" + Line)]
    public void What_can_not_be_protected_as_it_must_has_no_answer(SdpProtection protection, string media) =>
        Assert.Null(Answer(media, Ours with { Protection = protection }));

    [Fact]
    public void Who_never_protects_answers_in_the_clear_to_a_phone_that_leaves_the_choice() =>
        Assert.Empty(Answer("m=audio 30000 RTP/AVP 0\r\n" + Line, Ours with { Protection = SdpProtection.None })!.Media[0].Cryptos());

    [Fact]
    public void Of_the_same_voice_protected_and_not_the_protected_one_is_taken_wherever_it_stands()
    {
        var answer = Answer("m=audio 30002 RTP/AVP 0\r\nm=audio 30000 RTP/SAVP 0\r\n" + Line)!;
        Assert.Equal([(0, "RTP/AVP"), (10000, "RTP/SAVP")], answer.Media.Select(media => (media.Port, media.Protocol)));
    }

    [Fact]
    public void A_key_that_still_holds_is_kept_under_the_tag_of_the_new_offer()
    {
        var first = Answer("m=audio 30000 RTP/SAVP 0\r\n" + Line)!.Media[0].Cryptos();
        var next = Answer("m=audio 30000 RTP/SAVP 0\r\n" + Line.Replace("crypto:1", "crypto:5", StringComparison.Ordinal), Ours with { Keeping = first })!.Media[0].Cryptos();

        Assert.Equal((5u, first[0].KeyParameters[0]), (next[0].Tag, next[0].KeyParameters[0]));
    }

    [Fact]
    public void A_call_that_is_offered_again_stays_protected_under_new_keys()
    {
        foreach (var protocol in (string[])["RTP/SAVP", "RTP/SAVPF", "RTP/AVP"])
        {
            var first = Answer($"m=audio 30000 {protocol} 0\r\n{Line}")!;
            var again = AudioOffer.Again(Ours, first).Media[0];

            Assert.Equal(protocol, again.Protocol);
            Assert.Equal(2, again.Cryptos().Count);
            Assert.DoesNotContain(first.Media[0].Cryptos()[0].KeyParameters[0], again.Cryptos().Select(crypto => crypto.KeyParameters[0]));
        }

        Assert.Equal("RTP/SAVP", AudioOffer.Again(Ours with { Protection = SdpProtection.Required }, Answer("m=audio 30000 RTP/AVP 0\r\n")!).Media[0].Protocol);
        Assert.Empty(AudioOffer.Again(Ours, Answer("m=audio 30000 RTP/AVP 0\r\n")!).Media[0].Cryptos());
    }

    [Fact]
    public void Both_sides_agree_on_the_line_that_was_answered_and_never_on_one_key_for_both()
    {
        var offer = AudioOffer.Create(Ours).Media[0];
        var answer = Parse($"m=audio 30000 RTP/AVP 0\r\na=crypto:2 AES_CM_128_HMAC_SHA1_80 {Key}\r\n").Media[0];
        var agreed = AgreedCrypto.Of(offer, answer, Ours.Suites)!;

        Assert.Equal((offer.Cryptos()[1].KeyParameters[0], Key), (agreed.Ours.KeyParameters[0], agreed.Theirs.KeyParameters[0]));
        Assert.Null(AgreedCrypto.Of(offer, offer, Ours.Suites));
        Assert.Null(AgreedCrypto.Of(offer, Parse("m=audio 30000 RTP/AVP 0\r\n" + Line).Media[0], Ours.Suites));
    }

    private static SessionDescription? Answer(string media, AudioCapabilities? ours = null) => AudioOffer.Answer(Parse(media), ours ?? Ours);

    private static SessionDescription Parse(string media)
    {
        var text = "v=0\r\no=- 1 1 IN IP4 192.0.2.7\r\ns=-\r\nc=IN IP4 192.0.2.7\r\nt=0 0\r\n" + media;
        Assert.True(SessionDescription.TryParse(Encoding.UTF8.GetBytes(text), out var parsed));
        return parsed;
    }
}
