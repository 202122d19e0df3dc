using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Rooms;
using Xunit;
using static Interop.Tests.Unit.Hub.Rooms;

namespace Interop.Tests.Unit.Hub;

/// <summary>What a party chooses for itself, how urgent its leg is, and which phone stands for it.</summary>
public sealed class OwnModeTests
{
    private static readonly LegId Leg = new("leg-1");

    [Fact]
    public void The_plan_has_the_narrower_of_what_the_room_lets_a_leg_do_and_what_it_chose()
    {
        foreach (var rooms in Enum.GetValues<LegMode>())
            foreach (var own in Enum.GetValues<LegMode>())
            {
                var room = Busy().Evolve(new LegModeSet(Leg, rooms), new Occasion(Dispatcher, Now)).Evolve(new LegModeChosen(Leg, own), new Occasion(Phone(Hpd), Now));
                Assert.Equal((LegMode)Math.Max((int)rooms, (int)own), RoomPlanner.Plan(room, 1, 1).Legs[0].Mode);
                Assert.Equal((rooms, own), (room.Leg(Leg)!.Mode, room.Leg(Leg)!.Own));
            }
    }

    [Fact]
    public void Nobody_else_unmutes_who_muted_himself()
    {
        var room = Busy().Do(new ChooseLegMode(Leg, LegMode.Muted), Phone(Hpd)).Do(new SetLegMode(Leg, LegMode.Listen), Dispatcher).Do(new SetLegMode(Leg, LegMode.Talk), Dispatcher);
        Assert.Equal(LegMode.Muted, RoomPlanner.Effective(room, room.Leg(Leg)!));
        var unmuted = room.Do(new ChooseLegMode(Leg, LegMode.Talk), Phone(Hpd));
        Assert.Equal(LegMode.Talk, RoomPlanner.Effective(unmuted, unmuted.Leg(Leg)!));
    }

    [Fact]
    public void Restricting_oneself_acts_first_and_the_same_choice_again_changes_nothing()
    {
        Assert.True(RoomDecider.Restricts(new ChooseLegMode(Leg, LegMode.Muted)));
        Assert.True(RoomDecider.Restricts(new ChooseLegMode(Leg, LegMode.Listen)));
        Assert.False(RoomDecider.Restricts(new ChooseLegMode(Leg, LegMode.Talk)));
        Assert.Empty(Busy().Decide(new ChooseLegMode(Leg, LegMode.Talk), Phone(Hpd)).Events);
    }

    [Fact]
    public void A_trusted_callers_priority_is_its_legs_and_the_plan_says_the_rooms_too()
    {
        var urgent = Call(Hpd) with { Caller = Call(Hpd).Caller with { Priority = Priority.Emergency } };
        var room = new RoomState(Code).Do(Opening(), Dispatcher).Do(urgent, Phone(Hpd)).Do(Call(Hpd), Phone(Hpd));
        Assert.Equal([Priority.Emergency, Priority.Routine], room.Legs.Select(leg => leg.Priority));
        var plan = RoomPlanner.Plan(room, 1, 1);
        Assert.Equal([Priority.Emergency, Priority.Routine], plan.Legs.Select(leg => leg.Priority));
        Assert.Equal(("shooting", Priority.Urgent), (plan.Type, plan.Priority));
        room = room.Do(new LegWasLost(Leg, "408"), Interop.Hub.Contracts.Actor.Hub).Do(Call(Hpd), Phone(Hpd));
        Assert.Equal((LegStatus.Up, Priority.Routine), (room.Leg(Leg)!.Status, room.Leg(Leg)!.Priority));
    }

    [Fact]
    public void A_phone_takes_over_a_leg_of_its_agency_and_keeps_what_the_room_laid_on_it()
    {
        var room = Busy().Do(new SetLegMode(Leg, LegMode.Muted), Dispatcher).Do(Taking(Hpd, Leg), Phone(Hpd));
        var leg = room.Leg(Leg)!;
        Assert.Equal(("200", LegStatus.Up, LegMode.Muted), (leg.Party.Name, leg.Status, leg.Mode));
        Assert.Equal(Busy().Legs.Count, room.Legs.Count);
        Assert.Equal("leg-1", RoomLive.Created(Busy().Decide(Taking(Hpd, Leg), Phone(Hpd)).Events));
    }

    [Fact]
    public void A_leg_of_another_agency_a_channel_and_a_leg_that_is_gone_are_not_taken_over()
    {
        var room = Busy();
        Assert.Equal("leg.unknown", room.Decide(Taking(Ctic, Leg), Phone(Ctic)).Refused());
        Assert.Equal("leg.unknown", room.Decide(Taking(Ctic, new LegId("leg-3")), Phone(Ctic)).Refused());
        Assert.Equal("leg.unknown", room.Decide(Taking(Hpd, new LegId("leg-9")), Phone(Hpd)).Refused());
        var left = room.Do(new LegLeft(Leg, "BYE"), Interop.Hub.Contracts.Actor.Hub);
        Assert.Equal("leg.gone", left.Decide(Taking(Hpd, Leg), Phone(Hpd)).Refused());
        Assert.Equal("leg.unknown", left.Decide(Taking(Ctic, Leg), Phone(Ctic)).Refused());
    }

    [Fact]
    public void A_phone_that_refers_somebody_in_dials_for_its_agency()
    {
        var leg = Busy().Do(new DialOut("sip:chief@hpd.example", null, From: Leg), Phone(Hpd)).Legs[^1];
        Assert.Equal((Hpd, "referred"), (leg.Party.Agency, leg.Party.Proof));
    }

    private static AdmitCaller Taking(AgencyId agency, LegId leg) =>
        new(new Caller(new Party(agency, "200", "sip:200@10.0.0.2", "trunk:lab"), []), leg);
}
