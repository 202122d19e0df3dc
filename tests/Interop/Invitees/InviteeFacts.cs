using Interop.Tests.Peers;
using Interop.Tests.Peers.Phones;
using Interop.Tests.Peers.Sound;

namespace Interop.Tests.Interop.Invitees;

/// <summary>Whoever is asked in by phone hears who asks and nothing of the room, and is heard by nobody, until a second key says yes.</summary>
public sealed class InviteeFacts(InviteeLab lab) : IClassFixture<InviteeLab>
{
    private static readonly TimeSpan Run = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Judged = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_duty_desk_joins_by_its_second_key_and_only_then_do_it_and_the_room_hear_each_other()
    {
        var (room, talker) = await lab.TalkedIn("joins");

        await lab.Invite(room);
        await IsAsked(room, lab.Desk, talker);
        await lab.Desk.Press('1');
        await IsStillAsked(room, lab.Desk, talker);
        Assert.Equal("pending", (await lab.Invitation(room)).GetProperty("status").GetString());
        await lab.Desk.Press('1');
        await lab.Hpd.LegOf(room, lab.Desk.Uri, "up");

        await lab.Invitation(room, "accepted");
        await InviteeLab.HearsTone(lab.Desk, InviteeLab.RoomTone);
        await InviteeLab.HearsTone(talker, InviteeLab.AskedTone);
        await lab.Desk.HangUp();
    }

    [Fact]
    public async Task Who_answers_with_two_hears_the_room_and_is_not_heard()
    {
        var (room, talker) = await lab.TalkedIn("listens");
        var asked = await lab.Asked("listens");

        await lab.Invite(room, asked.Uri);
        await IsAsked(room, asked, talker);
        await asked.Press('5');
        await IsStillAsked(room, asked, talker);
        await asked.Press('2');
        var leg = await lab.Hpd.LegOf(room, asked.Uri, "up");

        Assert.Equal("listen", leg.GetProperty("own").GetString());
        await lab.Invitation(room, "accepted");
        await InviteeLab.HearsTone(asked, InviteeLab.RoomTone);
        await Until.Elapsed(Run);
        Ear.HearsNone(talker.Heard(), InviteeLab.AskedTone, "The room, with a listener in it,");
        Ear.Hears(asked.Heard().Last(Judged), InviteeLab.RoomTone, Judged * 0.9, "The listener");
    }

    [Fact]
    public async Task Who_answers_with_three_declines_and_is_let_go()
    {
        var (room, talker) = await lab.TalkedIn("declines");
        var asked = await lab.Asked("declines");

        await lab.Invite(room, asked.Uri);
        await IsAsked(room, asked, talker);
        await asked.Press('5');
        await IsStillAsked(room, asked, talker);
        await asked.Press('3');
        await asked.Closed();
        await lab.Hpd.LegOf(room, asked.Uri, "gone");

        await lab.Invitation(room, "declined");
        NothingWasHeard(asked, talker);
    }

    [Fact]
    public async Task Who_presses_nothing_is_let_go_after_twenty_seconds_and_not_rung_again_while_the_invitation_waits()
    {
        var (room, talker) = await lab.TalkedIn("silent");
        var asked = await lab.Asked("silent");

        await lab.Invite(room, asked.Uri);
        await IsAsked(room, asked, talker);
        await asked.Closed(TimeSpan.FromSeconds(40));
        var leg = await lab.Hpd.LegOf(room, asked.Uri, "gone");
        await Until.Elapsed(2 * Run);

        Assert.InRange(asked.Heard().Length, TimeSpan.FromSeconds(18), TimeSpan.FromSeconds(30));
        Assert.Equal("no answer", leg.GetProperty("cause").GetString());
        Assert.Equal("pending", (await lab.Invitation(room)).GetProperty("status").GetString());
        Assert.Equal(1, asked.Calls);
        NothingWasHeard(asked, talker);
    }

    [Fact]
    public async Task Whoever_a_dispatcher_calls_with_a_question_comes_in_by_the_second_key()
    {
        var (room, talker) = await lab.TalkedIn("called");
        var asked = await lab.Asked("called");

        await lab.Hpd.Do($"/api/rooms/{room}/legs", new { uri = asked.Uri, name = "Chief", ask = true, purpose = "Your consent is needed" });
        await IsAsked(room, asked, talker);
        await asked.Press('5');
        await IsStillAsked(room, asked, talker);
        await asked.Press('1');
        await lab.Hpd.LegOf(room, asked.Uri, "up");

        await InviteeLab.HearsTone(asked, InviteeLab.RoomTone);
        await InviteeLab.HearsTone(talker, InviteeLab.AskedTone);
    }

    /// <summary>It was rung, and is told who calls.</summary>
    private async Task IsAsked(string room, Baresip asked, Baresip talker)
    {
        await asked.Answered();
        await IsStillAsked(room, asked, talker);
    }

    /// <summary>It hears a voice, and neither hears the room nor is heard there.</summary>
    private async Task IsStillAsked(string room, Baresip asked, Baresip talker)
    {
        await InviteeLab.HearsSound(asked, Run);
        await lab.Hpd.LegOf(room, asked.Uri, "asking");
        NothingWasHeard(asked, talker);
    }

    private static void NothingWasHeard(Baresip asked, Baresip talker)
    {
        Ear.HearsNone(asked.Heard(), InviteeLab.RoomTone, "Whoever has not joined");
        Assert.True(
            talker.Heard().Sounding == TimeSpan.Zero,
            $"The room should hear neither whoever is asked nor what it is told, and heard something for {talker.Heard().Sounding.TotalSeconds:0.##} s.");
    }
}
