using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Rooms;
using Xunit;
using static Interop.Tests.Unit.Hub.Rooms;

namespace Interop.Tests.Unit.Hub;

/// <summary>Bridging systems in a room.</summary>
public sealed class BridgeTests
{
    private static readonly TrunkEntry Gateway = new("gateway", ["203.0.113.5/32"], Peer: "sip:ops@203.0.113.5", Profile: TrunkProfile.Bridge);

    [Theory]
    [InlineData("sip:ops@203.0.113.5")]
    [InlineData("SIP:ops@203.0.113.5")]
    [InlineData("sip:gateway@hub")]
    public void A_bridge_that_is_dialled_is_known_as_one_and_asked_nothing(string address)
    {
        var leg = new RoomState(Code).Do(Opening(), Dispatcher).Do(new DialOut(address, "Gateway", Ask: true), Dispatcher, around: Around(Gateway)).Legs.Single();

        Assert.Equal(("bridge:hpd/gateway", true, null), (leg.Party.Proof, leg.Party.IsBridge, leg.Ask));
    }

    [Fact]
    public void One_bridge_has_one_leg_in_a_room_whoever_calls_whom()
    {
        var room = new RoomState(Code).Do(Opening(), Dispatcher).Do(new DialOut("sip:gateway@hub", null), Dispatcher, around: Around(Gateway));
        var calls = new AdmitCaller(new Caller(new Party(Hpd, "ops", "sip:ops@203.0.113.5", "bridge:hpd/gateway"), []));

        Assert.Equal("leg.bridge-twice", room.Decide(new DialOut("sip:ops@203.0.113.5", null), Dispatcher, around: Around(Gateway)).Refused());
        Assert.Equal("leg.bridge-twice", room.Decide(calls, Phone(Hpd)).Refused());
    }

    [Fact]
    public void A_bridge_that_was_lost_and_calls_itself_has_its_leg_back()
    {
        var room = new RoomState(Code).Do(Opening(), Dispatcher).Do(new DialOut("sip:gateway@hub", null), Dispatcher, around: Around(Gateway));
        var leg = room.Legs.Single().Id;
        room = room.Do(new LegCameUp(leg), Actor.Hub).Do(new LegWasLost(leg, "the phone stopped answering"), Actor.Hub);

        var back = room.Do(new AdmitCaller(new Caller(new Party(Hpd, "ops", "sip:ops@203.0.113.5:5062", "bridge:hpd/gateway"), [])), Phone(Hpd));

        Assert.Equal(leg, back.Legs.Single().Id);
    }
}
