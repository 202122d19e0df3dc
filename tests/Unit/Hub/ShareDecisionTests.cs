using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Rooms;
using Xunit;
using static Interop.Tests.Unit.Hub.Rooms;

namespace Interop.Tests.Unit.Hub;

public sealed class ShareDecisionTests
{
    private static readonly ShareId Second = new("share-2");

    [Theory]
    [InlineData(ShareDirection.Both, LegMode.Talk, true)]
    [InlineData(ShareDirection.Listen, LegMode.Talk, false)]
    [InlineData(ShareDirection.Talk, LegMode.Listen, true)]
    public void A_channel_is_keyed_and_heard_only_as_it_is_lent(ShareDirection direction, LegMode mode, bool keyed)
    {
        var room = Busy().Do(Lend(Channel(Ctic, "south"), direction), Partner);
        var planned = RoomPlanner.Plan(room, 1, 1).Legs[^1];
        Assert.Equal((LegKind.Radio, mode, keyed, false), (planned.Kind, planned.Mode, planned.Gateway!.Transmit is not null, planned.Deaf));
        Assert.Equal(Gateway.Receive, planned.Gateway.Receive);
        // What the room allows its leg opens nothing that its owner did not lend.
        var widened = room.Do(new SetLegMode(planned.Id, LegMode.Muted), Dispatcher).Do(new SetLegMode(planned.Id, LegMode.Talk), Dispatcher);
        Assert.Equal(mode, RoomPlanner.Plan(widened, 1, 1).Legs[^1].Mode);
    }

    [Fact]
    public void A_phone_that_is_lent_is_called_by_its_owner_deaf_where_it_is_only_heard_and_takes_its_share_along_when_it_hangs_up()
    {
        var around = Around();
        var room = Busy().Do(Lend(Number(Ctic), ShareDirection.Listen), Partner, around: around);
        var planned = RoomPlanner.Plan(room, 1, 1).Legs[^1];
        Assert.Equal((LegKind.Sip, true, true, LegMode.Talk, "lent"), (planned.Kind, planned.Dialled, planned.Deaf, planned.Mode, planned.Party.Proof));
        Assert.Equal(Ctic, Legs.CallerOf(room.Owner, planned.Party));
        Assert.Equal(Second, room.Leg(planned.Id)!.Share);
        var lost = room.Do(new LegWasLost(planned.Id, "408"), Actor.Hub);
        Assert.True(lost.Share(Second) is not null, "what is lost is brought back, and stays lent");
        var left = lost.Do(new LegLeft(planned.Id, "BYE"), Actor.Hub);
        Assert.Null(left.Share(Second));
        Assert.Equal((LegStatus.Gone, "BYE"), (left.Leg(planned.Id)!.Status, left.Leg(planned.Id)!.Cause));
        Assert.Empty(left.Decide(new WithdrawShare(Second), Partner).Events);
    }

    [Fact]
    public void A_phone_is_lent_only_where_its_owner_may_call() => Assert.Equal(
        "dial.not-allowed", Busy().Decide(Lend(Number(Ctic, "sip:x@elsewhere.example")), Partner, around: Around()).Refused());

    [Fact]
    public void A_camera_is_a_link_until_it_is_withdrawn_by_whichever_way()
    {
        var room = Busy().Do(Lend(Camera(Ctic)), Partner);
        var video = room.Videos[^1];
        Assert.Equal(("https://video.example/gate", "share-2", Second), (video.Url, video.Id, video.Share));
        Assert.Single(room.Do(new WithdrawShare(Second), Partner).Videos);
        var removed = room.Do(new RemoveVideo(video.Id), Dispatcher);
        Assert.Equal((1, 1), (removed.Videos.Count, removed.Shares.Count));
        Assert.Contains(new VideoGone("share-2"), RoomLive.Changes(new ShareWithdrawn(Second, null), removed));
        Assert.Single(room.Do(new WithdrawInvite(new InviteId("invite-1")), Dispatcher).Videos);
    }

    [Fact]
    public void A_sensors_alerts_come_in_from_when_it_was_lent_until_it_is_not()
    {
        var sensor = new ResourceId(Ctic, "spotter");
        var room = Busy();
        Assert.Empty(room.Decide(new BringAlert(sensor, Alert), Actor.Hub).Events);
        room = room.Do(Lend(Sensor(Ctic)), Partner);
        Assert.Empty(room.Decide(new BringAlert(sensor, Alert with { ReceivedAt = Now.AddSeconds(-1) }), Actor.Hub).Events);
        var shown = room.Do(new BringAlert(sensor, Alert), Actor.Hub);
        Assert.Equal(Code, Assert.Single(shown.Alerts).Room);
        Assert.Empty(shown.Decide(new BringAlert(sensor, Alert), Actor.Hub).Events);
        Assert.Empty(shown.Do(new WithdrawShare(Second), Partner).Decide(new BringAlert(sensor, Alert with { Revision = 2 }), Actor.Hub).Events);
    }

    [Fact]
    public void What_is_lent_until_a_time_is_taken_back_by_the_hub_then_and_not_before()
    {
        var until = Now.AddHours(2);
        var room = Busy().Do(Lend(Channel(Ctic, "south"), ends: until, conditions: "no recording"), Partner);
        Assert.Equal((until, "no recording", until), (room.Share(Second)!.View.Ends, room.Share(Second)!.View.Conditions, Shares.NextEnd(room)));
        Assert.Empty(room.Decide(new EndShares(), Actor.Hub, until.AddTicks(-1)).Events);
        var over = Assert.IsType<ShareWithdrawn>(Assert.Single(room.Decide(new EndShares(), Actor.Hub, until).Events));
        Assert.Equal((Second, "its time was up"), (over.Share, over.Cause));
        var after = room.Do(new EndShares(), Actor.Hub, until);
        Assert.Null(Shares.NextEnd(after));
        Assert.Single(after.Shares);
        // A withdrawal that crosses the hub's own finds done what it asks.
        Assert.Empty(after.Decide(new WithdrawShare(Second), Partner).Events);
        Assert.True(RoomDecider.Restricts(new EndShares()) && RoomDecider.Restricts(new WithdrawShare(Second)));
    }

    [Fact]
    public void Terms_that_cannot_hold_are_refused_by_their_field()
    {
        Assert.Equal("ends", Busy().Decide(Lend(Channel(Ctic, "south"), ends: Now), Partner).Refusal?.Field);
        Assert.Equal("direction", Busy().Decide(Lend(Camera(Ctic), ShareDirection.Talk), Partner).Refusal?.Field);
        Assert.Equal("direction", Busy().Decide(Lend(Channel(Ctic, "south") with { Gateway = Gateway with { Transmit = null } }, ShareDirection.Talk), Partner).Refusal?.Field);
        Assert.Equal("conditions", Busy().Decide(Lend(Channel(Ctic, "south"), conditions: new string('x', 501)), Partner).Refusal?.Field);
        Assert.Equal("share.exists", Busy().Decide(Lend(Channel(Ctic)), Partner).Refused());
        Assert.Null(Busy().Decide(Lend(Camera(Ctic) with { Resource = Channel(Ctic).Resource }), Partner).Refused());
    }

    [Fact]
    public void An_owner_withdraws_whatever_the_room_is_about_and_another_member_never()
    {
        foreach (var room in new[] { Busy(), Busy().Do(new CloseRoom(null), Dispatcher) })
        {
            Assert.Single(room.Decide(new WithdrawShare(new ShareId("share-1")), Partner).Events);
            Assert.Equal("room.unknown", room.Decide(new WithdrawShare(new ShareId("share-1")), Person(Lab, Role.Dispatcher)).Refused());
        }

        Assert.Equal("room.not-allowed", Busy().Decide(new WithdrawShare(new ShareId("share-1")), Person(Ctic, Role.Member)).Refused());
    }

    [Fact]
    public void A_journal_of_before_shares_had_terms_is_a_channel_both_ways()
    {
        var old = (ResourceLent)RoomEvent.Names.Read(
            "share.lent", """{"share":"share-1","leg":"leg-1","channel":{"resource":"hpd/patrol-north","name":"Patrol North","gateway":{"receive":"239.10.0.1:5004"}}}""");
        var room = new RoomState(Code).Do(Opening(), Dispatcher).Evolve(old, new Occasion(Dispatcher, Now));
        Assert.Equal((ResourceKind.Channel, ShareDirection.Both, (DateTimeOffset?)null), (room.Shares[0].View.Kind, room.Shares[0].View.Direction, room.Shares[0].View.Ends));
    }
}
