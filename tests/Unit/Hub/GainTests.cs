using Interop.Bridges.Media.Mixing;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain;
using Interop.Hub.Domain.Rooms;
using Xunit;
using static Interop.Tests.Unit.Hub.Rooms;

namespace Interop.Tests.Unit.Hub;

/// <summary>How loud a leg is heard is the room's, as its mode is.</summary>
public sealed class GainTests
{
    private static readonly LegId Leg = new("leg-1");

    [Fact]
    public void A_gain_stands_in_the_plan_and_outlives_a_loss_and_another_call_of_the_party()
    {
        var room = Busy().Do(new SetLegGain(Leg, -6), Dispatcher).Do(new LegWasLost(Leg, "408"), Actor.Hub).Do(Call(Hpd), Phone(Hpd));
        Assert.Equal(-6, room.Leg(Leg)!.Gain);
        Assert.Equal(-6, RoomPlanner.Plan(room, 1, 1).Legs.Single(leg => leg.Id == Leg).Gain);
        Assert.All(RoomPlanner.Plan(room, 1, 1).Legs.Where(leg => leg.Id != Leg), leg => Assert.Equal(0, leg.Gain));
    }

    [Fact]
    public void The_same_gain_again_is_no_event()
    {
        Assert.Empty(Busy().Decide(new SetLegGain(Leg, 0), Dispatcher).Events);
        Assert.Empty(Busy().Do(new SetLegGain(Leg, 3), Dispatcher).Decide(new SetLegGain(Leg, 3), Dispatcher).Events);
    }

    [Theory]
    [InlineData(21)]
    [InlineData(-21)]
    [InlineData(int.MinValue)]
    public void A_gain_beyond_what_the_engine_does_is_refused_with_its_field(int gain)
    {
        var refusal = Busy().Decide(new SetLegGain(Leg, gain), Dispatcher).Refusal;
        Assert.Equal(("leg.gain-range", "gain"), (refusal!.Code, refusal.Field));
        Assert.Equal(LevelControl.MostSet, Limits.LegGain);
    }

    [Fact]
    public void Legs_that_are_not_there_have_none()
    {
        Assert.Equal("leg.unknown", Busy().Decide(new SetLegGain(new LegId("leg-9"), 3), Dispatcher).Refused());
        Assert.Equal("leg.gone", Busy().Do(new DropLeg(Leg), Dispatcher).Decide(new SetLegGain(Leg, 3), Dispatcher).Refused());
    }
}
