using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Hub;
using Interop.Tests.Peers.Phones;
using Interop.Tests.Peers.Sound;

namespace Interop.Tests.Interop.Security;

public sealed class RequiredLab() : LabFixture("required", LabProvisioning.Text(
    endpoints: """{ "id": "desk-1", "agency": "hpd", "name": "Desk 1", "user": "desk1", "password": "correct-horse", "md5": true, "mediaSecurity": "required" }""",
    trunks: """
        { "id": "vault", "agency": "hpd", "from": ["127.0.0.2/32"], "mediaSecurity": "required" },
        { "id": "plain", "agency": "hpd", "from": ["127.0.0.1/32"] }
        """));

/// <summary>A phone and a trunk whose voice has to be protected: they are refused without, told why, and come in with it.</summary>
public sealed class RequiredFacts(RequiredLab lab) : IClassFixture<RequiredLab>
{
    [Fact]
    public async Task A_phone_of_which_it_is_required_is_called_with_it_alone_and_over_tls_alone()
    {
        Account At(string transport) => new(lab.Hub.SipAddressFor(transport), "desk1", "correct-horse");
        var listener = await lab.Phone("listens", 400);
        await listener.Call(lab.Hub.Sip("4201"));
        await using (var readable = await lab.Phone(new PhonePlan("desk1-udp", LabFixture.Tone(700), "pcmu", "udp", At("udp")) { Secures = "srtp-mand" }))
        {
            await lab.Hpd.Do("/api/rooms/4201/legs", new { uri = lab.Hub.Sip("desk1") });
            var leg = await lab.Hpd.LegOf("4201", "desk1", "gone");
            Assert.Equal("its voice must be protected, and it is not reached over TLS", leg.GetProperty("cause").GetString());
            Assert.DoesNotContain(readable.Events, happened => happened.Type == "CALL_INCOMING");
        }

        await using var secured = await lab.Phone(new PhonePlan("desk1-tls", LabFixture.Tone(700), "pcmu", "tls", At("tls")) { Secures = "srtp-mand" });
        await lab.Hpd.Do("/api/rooms/4201/legs", new { uri = lab.Hub.Sip("desk1") });
        await secured.Answered();
        await Until.True("the phone to be heard", () => listener.Heard().Measure(700).Present > TimeSpan.FromSeconds(1));

        await lab.Hpd.Leg("4201", "the phone to be protected", leg => leg.GetProperty("status").GetString() == "up" && leg.GetProperty("security").GetString() is not null);
        await secured.HangUp();
        Ear.Hears(secured.Heard().Last(TimeSpan.FromSeconds(1)), 400, TimeSpan.FromSeconds(0.8), "The phone");
    }

    [Fact]
    public async Task A_trunk_of_which_it_is_required_is_told_why_it_is_refused()
    {
        using var peer = new SipDatagram(lab.Hub.SipPort, "127.0.0.2");

        var refusal = await peer.Ask(Requests.Invite("4201", peer.Address), Until.Soon);

        Assert.StartsWith("SIP/2.0 488 ", refusal, StringComparison.Ordinal);
        Assert.Contains("Warning: 399 hub \"The voice of this caller must be protected, and its keys too: call over TLS\"", refusal, StringComparison.Ordinal);
    }
}
