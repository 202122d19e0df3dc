using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Interop.Tests.Cluster.Hub;

/// <summary>What time makes of invitations and links, in a room that is up and in one that comes up late.</summary>
public sealed class InviteTimesTests
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 23, 6, 0, 0, TimeSpan.Zero);
    private static readonly InviteId First = new("invite-1");

    [Fact]
    public async Task A_silent_name_is_passed_by_and_a_membership_is_warned_and_ended_by_the_rooms_own_timer()
    {
        using var data = new DataDirectory();
        var clock = new FakeTimeProvider(Begin);
        await using var hub = await HubCluster.Start(data.Path, clock: clock);
        var room = hub.Room(await hub.Open());
        await Do(room, new InviteAgency(new AgencyId("dea"), null, PatienceSeconds: 60, Next: [new Invitee(Cast.Ctic)]));
        await Passes(clock, TimeSpan.FromMinutes(1), room, "invite-2", InviteStatus.Pending);
        Assert.Equal(InviteStatus.Expired, (await Look(room, First)).Status);

        var until = new Conditions(Until: clock.GetUtcNow().AddMinutes(30));
        Assert.True((await room.Execute(new AnswerInvite(new InviteId("invite-2"), true, null, until), Cast.Partner, Cast.Id())).Ok);
        await Do(room, new AnswerCounter(new InviteId("invite-2"), true, until));
        clock.Advance(TimeSpan.FromMinutes(25));
        await Eventually.Holds(async () => (await Look(room, new InviteId("invite-2"))).EndsAt is not null, "the member was warned");
        Assert.True((await room.Look(Cast.Partner)).Ok);
        await Passes(clock, TimeSpan.FromMinutes(5), room, "invite-2", InviteStatus.Ended);
        Assert.Equal("room.unknown", (await room.Look(Cast.Partner)).Refusal?.Code);
        Assert.Equal(
            ["room.opened", "invite.sent", "invite.expired", "invite.sent", "invite.countered", "invite.counter-answered", "invite.ending", "invite.ended"],
            (await room.ReadJournal(Cast.Dispatcher, 0, 100)).Value!.Select(entry => entry.Type));
    }

    [Fact]
    public async Task Times_that_passed_while_the_hub_was_down_are_made_up_for_and_nobody_is_cut_off_unwarned()
    {
        using var data = new DataDirectory();
        RoomCode code;
        var until = new Conditions(Until: Begin.AddHours(1));
        await using (var hub = await HubCluster.Start(data.Path, clock: new FakeTimeProvider(Begin)))
        {
            code = await hub.Open(invites: [Cast.Ctic]);
            Assert.True((await hub.Room(code).Execute(new AnswerInvite(First, true, null, until), Cast.Partner, Cast.Id())).Ok);
            await Do(hub.Room(code), new AnswerCounter(First, true, until));
            await Do(hub.Room(code), new InviteAgency(new AgencyId("dea"), null, PatienceSeconds: 60));
            await Do(hub.Room(code), new MakeLink(new string('a', 64), Role.Member));
        }

        var clock = new FakeTimeProvider(Begin.AddHours(9));
        await using (var hub = await HubCluster.Start(data.Path, clock: clock))
        {
            var room = hub.Room(code);
            await Passes(clock, TimeSpan.FromSeconds(1), room, "invite-2", InviteStatus.Expired);
            Assert.Equal(LinkStatus.Expired, (await room.Look(Cast.Dispatcher)).Value!.Links.Single().Status);
            var warned = await Look(room, First);
            Assert.Equal(InviteStatus.Accepted, warned.Status);
            Assert.True(warned.EndsAt > Begin.AddHours(9));
            Assert.True((await room.Execute(new SetConditions(First, new Conditions()), Cast.Partner, Cast.Id())).Ok);
            clock.Advance(TimeSpan.FromHours(1));
            Assert.Equal(InviteStatus.Accepted, (await Look(room, First)).Status);
        }
    }

    [Fact]
    public async Task A_guest_is_known_by_the_record_after_a_restart_and_a_withdrawn_link_takes_them_out()
    {
        using var data = new DataDirectory();
        var (hash, guest) = (new string('a', 64), new Actor(ActorKind.Guest, new AgencyId(""), "", Role.Observer, "guest-1"));
        RoomCode code;
        await using (var hub = await HubCluster.Start(data.Path))
        {
            code = await hub.Open();
            await Do(hub.Room(code), new MakeLink(hash, Role.Member));
            var came = await hub.Room(code).Execute(new AcceptLink(hash, "Jo"), guest with { Id = null }, new CommandId("once"));
            Assert.Equal("guest-1", came.Value?.Created);
            // The same attempt again has the same place, though the link is used up.
            Assert.Equal(came, await hub.Room(code).Execute(new AcceptLink(hash, "Jo"), guest with { Id = null }, new CommandId("once")));
            Assert.Equal("link.unknown", (await hub.Room(code).Execute(new AcceptLink(hash, "Kay"), guest with { Id = null }, Cast.Id())).Refusal?.Code);
        }

        await using (var hub = await HubCluster.Start(data.Path))
        {
            var room = hub.Room(code);
            Assert.True((await room.Execute(new PostChat("here"), guest, Cast.Id())).Ok);
            var joined = await room.Execute(new JoinByBrowser("a-guests-page"), guest, Cast.Id());
            Assert.Contains(hub.Of<RecordingMedia>().Plan(code)!.Legs, leg => leg.Id.Value == joined.Value!.Created);
            Assert.Equal("room.unknown", (await room.ReadJournal(guest, 0, 100)).Refusal?.Code);
            var entry = (await room.ReadJournal(Cast.Dispatcher, 0, 100)).Value!.Single(entry => entry.Type == "chat.posted");
            Assert.Equal((ActorKind.Guest, "Jo (by link of Dana)", Cast.Hpd), (entry.Actor.Kind, entry.Actor.Name, entry.Actor.Agency));

            await Do(room, new WithdrawLink(new InviteId("link-1")));
            Assert.Empty(hub.Of<RecordingMedia>().Plan(code)!.Legs);
            Assert.Equal("guest.over", (await room.Look(guest)).Refusal?.Code);
            Assert.Equal("guest.over", (await room.Execute(new PostChat("still here?"), guest, Cast.Id())).Refusal?.Code);
        }
    }

    private static async Task Do(IRoomGrain room, RoomCommand command)
    {
        var done = await room.Execute(command, Cast.Dispatcher, Cast.Id());
        Assert.True(done.Ok, done.Refusal?.Text);
    }

    private static async Task<Interop.Hub.Contracts.Live.InviteView> Look(IRoomGrain room, InviteId id) =>
        (await room.Look(Cast.Dispatcher)).Value!.Invites.Single(invite => invite.Id == id);

    private static async Task Passes(FakeTimeProvider clock, TimeSpan time, IRoomGrain room, string invite, InviteStatus status)
    {
        clock.Advance(time);
        await Eventually.Holds(
            async () => (await room.Look(Cast.Dispatcher)).Value!.Invites.Any(one => one.Id.Value == invite && one.Status == status), $"{invite} is {status}");
    }
}
