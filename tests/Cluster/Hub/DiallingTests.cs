using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Grains.Dialling;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Interop.Tests.Cluster.Hub;

/// <summary>Asking duty desks in, and the limits on what an agency calls.</summary>
public sealed class DiallingTests
{
    private static readonly LegId Leg = new("leg-1");

    [Fact]
    public async Task A_duty_desk_is_called_asked_and_its_yes_makes_the_agency_a_member()
    {
        using var data = new DataDirectory();
        await using var hub = await Provisioned(data);
        var room = hub.Room(await hub.Open());
        Assert.True((await room.Execute(new InviteAgency(Cast.Ctic, "camera"), Cast.Dispatcher, Cast.Id())).Ok);
        var planned = Assert.Single(hub.Of<RecordingMedia>().Plans.Last().Legs);
        Assert.Equal(("sip:desk@ctic.example", "camera", "hpd"), (planned.Party.Address, planned.Ask!.Purpose, planned.Ask.By.Value));
        await Answer(room, LegAnswer.Listen);
        var look = (await room.Look(Cast.Partner)).Value!;
        Assert.Equal((InviteStatus.Accepted, LegStatus.Up, LegMode.Listen), (look.Invites[0].Status, look.Legs[0].Status, look.Legs[0].Own));
        planned = Assert.Single(hub.Of<RecordingMedia>().Plans.Last().Legs);
        Assert.Equal((LegMode.Listen, true), (planned.Mode, planned.Ask is null));
    }

    [Fact]
    public async Task A_party_that_rings_is_shown_so_until_it_answers_and_the_record_does_not_grow()
    {
        using var data = new DataDirectory();
        await using var hub = await Provisioned(data);
        var room = hub.Room(await hub.Open());
        Assert.True((await room.Execute(new InviteAgency(Cast.Ctic, null), Cast.Dispatcher, Cast.Id())).Ok);
        var recorded = (await room.ReadJournal(Cast.Dispatcher, 0, 100)).Value!.Count;
        var follower = new RecordingFollower();
        await room.Subscribe(hub.Grains().CreateObjectReference<IRoomObserver>(follower));

        await room.Ring(Leg);
        await room.Ring(new LegId("leg-9"));
        await Eventually.Holds(async () => (await room.Look(Cast.Dispatcher)).Value!.Legs[0].Rings, "the room shows that the desk rings");
        Assert.Equal(recorded, (await room.ReadJournal(Cast.Dispatcher, 0, 100)).Value!.Count);

        // What else changes in the leg meanwhile does not make it look silent.
        Assert.True((await room.Execute(new SetLegMode(Leg, LegMode.Listen), Cast.Dispatcher, Cast.Id())).Ok);
        Assert.True((await room.Execute(new LegCameUp(Leg), Actor.Hub, Cast.Id())).Ok);
        Assert.False((await room.Look(Cast.Dispatcher)).Value!.Legs[0].Rings);
        await Eventually.Holds(() => follower.Deltas.Count == 3, "the room told of the ringing, the mode and the answer");
        Assert.Equal([true, true, false], follower.Deltas.SelectMany(delta => delta.Changes).OfType<LegChanged>().Select(change => change.Leg.Rings));
    }

    [Theory]
    [InlineData(LegAnswer.Join, LegStatus.Up, InviteStatus.Accepted)]
    [InlineData(LegAnswer.Decline, LegStatus.Gone, InviteStatus.Declined)]
    [InlineData(LegAnswer.None, LegStatus.Gone, InviteStatus.Pending)]
    public async Task A_restart_in_the_middle_of_the_question_has_it_asked_again(LegAnswer answer, LegStatus leg, InviteStatus invite)
    {
        using var data = new DataDirectory();
        RoomCode code;
        await using (var hub = await Provisioned(data))
        {
            code = await hub.Open(invites: [Cast.Ctic]);
            Assert.True((await hub.Room(code).Execute(new LegCameUp(Leg), Actor.Hub, Cast.Id())).Ok);
            Assert.Equal(LegStatus.Asking, Assert.Single(hub.Of<RecordingMedia>().Plan(code)!.Legs).Status);
        }

        await using (var hub = await HubCluster.Start(data.Path))
        {
            var planned = Assert.Single(hub.Of<RecordingMedia>().Plan(code)!.Legs);
            Assert.Equal((LegStatus.Lost, Cast.Hpd), (planned.Status, planned.Ask!.By));
            // What the node before the restart had to say of it comes too late to end it.
            Assert.True((await hub.Room(code).Execute(new AnswerAsk(Leg, LegAnswer.None), Actor.Hub, Cast.Id())).Ok);
            await Answer(hub.Room(code), answer);
            var look = (await hub.Room(code).Look(Cast.Dispatcher)).Value!;
            Assert.Equal((leg, invite), (look.Legs[0].Status, look.Invites[0].Status));
        }
    }

    [Fact]
    public async Task An_agency_has_only_so_many_calls_out_over_all_rooms_and_one_that_ends_makes_place()
    {
        using var data = new DataDirectory();
        await using var hub = await Provisioned(data, new DiallingOptions { AtOnce = 3 });
        var (one, two) = (hub.Room(await hub.Open()), hub.Room(await hub.Open()));
        foreach (var room in new[] { one, two, two })
            Assert.True((await Dial(room)).Ok);
        Assert.Equal("dial.too-many", (await Dial(one)).Refusal?.Code);
        Assert.Equal("dial.too-many", (await one.Execute(new InviteAgency(Cast.Ctic, null), Cast.Dispatcher, Cast.Id())).Refusal?.Code);
        Assert.Empty((await one.Look(Cast.Dispatcher)).Value!.Invites);
        Assert.True((await two.Execute(new LegLeft(Leg, "hung up"), Actor.Hub, Cast.Id())).Ok);
        await Eventually.Holds(async () => (await Dial(one)).Ok, "the call that ended made place");
        Assert.Equal("dial.too-many", (await Dial(two)).Refusal?.Code);
    }

    [Fact]
    public async Task A_room_opens_without_a_call_that_the_limit_forbids()
    {
        using var data = new DataDirectory();
        await using var hub = await Provisioned(data, new DiallingOptions { AtOnce = 1 });
        Assert.True((await Dial(hub.Room(await hub.Open()))).Ok);
        var room = hub.Room(await hub.Open(invites: [Cast.Ctic]));
        Assert.Empty((await room.Look(Cast.Dispatcher)).Value!.Legs);
        Assert.Equal(
            ["room.opened", "invite.sent", "leg.not-dialled"],
            (await room.ReadJournal(Cast.Dispatcher, 0, 10)).Value!.Select(entry => entry.Type));
    }

    [Fact]
    public async Task An_agency_places_only_so_many_calls_within_a_minute_and_is_told_how_long_to_wait()
    {
        using var data = new DataDirectory();
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero));
        await using var hub = await Provisioned(data, new DiallingOptions { PerMinute = 2 }, clock);
        var room = hub.Room(await hub.Open());
        Assert.True((await Dial(room)).Ok);
        clock.Advance(TimeSpan.FromSeconds(20));
        Assert.True((await Dial(room)).Ok);
        var refusal = (await Dial(room)).Refusal;
        Assert.Equal((RefusalKind.Unavailable, "dial.too-fast"), (refusal?.Kind, refusal?.Code));
        Assert.Contains("in 40 seconds", refusal!.Text, StringComparison.Ordinal);
        // Calling back what was lost is no new call.
        Assert.True((await room.Execute(new LegWasLost(Leg, "408"), Actor.Hub, Cast.Id())).Ok);
        clock.Advance(TimeSpan.FromSeconds(40));
        Assert.True((await Dial(room)).Ok);
        Assert.Equal("dial.too-fast", (await Dial(room)).Refusal?.Code);
    }

    [Fact]
    public async Task What_the_directory_does_not_allow_is_not_called()
    {
        using var data = new DataDirectory();
        await using var hub = await Provisioned(data);
        var room = hub.Room(await hub.Open());
        var refused = await room.Execute(new DialOut("sip:+19005550100@10.0.0.5", null), Cast.Dispatcher, Cast.Id());
        Assert.Equal(("dial.not-allowed", "uri"), (refused.Refusal?.Code, refused.Refusal?.Field));
        Assert.Empty((await room.Look(Cast.Dispatcher)).Value!.Legs);
    }

    private static async Task<HubCluster> Provisioned(DataDirectory data, DiallingOptions? limits = null, FakeTimeProvider? clock = null)
    {
        var hub = await HubCluster.Start(data.Path, clock: clock, dialling: limits);
        Assert.True((await hub.Agency("hpd").Provision([new AgencyEntry("hpd", "Hartford Police", AgencyLevel.City), new TrunkEntry("pbx", ["10.0.0.0/24"])], Cast.Provisioning)).Ok);
        Assert.True((await hub.Agency("ctic").Provision([new AgencyEntry("ctic", "CTIC", AgencyLevel.State, "sip:desk@ctic.example")], Cast.Provisioning)).Ok);
        await Eventually.Holds(
            () => hub.Of<IDirectory>().Current.Find(Cast.Ctic)?.Find<AgencyEntry>("ctic") is not null && hub.Of<IDirectory>().Current.Find(Cast.Hpd) is not null,
            "the node knew both agencies");
        return hub;
    }

    private static Task<Outcome<RoomReceipt>> Dial(IRoomGrain room) =>
        room.Execute(new DialOut("sip:100@10.0.0.5", null), Cast.Dispatcher, Cast.Id());

    private static async Task Answer(IRoomGrain room, LegAnswer answer)
    {
        Assert.True((await room.Execute(new LegCameUp(Leg), Actor.Hub, Cast.Id())).Ok);
        Assert.True((await room.Execute(new AnswerAsk(Leg, answer), Actor.Hub, Cast.Id())).Ok);
    }
}
