using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Rooms;
using Xunit;
using static Interop.Tests.Unit.Hub.Rooms;

namespace Interop.Tests.Unit.Hub;

/// <summary>Another system's room in a room: one way to it, whoever calls whom.</summary>
public sealed class FociTests
{
    private const string Low = "sip:1000@b", Own = "sip:4201@b", High = "sip:9000@b";
    private static readonly LegId First = new("leg-1"), Second = new("leg-2");

    [Theory]
    [InlineData("sip:9000@b")]
    [InlineData("SIP:9000@B:5060;transport=tcp")]
    public void A_room_that_has_called_in_is_not_called_as_well(string address)
    {
        var room = Opened().Do(Calls(High), Phone(Hpd));

        var decision = room.Decide(new DialOut(address, null), Dispatcher);

        Assert.Equal(("leg.focus-twice", RefusalKind.Loop), (decision.Refused(), decision.Refusal?.Kind));
        Assert.Contains("leg-1", decision.Refusal!.Text, StringComparison.Ordinal);
        Assert.Equal("leg.focus-twice", room.Decide(new DialOut(address, null, From: First), Phone(Hpd)).Refused());
    }

    [Fact]
    public void A_room_that_was_called_is_not_let_in_as_well_and_may_call_again_when_its_leg_is_gone()
    {
        var room = Called(High).Do(new LegCameUp(First), Actor.Hub);

        Assert.Equal("leg.focus-twice", room.Decide(Calls(High), Phone(Hpd)).Refused());
        Assert.Null(room.Decide(Calls("sip:9001@b"), Phone(Hpd)).Refused());
        Assert.Null(room.Decide(Calls(null, "sip:9000@b"), Phone(Hpd)).Refused());
        Assert.Equal(Second, room.Do(new DropLeg(First), Dispatcher).Do(Calls(High), Phone(Hpd)).Legs[^1].Id);
    }

    [Fact]
    public void A_caller_that_is_not_admitted_learns_nothing_of_who_is_in_the_room()
    {
        var room = Opened().Do(Calls(High), Phone(Hpd));

        Assert.Equal("room.not-admitted", room.Decide(Calls(High, agency: Lab), Phone(Lab)).Refused());
    }

    [Fact]
    public void A_room_does_not_join_itself()
    {
        Assert.Equal("leg.focus-own", Opened().Decide(Calls(Own), Phone(Hpd)).Refused());
        Assert.Equal("leg.focus-own", Called("sip:front@b").Decide(new MeetFocus(First, Own, Own), Actor.Hub).Refused());
    }

    [Fact]
    public void Of_two_calls_that_cross_the_one_of_the_lower_address_stands_on_both_sides()
    {
        var gives = Called(Low).Do(Calls(Low), Phone(Hpd));

        Assert.Equal((First, LegStatus.Up, Low), (gives.Legs.Single().Id, gives.Legs.Single().Status, gives.Legs.Single().Party.Focus));
        Assert.Equal("leg.focus-twice", Called(High).Decide(Calls(High), Phone(Hpd)).Refused());
    }

    [Fact]
    public void Of_two_crossed_calls_that_were_answered_by_other_names_the_same_one_stands_on_both_sides()
    {
        var keeps = Called("sip:front@b").Do(Calls(High), Phone(Hpd)).Do(new MeetFocus(First, High, Own), Actor.Hub);
        var gives = Called("sip:front@b").Do(Calls(Low), Phone(Hpd)).Decide(new MeetFocus(First, Low, Own), Actor.Hub);

        Assert.Equal([(First, LegStatus.Connecting), (Second, LegStatus.Gone)], keeps.Legs.Select(leg => (leg.Id, leg.Status)));
        Assert.Equal("leg.focus-twice", gives.Refused());
    }

    [Fact]
    public void A_call_that_is_answered_by_a_room_that_was_there_before_is_given_up()
    {
        var room = Opened().Do(Calls(High), Phone(Hpd)).Do(new DialOut("sip:front@b", null), Dispatcher, at: Now.AddMinutes(1));

        Assert.Equal("leg.focus-twice", room.Decide(new MeetFocus(Second, High, Own), Actor.Hub).Refused());
        Assert.Null(room.Legs[0].Cause);
    }

    [Fact]
    public void A_leg_that_was_lost_is_taken_up_by_the_other_rooms_own_call_and_stays_muted()
    {
        var room = Called(High).Do(new MeetFocus(First, High, Own), Actor.Hub).Do(new LegCameUp(First), Actor.Hub)
            .Do(new SetLegMode(First, LegMode.Muted), Dispatcher).Do(new LegWasLost(First, "408"), Actor.Hub);

        var back = room.Do(Calls(High), Phone(Hpd)).Legs.Single();

        Assert.Equal((First, LegStatus.Up, LegMode.Muted), (back.Id, back.Status, back.Mode));
    }

    [Fact]
    public void A_call_in_the_place_of_the_rooms_own_leg_is_no_second_way()
    {
        var room = Opened().Do(Calls(High), Phone(Hpd));

        var replaced = room.Do(Calls(High) with { Replaces = First }, Phone(Hpd));

        Assert.Equal(First, replaced.Legs.Single().Id);
    }

    [Fact]
    public void What_is_met_twice_is_written_once()
    {
        var met = Called("sip:front@b").Do(new MeetFocus(First, High, Own), Actor.Hub);

        Assert.Equal(High, met.Legs.Single().Party.Focus);
        Assert.Empty(met.Decide(new MeetFocus(First, High, Own), Actor.Hub).Events);
    }

    [Fact]
    public void A_loop_is_shown_at_its_leg_until_it_is_over_or_the_hub_starts_anew()
    {
        var room = Opened().Do(Calls(High), Phone(Hpd)).Do(new LegLoops(First, true), Actor.Hub);

        Assert.True(room.Legs.Single().Loops);
        Assert.Empty(room.Decide(new LegLoops(First, true), Actor.Hub).Events);
        Assert.False(room.Do(new LegLoops(First, false), Actor.Hub).Legs.Single().Loops);
        Assert.False(room.Evolve(new RoomResumed([First]), new Occasion(Actor.Hub, Now)).Legs.Single().Loops);
    }

    private static RoomState Opened() => new RoomState(Code).Do(Opening(), Dispatcher);

    private static RoomState Called(string address) => Opened().Do(new DialOut(address, null), Dispatcher);

    private static AdmitCaller Calls(string? focus, string address = "sip:somebody@b", AgencyId? agency = null) =>
        new(new Caller(new Party(agency ?? Hpd, "Room", address, "trunk:lab", focus), []), Own: Own);
}
