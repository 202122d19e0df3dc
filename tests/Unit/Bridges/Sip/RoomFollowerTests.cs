using Interop.Bridges.Sip.Calls;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Media;
using Interop.Hub.Contracts.Rooms;
using Interop.Tests.Unit.Wire.Sip;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Interop.Tests.Unit.Bridges.Sip;

/// <summary>What becomes of a call that a snapshot of its room does not know.</summary>
public sealed class RoomFollowerTests
{
    private const long Held = 10;
    private static readonly RoomCode Room = new("4201");
    private static readonly RoomSnapshot Empty = new(default, null!, [], [], [], [], [], [], [], null, [], []);

    [Fact]
    public async Task A_snapshot_that_was_asked_for_before_the_call_was_connected_does_not_end_it_and_a_later_one_does()
    {
        await using var scene = await Scene.ConfirmedAsync();
        var legs = new SipLegs();
        var follower = new RoomFollower(legs, null!, new HangUps(legs, null!, null!, NullLogger<HangUps>.Instance), null!);
        legs.Add(new SipLeg(
            Room, new LegId("leg-2"), scene.Call, new Party(SipScene.Hpd, "Second", "sip:second@192.0.2.7", "trunk:lab"), new MediaPlace("127.0.0.1", 10_000, null), TestPeer.Offer(), null!)
        {
            Protection = SdpProtection.Optional,
            HeldSince = Held,
        });
        var sent = scene.Wire.SentCount;

        follower.OnSnapshot(Room, Empty, Held - 1);
        await scene.Wire.SettleAsync();
        Assert.Equal(sent, scene.Wire.SentCount);

        follower.OnSnapshot(Room, Empty, Held);
        Assert.Equal(SipMethods.Bye, (await scene.RequestAsync()).Method);
    }
}
