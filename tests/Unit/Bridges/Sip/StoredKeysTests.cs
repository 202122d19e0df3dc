using Interop.Bridges.Sip.Calls;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Hub.Contracts.Media;
using Xunit;

namespace Interop.Tests.Unit.Bridges.Sip;

/// <summary>Keys of SRTP lie in no store, and are used once.</summary>
public sealed class StoredKeysTests
{
    private static readonly SessionDescription Ours =
        AudioOffer.Create(RoomSdp.Capabilities(new MediaPlace("127.0.0.1", 10_000, null), 77, 1, protection: SdpProtection.Required));

    [Fact]
    public void A_stored_description_has_its_suites_and_no_key()
    {
        var stored = StoredKeys.Withhold(Ours.ToString())!;

        Assert.All(Ours.Media[0].Cryptos(), crypto => Assert.DoesNotContain(crypto.KeyParameters[0], stored, StringComparison.Ordinal));
        Assert.Equal(Ours.Media[0].Cryptos().Select(crypto => crypto.Suite), RoomSdp.Read(stored)!.Media[0].Cryptos().Select(crypto => crypto.Suite));
        Assert.Equal(Ours.ToString().Split('\n').Length, stored.Split('\n').Length);
    }

    [Fact]
    public void Even_a_line_that_can_not_be_read_is_withheld()
    {
        var stored = StoredKeys.Withhold("v=0\r\na=crypto:secret inline:secret\r\na=crypto:1\r\nm=audio 1 RTP/SAVP 0\r\na=crypto:1 X y:z|secret UNKNOWN=secret\n");

        Assert.DoesNotContain("secret UNKNOWN", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("z|", stored, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_goes_on_with_it_has_other_keys()
    {
        var renewed = RoomSdp.Read(StoredKeys.Renew(StoredKeys.Withhold(Ours.ToString())))!;

        Assert.Equal(3, renewed.Media[0].Cryptos().Count(crypto => RoomSdp.Suites.Any(suite => suite.Fits(crypto))));
        Assert.Empty(renewed.Media[0].Cryptos().Select(crypto => crypto.KeyParameters[0]).Intersect(Ours.Media[0].Cryptos().Select(crypto => crypto.KeyParameters[0])));
    }

    [Fact]
    public void A_description_in_the_clear_is_stored_as_it_is()
    {
        Assert.Null(StoredKeys.Withhold(null));
        Assert.Equal("v=0\r\n", StoredKeys.Withhold("v=0\r\n"));
    }

    [Fact]
    public void The_keys_of_both_sides_are_told_to_who_carries_the_voice_and_not_printed()
    {
        var theirs = AudioOffer.Answer(Ours, RoomSdp.Capabilities(new MediaPlace("127.0.0.2", 20_000, null), 78, 1, protection: SdpProtection.Optional))!;
        var farEnd = RoomSdp.FarEnd(theirs, Ours, SdpProtection.Required)!;

        Assert.Equal("AEAD_AES_256_GCM", farEnd.Keys!.Suite);
        Assert.True(theirs.Media[0].Cryptos()[0].TryKey(out var key));
        Assert.Equal(Convert.ToBase64String(key), farEnd.Keys.Theirs);
        Assert.DoesNotContain(farEnd.Keys.Ours, farEnd.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(farEnd.Keys.Theirs, farEnd.ToString(), StringComparison.Ordinal);
    }
}
