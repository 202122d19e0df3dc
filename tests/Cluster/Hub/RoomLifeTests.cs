using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Grains.Journal;
using Xunit;

namespace Interop.Tests.Cluster.Hub;

public sealed class RoomLifeTests
{
    [Fact]
    public async Task A_restart_over_the_same_database_brings_back_the_room_and_plans_its_legs_as_lost()
    {
        using var data = new DataDirectory();
        RoomCode code;
        await using (var hub = await HubCluster.Start(data.Path))
        {
            code = await hub.Open(admits: ["trunk:lab"], invites: [Cast.Ctic]);
            var phone = new Actor(ActorKind.Phone, new AgencyId("lab"), "100", Role.Member);
            var admitted = await hub.Room(code).Execute(
                new AdmitCaller(new Caller(new Party(phone.Agency, "100", "sip:100@10.0.0.1", "trunk:lab"), ["trunk:lab"])), phone, Cast.Id());
            Assert.Equal("leg-1", admitted.Value?.Created);
            Assert.True((await hub.Room(code).Execute(new PostChat("On our way"), Cast.Dispatcher, Cast.Id())).Ok);
            Assert.Equal(LegStatus.Up, Assert.Single(hub.Of<RecordingMedia>().Plan(code)!.Legs).Status);
        }

        await using (var hub = await HubCluster.Start(data.Path))
        {
            // Nobody asked for the room: starting brought it up.
            var plan = hub.Of<RecordingMedia>().Plan(code);
            Assert.NotNull(plan);
            Assert.Equal(LegStatus.Lost, Assert.Single(plan.Legs).Status);
            var room = (await hub.Room(code).Look(Cast.Partner)).Value!;
            Assert.Equal("On our way", Assert.Single(room.Chat).Text);
            Assert.Equal(InviteStatus.Pending, Assert.Single(room.Invites).Status);
            Assert.Equal(code, Assert.Single(await hub.Registry.ListOpen()).Code);

            Assert.True((await hub.Room(code).Execute(new LegCameUp(new LegId("leg-1")), Actor.Hub, Cast.Id())).Ok);
            var journal = (await hub.Room(code).ReadJournal(Cast.Dispatcher, 0, 100)).Value!;
            Assert.Equal(
                ["room.opened", "invite.sent", "leg.joined", "chat.posted", "room.resumed", "leg.up"], journal.Select(entry => entry.Type));
        }

        Assert.Null(JournalVerifier.Verify(new JournalOptions { Directory = data.Path }).FirstBroken);
    }
}
