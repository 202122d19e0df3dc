using System.Text;
using Interop.Bridges.WebRtc;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Hub.Contracts.Media;
using Interop.Tests.Unit.Wire.Sip;
using Xunit;

namespace Interop.Tests.Unit.Bridges.WebRtc;

/// <summary>Whoever is signed in may send any text as an offer.</summary>
public sealed class BrowserSdpFuzzTests
{
    private const int Offers = 5_000;

    private static readonly BrowserPlace s_place = new(["192.0.2.7:20000", "[2001:db8::7]:20000"], "ourUfrag", "our-password", "sha-256 AB:CD", new AudioCodec("PCMU", 0));

    [Fact]
    public void Whatever_is_made_of_an_offer_it_is_refused_with_words_or_answered_with_a_description()
    {
        var mutator = new Mutator(3);
        byte[][] seeds = [Encoding.UTF8.GetBytes(BrowserSdpTests.Offer), Encoding.UTF8.GetBytes(BrowserSdpTests.OfferOfFirefox)];
        var answered = 0;
        for (var i = 0; i < Offers; i++)
        {
            var text = Encoding.UTF8.GetString(mutator.Change(seeds));
            var offer = BrowserOffer.Read(text);
            if (!offer.Ok)
            {
                Assert.Equal("sdp", offer.Refusal.Field);
                continue;
            }

            answered++;
            var answer = BrowserAnswer.Write(offer.Value, s_place);
            Assert.True(SessionDescription.TryParse(Encoding.UTF8.GetBytes(answer), out var read), $"{text}\n---\n{answer}");
            Assert.Equal(offer.Value.Description.Media.Count, read.Media.Count);
            Assert.Equal("passive", read.Media.Single(static media => media.Port != 0).Attribute("setup"));
        }

        Assert.InRange(answered, Offers / 20, Offers);
    }
}
