using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Interop.Tests.Cluster.Hub;

public sealed class LeaseTests
{
    [Fact]
    public async Task An_unattended_room_warns_by_the_hubs_clock_goes_on_after_a_restart_and_stops_when_somebody_looks()
    {
        using var data = new DataDirectory();
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero));
        RoomCode code;
        await using (var hub = await HubCluster.Start(data.Path, clock: clock))
        {
            code = await hub.Open(admits: ["trunk:lab/lab"]);
            var lab = new AgencyId("lab");
            Assert.True((await hub.Room(code).Execute(
                new AdmitCaller(new Caller(new Party(lab, "100", "sip:100@10.0.0.1", "trunk:lab"), ["trunk:lab/lab"])),
                new Actor(ActorKind.Phone, lab, "100", Role.Member), Cast.Id())).Ok);
            // Somebody of another agency looks and talks; of the holder's own, nobody.
            await hub.Room(code).Attend([lab]);
            await Pass(clock, TimeSpan.FromMinutes(29));
            await hub.Room(code).Attend([Cast.Hpd]);
            await Pass(clock, TimeSpan.FromMinutes(29));
            Assert.DoesNotContain("lease.warned", await Types(hub, code));
            await Pass(clock, TimeSpan.FromMinutes(2));
            await Comes(hub, code, clock, types => types.Contains("lease.warned"), "the room warned its holder");
        }

        await using (var hub = await HubCluster.Start(data.Path, clock: clock))
        {
            Assert.True((await hub.Room(code).Execute(new LegCameUp(new LegId("leg-1")), Actor.Hub, Cast.Id())).Ok);
            await Pass(clock, TimeSpan.FromMinutes(6));
            await Comes(hub, code, clock, types => types.Count(type => type == "lease.warned") == 2, "the warning went on to the next in command");
            Assert.Equal(RoomPhase.Open, (await hub.Room(code).Look(Cast.Dispatcher)).Value!.State);
            await Comes(hub, code, clock, types => types.Contains("lease.warning-ended"), "the warning ended when the holder's agency looked");
            Assert.Empty((await hub.Room(code).Look(Cast.Dispatcher)).Value!.Header.Lease!.Warnings);
        }
    }

    /// <summary>In steps, so that a timer that is set anew each time comes round as it would by itself.</summary>
    private static async Task Pass(FakeTimeProvider clock, TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(15))
        {
            clock.Advance(TimeSpan.FromSeconds(15));
            await Task.Yield();
        }
    }

    /// <summary>A timer is set anew when it has run, so time goes on until it has.</summary>
    private static Task Comes(HubCluster hub, RoomCode code, FakeTimeProvider clock, Predicate<IReadOnlyList<string>> holds, string what) => Eventually.Holds(
        async () =>
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            return holds(await Types(hub, code));
        },
        what);

    private static async Task<IReadOnlyList<string>> Types(HubCluster hub, RoomCode code) =>
        [.. (await hub.Room(code).ReadJournal(Cast.Partner with { Agency = Cast.Hpd, Kind = ActorKind.Token }, 0, 100)).Value!.Select(entry => entry.Type)];
}
