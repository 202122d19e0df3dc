using Interop.Bridges.Sip.Referrals;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Hub.Contracts.Ids;
using Xunit;

namespace Interop.Tests.Unit.Bridges.Sip.Referrals;

public sealed class ReferralTargetTests
{
    [Fact]
    public void An_address_elsewhere_is_a_party_to_call_by_its_name() =>
        Assert.Equal(new ReferralTarget.Party("sip:medic2@partner.example", "Medic 2"), Read("\"Medic 2\" <sip:medic2@partner.example;method=INVITE>"));

    [Fact]
    public void A_phone_of_ours_is_a_party_too() =>
        Assert.Equal(new ReferralTarget.Party("sip:desk-1@hub", null), Read("<sip:desk-1@hub>"));

    [Fact]
    public void A_dialog_to_replace_is_kept_and_no_other_field_of_the_address() =>
        Assert.Equal(
            new ReferralTarget.Party("sip:medic2@partner.example?Replaces=a%40b%3Bto-tag%3D1%3Bfrom-tag%3D2", null),
            Read("<sip:medic2@partner.example?Replaces=a%40b%3Bto-tag%3D1%3Bfrom-tag%3D2&From=sip%3Aboss%40hub>"));

    [Fact]
    public void A_room_of_ours_is_a_place_to_move_to() =>
        Assert.Equal(new ReferralTarget.Room(new RoomCode("4202")), Read("<sip:4202@hub>"));

    [Fact]
    public void A_number_elsewhere_is_no_room_of_ours() =>
        Assert.Equal(new ReferralTarget.Party("sip:4202@partner.example", null), Read("<sip:4202@partner.example>"));

    [Fact]
    public void A_leg_of_ours_is_hung_up_by_its_name() =>
        Assert.Equal(new ReferralTarget.HangUp(new LegId("leg-3")), Read("<sip:leg-3@hub;method=BYE>"));

    [Theory]
    [InlineData("<sip:medic2@partner.example;method=BYE>", 403)]
    [InlineData("<sip:medic2@partner.example;method=SUBSCRIBE>", 405)]
    [InlineData("<sip:medic2@partner.example;method=MESSAGE>", 405)]
    [InlineData("<http://partner.example/>", 416)]
    [InlineData("<sip:4202@hub?Replaces=a%3Bto-tag%3D1%3Bfrom-tag%3D2>", 403)]
    public void Anything_else_is_refused(string referTo, int status) =>
        Assert.Equal(status, Assert.IsType<ReferralTarget.Refused>(Read(referTo)).Reply.Status);

    private static ReferralTarget Read(string referTo)
    {
        Assert.True(NameAddr.TryParse(referTo, out var to));
        return ReferralTarget.Of(to, Replaces.Of(to.Uri), uri => uri.Host == "hub");
    }
}
