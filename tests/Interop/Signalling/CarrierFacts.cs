using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Hub;
using Interop.Tests.Peers.Phones;

namespace Interop.Tests.Interop.Signalling;

/// <summary>A hub whose owning agency has a carrier, which was there before it.</summary>
public sealed class CarrierLab() : LabFixture("carrier")
{
    private Sipp? _carrier;

    public Sipp Carrier => _carrier!;

    protected override async Task<string> Provisioning()
    {
        var takes = SippScript.Called().TakeCall().Answer(180).Answer(200, SippScript.Sdp()).Take("ACK").Take("BYE").AnswerInCall();
        _carrier = await Scripted("carrier", takes, new SippPlan("none"), through: "127.0.0.1:9");
        return LabProvisioning.Text(
            trunks: $$"""{ "id": "carrier", "agency": "hpd", "from": ["127.9.9.9/32"], "peer": "sip:127.0.0.1:{{_carrier.Port}}" }""",
            destinations: "tel:+1860*");
    }
}

/// <summary>Telephone numbers (RFC 3966) that go out by the agency's trunk.</summary>
public sealed class CarrierFacts(CarrierLab lab) : IClassFixture<CarrierLab>
{
    [Fact]
    public async Task A_tel_number_is_called_at_the_carrier_as_a_phones_user_part()
    {
        var leg = await lab.Hpd.Do("/api/rooms/4201/legs", new { uri = "tel:+1-860-555-0100", name = "Dialled" });
        await lab.Hpd.LegOf("4201", "tel:+1-860-555-0100", "up");
        await lab.Hpd.Delete($"/api/rooms/4201/legs/{leg.GetProperty("id").GetString()}");

        await lab.Carrier.Succeeded(Until.Soon);
        Assert.Contains(lab.Carrier.Received, message => message.StartsWith($"INVITE sip:+18605550100@127.0.0.1:{lab.Carrier.Port};user=phone SIP/2.0", StringComparison.Ordinal));
    }
}
