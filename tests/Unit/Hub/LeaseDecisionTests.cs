using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Rooms;
using Xunit;
using static Interop.Tests.Unit.Hub.Rooms;

namespace Interop.Tests.Unit.Hub;

public sealed class LeaseDecisionTests
{
    private static readonly Actor Successor = Person(Ctic, Role.Commander) with { Name = "Pat" };

    [Fact]
    public void Whoever_opens_a_room_holds_it_for_as_long_as_is_said_and_prolongs_it()
    {
        var room = new RoomState(Code).Do(Opening() with { Until = Now.AddHours(4) }, Dispatcher);
        Assert.Equal((new Holder(Hpd, "Dana"), Now.AddHours(4), 30), (room.Lease.Holder, room.Lease.Until, room.Lease.UnattendedMinutes));
        Assert.Equal("until", new RoomState(Code).Decide(Opening() with { Until = Now }, Dispatcher).Refusal?.Field);
        var longer = room.Do(new SetLease(Now.AddHours(8), 10, new Holder(Hpd, "Chief")), Dispatcher);
        Assert.Equal((Now.AddHours(8), 10, "Chief"), (longer.Lease.Until, longer.Lease.UnattendedMinutes, longer.Lease.Next!.Name));
        Assert.Empty(longer.Decide(new SetLease(Now.AddHours(8), null, new Holder(Hpd, "Chief")), Dispatcher).Events);
        Assert.Equal("until", room.Decide(new SetLease(Now), Dispatcher).Refusal?.Field);
        Assert.Equal("unattendedMinutes", room.Decide(new SetLease(null, 0), Dispatcher).Refusal?.Field);
        Assert.Equal("next", room.Decide(new SetLease(null, 10, new Holder(Lab, "x")), Dispatcher).Refusal?.Field);
    }

    [Fact]
    public void A_live_room_that_nobody_attends_to_warns_its_holder_then_the_next_in_command_and_closes_nothing()
    {
        var room = Busy().Do(new SetLease(null, 20, new Holder(Ctic, "Pat")), Dispatcher);
        Assert.Empty(Watch(room, 19).Events);
        // Whoever is seen or heard meanwhile, by what no record has, puts it off.
        Assert.Empty(Watch(room, 30, attended: Now.AddMinutes(15)).Events);
        Assert.Empty(room.Decide(new WatchLease(null, Now.AddMinutes(31)), Actor.Hub, Now.AddMinutes(30)).Events);
        room = Warned(room, 20, new Holder(Hpd, "Dana"), escalated: null);
        Assert.Empty(Watch(room, 24).Events);
        room = Warned(room, 25, new Holder(Ctic, "Pat"), escalated: true);
        Assert.Empty(Watch(room, 600).Events);
        Assert.Equal((RoomPhase.Open, Busy().Legs.Count), (room.Phase!.Value, RoomPlanner.Plan(room, 1, 1).Legs.Count));

        Assert.IsType<LeaseWarningEnded>(Assert.Single(Watch(room, 700, attended: Now.AddMinutes(699)).Events));
        var noted = room.Do(new TakeNote(LeaseWarningKind.Unattended), Dispatcher, Now.AddMinutes(700));
        Assert.Empty(noted.Lease.Warnings);
        Assert.Empty(Watch(noted, 719).Events);
        Assert.IsType<LeaseWarned>(Assert.Single(Watch(noted, 720).Events));
        Assert.Empty(noted.Decide(new TakeNote(LeaseWarningKind.Unattended), Dispatcher).Events);
    }

    [Fact]
    public void A_room_without_connections_warns_nobody_and_one_that_loses_them_ends_its_warning()
    {
        var quiet = new RoomState(Code).Do(Opening(), Dispatcher);
        Assert.Empty(Watch(quiet, 10_000).Events);
        Assert.False(Leases.Watches(quiet));
        var room = Warned(quiet.Do(Call(Hpd), Phone(Hpd)), 30, new Holder(Hpd, "Dana"), null);
        room = room.Do(new LegLeft(new LegId("leg-1"), "BYE"), Actor.Hub, Now.AddMinutes(31));
        Assert.IsType<LeaseWarningEnded>(Assert.Single(Watch(room, 32).Events));
    }

    [Fact]
    public void A_room_that_lasts_longer_than_expected_says_so_until_it_is_prolonged_and_goes_no_further_once_somebody_took_note()
    {
        var room = new RoomState(Code).Do(Opening() with { Until = Now.AddHours(1) }, Dispatcher);
        Assert.Empty(Watch(room, 59).Events);
        room = Warned(room, 60, new Holder(Hpd, "Dana"), null, LeaseWarningKind.Overdue);
        var next = Assert.IsType<LeaseWarned>(Assert.Single(Watch(room, 65).Events));
        Assert.Equal((new Holder(Hpd, ""), true), (next.To, next.Escalated));
        room = room.Do(new TakeNote(LeaseWarningKind.Overdue), Dispatcher, Now.AddMinutes(62));
        Assert.Equal("Dana", Assert.Single(room.Lease.Warnings).SeenBy);
        Assert.Empty(Watch(room, 65).Events);
        Assert.Empty(room.Do(new SetLease(Now.AddHours(9)), Dispatcher, Now.AddMinutes(70)).Lease.Warnings);
    }

    [Fact]
    public void Command_passes_when_the_successor_accepts_and_not_before()
    {
        var offered = Busy().Do(new OfferCommand(Ctic, "Pat", "Two suspects, one hostage."), Dispatcher);
        Assert.Equal(new Holder(Hpd, "Dana"), offered.Lease.Holder);
        Assert.Equal("command.offered", offered.Decide(new OfferCommand(Ctic, null, "again"), Dispatcher).Refused());
        var answer = new AnswerCommand("handover-1", true, null);
        foreach (var other in new[] { Person(Ctic, Role.Commander), Successor with { Role = Role.Member }, Successor with { Agency = Dea }, Successor with { Kind = ActorKind.Token }, Dispatcher })
            Assert.Equal("room.not-allowed", offered.Decide(answer, other).Refused());
        Assert.Equal("room.not-allowed", offered.Decide(new CloseRoom(null), Successor).Refused());

        var passed = offered.Do(answer, Successor);
        Assert.Equal((new Holder(Ctic, "Pat"), null), (passed.Lease.Holder, passed.Lease.Handover));
        // Twice, late, or crossed by a withdrawal: it was decided once.
        Assert.Equal("command.over", passed.Decide(answer, Successor).Refused());
        Assert.Empty(passed.Decide(new WithdrawCommand("handover-1"), Dispatcher).Events);
        Assert.Null(passed.Decide(new CloseRoom(null), Successor).Refused());
        Assert.Null(passed.Decide(new InviteAgency(Lab, null), Successor).Refused());
        Assert.Equal("room.not-allowed", passed.Decide(new InviteAgency(Lab, null, "sip:a@b"), Successor).Refused());
        Assert.Equal("room.not-allowed", passed.Decide(new HoldRecordings("x"), Successor).Refused());
        Assert.Null(passed.Decide(new CloseRoom(null), Dispatcher).Refused());
    }

    [Fact]
    public void An_offer_ends_by_a_no_by_being_taken_back_and_with_the_agencys_leaving_and_a_holder_that_leaves_gives_command_back()
    {
        var offered = Busy().Do(new OfferCommand(Ctic, null, "brief"), Dispatcher);
        Assert.Null(offered.Do(new AnswerCommand("handover-1", false, "busy"), Successor).Lease.Handover);
        var withdrawn = offered.Do(new WithdrawCommand("handover-1"), Dispatcher);
        Assert.Equal("command.over", withdrawn.Decide(new AnswerCommand("handover-1", true, null), Successor).Refused());
        Assert.Equal("handover-2", withdrawn.Do(new OfferCommand(Ctic, null, "brief"), Dispatcher).Lease.Handover!.Id);
        var gone = offered.Do(new WithdrawInvite(new InviteId("invite-1")), Dispatcher);
        Assert.Null(gone.Lease.Handover);

        var passed = offered.Do(new AnswerCommand("handover-1", true, null), Successor);
        var left = passed.Do(new AnswerInvite(new InviteId("invite-1"), false, null), Successor);
        Assert.Equal(new Holder(Hpd, "Dana"), left.Lease.Holder);
        Assert.Contains(RoomLive.Changes(new InviteAnswered(new InviteId("invite-1"), false, null), left), change => change is HeaderChanged);
        Assert.Equal("agency", Busy().Decide(new OfferCommand(Dea, null, "brief"), Dispatcher).Refusal?.Field);
        Assert.Equal("brief", Busy().Decide(new OfferCommand(Ctic, null, " "), Dispatcher).Refusal?.Field);
    }

    private static Decision Watch(RoomState room, int minutes, DateTimeOffset? attended = null) =>
        room.Decide(new WatchLease(attended, Now), Actor.Hub, Now.AddMinutes(minutes));

    private static RoomState Warned(RoomState room, int minutes, Holder to, bool? escalated, LeaseWarningKind kind = LeaseWarningKind.Unattended)
    {
        Assert.Equal(new LeaseWarned(kind, to, escalated), Assert.Single(Watch(room, minutes).Events));
        return room.Do(new WatchLease(null, Now), Actor.Hub, Now.AddMinutes(minutes));
    }
}
