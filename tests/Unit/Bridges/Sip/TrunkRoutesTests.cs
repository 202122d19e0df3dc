using Interop.Bridges.Sip.Callers;
using Interop.Bridges.Sip.Trunks;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Xunit;

namespace Interop.Tests.Unit.Bridges.Sip;

/// <summary>The way of a telephone number (RFC 3966) out of the hub.</summary>
public sealed class TrunkRoutesTests
{
    private const string Number = "+18605550100";

    [Fact]
    public void A_number_goes_to_the_agencys_first_trunk_that_can_be_called_as_a_phones_user_part()
    {
        var routes = Routes(
            new TrunkEntry("a-feed", ["10.0.0.0/24"]),
            new TrunkEntry("b-bridge", [], Peer: "sip:bridge.example", Profile: TrunkProfile.Bridge),
            new TrunkEntry("d-other", [], Peer: "sip:other.example"),
            new TrunkEntry("c-carrier", [], Peer: "sip:carrier.example:5070;transport=tcp"));

        Assert.Equal("sip:+18605550100@carrier.example:5070;transport=tcp;user=phone", routes.FindCarrier(Number, SipScene.Hpd).First?.Target.ToString());
    }

    [Fact]
    public void A_number_goes_to_where_the_hub_registers_with_the_registrations_credentials_and_address()
    {
        var secrets = new Dictionary<string, string> { [DigestSecret.Sha256] = DigestSecret.Ha1(DigestSecret.Sha256, "hub", "pbx", "secret") };
        var routes = Routes(new TrunkEntry("pbx", [], Registration: new TrunkRegistration("sip:pbx.example", "hub", "pbx", secrets)));

        var route = routes.FindCarrier(Number, SipScene.Hpd).First!;

        Assert.Equal(("sip:+18605550100@pbx.example;user=phone", "sip:hub@pbx.example", "hub"), (route.Target.ToString(), route.From?.ToString(), route.Credentials?.User));
    }

    [Fact]
    public void Another_agencys_trunk_carries_nothing()
    {
        var routes = Routes(new TrunkEntry("pbx", [], Peer: "sip:pbx.example"));

        var plan = routes.FindCarrier(Number, new AgencyId("ctic"));

        Assert.Null(plan.First);
        Assert.NotNull(plan.Absent);
    }

    private static TrunkRoutes Routes(params DirectoryEntry[] entries) =>
        new(new CallerDirectory(new SipScene(null, entries)), new TrunkFlows());
}
