using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Rooms;
using Xunit;
using static Interop.Tests.Unit.Hub.Rooms;

namespace Interop.Tests.Unit.Hub;

/// <summary>Asking a called party in: who was asked, and what it said.</summary>
public sealed class AskTests
{
    private static readonly LegId Leg = new("leg-1");
    private static readonly InviteId Invite = new("invite-1");

    [Fact]
    public void Inviting_an_agency_with_a_duty_desk_calls_it_and_asks_in_its_language()
    {
        var room = Open().Do(new InviteAgency(Ctic, "camera"), Dispatcher, around: Around());
        var leg = room.Legs.Single();
        Assert.Equal(new Party(Ctic, "Intelligence Center, duty desk", "sip:desk@ctic.example", "dialled"), leg.Party);
        Assert.Equal(new LegAsk(Hpd, "Hartford Police", "camera", "es", Invite), leg.Ask);
        Assert.Equal((LegStatus.Connecting, true), (leg.Status, leg.Dialled));
        Assert.Equal(leg.Ask, RoomPlanner.Plan(room, 1, 1).Legs.Single().Ask);
    }

    [Fact]
    public void An_agency_without_a_desk_is_not_called_and_one_that_is_called_elsewhere_is_called_there()
    {
        Assert.Empty(Open().Do(new InviteAgency(Dea, null), Dispatcher, around: Around()).Legs);
        var elsewhere = Open().Do(new InviteAgency(Ctic, null, "sip:mobile@ctic.example"), Dispatcher, around: Around(new DestinationEntry("ctic", "sip:*@ctic.example"))).Legs.Single();
        Assert.Equal(("sip:mobile@ctic.example", "Intelligence Center"), (elsewhere.Party.Address, elsewhere.Party.Name));
        Assert.Equal("call", Open().Decide(new InviteAgency(Dea, null, "no address"), Dispatcher).Refusal?.Field);
    }

    [Fact]
    public void Agencies_that_come_with_the_opening_are_called_too()
    {
        var room = new RoomState(Code).Do(Opening(Dea, Ctic), Dispatcher, around: Around());
        Assert.Equal((2, 1), (room.Invites.Count, room.Legs.Count));
        Assert.Equal(new InviteId("invite-2"), room.Legs.Single().Ask!.Invite);
    }

    [Theory]
    [InlineData(LegAnswer.Join, LegStatus.Up, LegMode.Talk, InviteStatus.Accepted)]
    [InlineData(LegAnswer.Listen, LegStatus.Up, LegMode.Listen, InviteStatus.Accepted)]
    [InlineData(LegAnswer.Decline, LegStatus.Gone, LegMode.Talk, InviteStatus.Declined)]
    [InlineData(LegAnswer.None, LegStatus.Gone, LegMode.Talk, InviteStatus.Pending)]
    public void What_the_desk_answers_decides_its_leg_and_its_invitation(LegAnswer answer, LegStatus status, LegMode own, InviteStatus invite)
    {
        var room = Asked();
        Assert.Equal(LegStatus.Asking, room.Leg(Leg)!.Status);
        room = room.Do(new AnswerAsk(Leg, answer), Actor.Hub);
        var leg = room.Leg(Leg)!;
        Assert.Equal((status, own, LegMode.Talk), (leg.Status, leg.Own, leg.Mode));
        Assert.Equal(invite, room.Invite(Invite)!.Status);
        Assert.Equal(status == LegStatus.Up, leg.Ask is null);
        // The same report again, late or after a restart, and any other.
        foreach (var again in Enum.GetValues<LegAnswer>())
            Assert.Empty(room.Decide(new AnswerAsk(Leg, again), Actor.Hub).Events);
    }

    [Fact]
    public void The_record_says_who_was_asked_and_what_they_said()
    {
        var called = Open().Decide(new InviteAgency(Ctic, null), Dispatcher, around: Around()).Events;
        Assert.Equal(["invite.sent", "leg.dialled"], called.Select(happened => RoomEvent.Names.Write(happened).Name));
        var declined = Asked().Decide(new AnswerAsk(Leg, LegAnswer.Decline), Actor.Hub).Events;
        Assert.Equal([new LegAnswered(Leg, LegAnswer.Decline), new InviteAnswered(Invite, false, "by phone")], declined);
    }

    [Fact]
    public void A_leg_that_answers_is_asked_once_and_comes_up_without_a_question_when_it_has_said_yes()
    {
        var room = Asked();
        Assert.Empty(room.Decide(new LegCameUp(Leg), Actor.Hub).Events);
        room = room.Do(new AnswerAsk(Leg, LegAnswer.Join), Actor.Hub).Do(new LegWasLost(Leg, "408"), Actor.Hub);
        Assert.Equal([new LegConnected(Leg)], room.Decide(new LegCameUp(Leg), Actor.Hub).Events);
    }

    [Fact]
    public void A_leg_that_is_lost_while_it_is_asked_is_asked_again_and_an_old_silence_does_not_end_it()
    {
        var room = Asked().Evolve(new RoomResumed([Leg]), new Occasion(Actor.Hub, Now));
        Assert.Equal((LegStatus.Lost, true), (room.Leg(Leg)!.Status, room.Leg(Leg)!.Ask is not null));
        Assert.Empty(room.Decide(new AnswerAsk(Leg, LegAnswer.None), Actor.Hub).Events);
        Assert.Equal([new LegAsked(Leg)], room.Decide(new LegCameUp(Leg), Actor.Hub).Events);
    }

    [Fact]
    public void A_yes_that_comes_while_the_call_breaks_holds_and_the_leg_comes_back_without_a_question()
    {
        var room = Asked().Do(new LegWasLost(Leg, "408"), Actor.Hub).Do(new AnswerAsk(Leg, LegAnswer.Join), Actor.Hub);
        Assert.Equal((LegStatus.Lost, InviteStatus.Accepted), (room.Leg(Leg)!.Status, room.Invite(Invite)!.Status));
        Assert.Equal([new LegConnected(Leg)], room.Decide(new LegCameUp(Leg), Actor.Hub).Events);
    }

    [Fact]
    public void A_party_that_hangs_up_on_the_question_leaves_and_its_invitation_waits_on()
    {
        var room = Asked().Do(new LegLeft(Leg, "hung up"), Actor.Hub);
        Assert.Equal((LegStatus.Gone, InviteStatus.Pending), (room.Leg(Leg)!.Status, room.Invite(Invite)!.Status));
    }

    [Fact]
    public void Withdrawing_the_invitation_or_declining_it_in_the_console_ends_the_call()
    {
        Assert.Equal(LegStatus.Gone, Asked().Do(new WithdrawInvite(Invite), Dispatcher).Leg(Leg)!.Status);
        Assert.Equal(LegStatus.Gone, Asked().Do(new AnswerInvite(Invite, false, "busy"), Partner).Leg(Leg)!.Status);
    }

    [Fact]
    public void A_desk_that_is_asked_is_asked_on_when_the_console_accepts_and_its_no_is_then_no_no_of_the_agency()
    {
        var room = Asked().Do(new AnswerInvite(Invite, true, null), Partner);
        Assert.Equal(LegStatus.Asking, room.Leg(Leg)!.Status);
        room = room.Do(new AnswerAsk(Leg, LegAnswer.Decline), Actor.Hub);
        Assert.Equal((LegStatus.Gone, InviteStatus.Accepted), (room.Leg(Leg)!.Status, room.Invite(Invite)!.Status));
    }

    [Fact]
    public void A_desk_that_declines_takes_along_what_else_was_called_for_its_agency()
    {
        var room = Asked();
        var second = new LegDialled(new LegId("leg-2"), room.Leg(Leg)!.Party, room.Leg(Leg)!.Ask);
        room = room.Evolve(second, new Occasion(Dispatcher, Now)).Do(new AnswerAsk(Leg, LegAnswer.Decline), Actor.Hub);
        Assert.Equal(["declined", "the agency declined"], room.Legs.Select(leg => leg.Cause));
    }

    [Fact]
    public void A_desk_that_was_lost_and_calls_in_by_itself_has_said_yes()
    {
        var room = Asked().Do(new LegWasLost(Leg, "408"), Actor.Hub);
        room = room.Do(new AdmitCaller(new Caller(room.Leg(Leg)!.Party with { Proof = "trunk:ctic" }, [])), Phone(Ctic));
        Assert.Equal((LegStatus.Up, true), (room.Leg(Leg)!.Status, room.Leg(Leg)!.Ask is null));
        Assert.Equal(InviteStatus.Accepted, room.Invite(Invite)!.Status);
    }

    [Fact]
    public void A_party_is_asked_in_on_the_wish_of_whoever_dials()
    {
        var room = Open().Do(new DialOut("sip:chief@hpd.example", "Chief", Ask: true, "your decision", "es"), Dispatcher, around: Around());
        Assert.Equal(new LegAsk(Hpd, "Hartford Police", "your decision", "es", null), room.Leg(Leg)!.Ask);
        Assert.Null(Open().Do(new DialOut("sip:chief@hpd.example", "Chief"), Dispatcher).Leg(Leg)!.Ask);
    }

    [Theory]
    [InlineData(false, "why", null, "ask")]
    [InlineData(false, null, "es", "ask")]
    [InlineData(true, "a\0b", null, "purpose")]
    [InlineData(true, null, "../es", "language")]
    [InlineData(true, null, "Spanish", "language")]
    [InlineData(true, null, "es-", "language")]
    [InlineData(true, null, "es-MX", null)]
    public void What_is_asked_is_a_purpose_in_a_language_and_only_of_whom_is_asked(bool ask, string? purpose, string? language, string? field) =>
        Assert.Equal(field, Open().Decide(new DialOut("sip:a@b", null, ask, purpose, language), Dispatcher).Refusal?.Field);

    private static RoomState Open() => new RoomState(Code).Do(Opening(), Dispatcher);

    /// <summary>A room whose invited agency's duty desk has answered the phone.</summary>
    private static RoomState Asked() =>
        Open().Do(new InviteAgency(Ctic, null), Dispatcher, around: Around()).Do(new LegCameUp(Leg), Actor.Hub);
}
