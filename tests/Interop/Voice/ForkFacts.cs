using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Hub;
using Interop.Tests.Peers.Phones;
using Interop.Tests.Peers.Sound;

namespace Interop.Tests.Interop.Voice;

public sealed class ForkLab() : LabFixture("fork", LabProvisioning.Text(endpoints:
    """{ "id": "desk-1", "agency": "hpd", "name": "Desk 1", "user": "desk1", "password": "correct-horse", "md5": true }"""));

/// <summary>One user with two phones: both ring, and who answers first has the call (RFC 3261 section 16.7).</summary>
public sealed class ForkFacts(ForkLab lab) : IClassFixture<ForkLab>
{
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Both_phones_of_a_user_ring_the_first_that_answers_is_heard_and_the_other_stops_ringing()
    {
        var listener = await lab.Phone("listens", 400);
        var desk = await lab.Phone(Of("on-the-desk", 700));
        var belt = await lab.Phone(Of("on-the-belt", 1_000));
        await listener.Call(lab.Hub.Sip("4201"));

        await lab.Hpd.Do("/api/rooms/4201/legs", new { uri = "sip:desk1@hub" });
        await desk.Rings();
        await belt.Rings();
        Assert.Equal((0, 0), (desk.Calls, belt.Calls));
        await belt.Accept();

        await belt.Answered();
        await desk.Missed();
        await Until.Elapsed(Talk);
        var room = listener.Heard().Last(Talk * 0.6);
        Ear.Hears(room, 1_000, Talk * 0.5, "The room, of the phone that answered,");
        Ear.DoesNotHear(room, 700, 1_000, "The room, of the phone that did not");
        Ear.Hears(belt.Heard(), 400, Talk * 0.5, "The phone that answered");
        Assert.Equal((0, 1), (desk.Calls, belt.Calls));
        Assert.True(belt.InCall, "The call must stay with who answered.");
        Assert.Single((await lab.Hpd.Room("4201")).GetProperty("legs").EnumerateArray(), leg =>
            leg.GetProperty("party").GetRawText().Contains("desk1", StringComparison.Ordinal));
    }

    private PhonePlan Of(string name, double hertz) => new(
        name, LabFixture.Tone(hertz), Account: new Account(lab.Hub.SipAddress, "desk1", "correct-horse"), Answers: false);
}
