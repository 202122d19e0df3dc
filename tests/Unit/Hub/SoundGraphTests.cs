using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Sharing;
using Xunit;

namespace Interop.Tests.Unit.Hub;

/// <summary>The proof that no sound comes round, against one who walks every way that sound can take.</summary>
public sealed class SoundGraphTests
{
    [Fact]
    public void A_graph_that_grows_by_what_is_allowed_never_loops_and_only_what_would_loop_is_refused()
    {
        for (var seed = 0; seed < 2_000; seed++)
        {
            var random = new Random(seed);
            var places = random.Next(2, 7);
            var ways = new List<SoundWay>();
            for (var id = 0; id < 12; id++)
            {
                var (one, other) = (random.Next(places), random.Next(places));
                var way = new SoundWay($"{id}", $"{one}", $"{other}", random.Next(3) != 0, random.Next(3) != 0);
                if (one == other)
                    continue;
                var ring = SoundGraph.Ring(ways, way);
                Assert.True(ComesRound([.. ways, way]) == ring is not null, $"seed {seed}: {string.Join(' ', ways)} and {way}");
                if (ring is null)
                    ways.Add(way);
                else
                    Assert.True(IsWalk(ring, [.. ways, way]), $"seed {seed}: {string.Join(" → ", ring)} is no way that sound takes");
            }
        }
    }

    [Fact]
    public void Two_rooms_may_listen_to_a_channel_and_two_channels_across_two_rooms_are_named_in_their_ring()
    {
        var map = new ShareMap()
            .With(Room("4201", Held("north", hears: true, talks: true)))
            .With(Room("4202", Held("north", hears: true, talks: false), Held("south", hears: true, talks: true)));
        Assert.Null(map.Check(Room("4203", Held("north", hears: true, talks: false))));

        var fault = map.Check(Room("4201", Held("north", true, true), Held("south", hears: true, talks: false)));
        Assert.Equal(
            "room 4201 north room 4202 south room 4201",
            string.Join(' ', fault!.Ring.SkipWhile(place => place.Name != "room 4201").Concat(fault.Ring.Skip(1).TakeWhile(place => place.Name != "room 4201").Append(new RingPlace(null, "room 4201"))).Select(place => place.Name)));
        Assert.Null(map.Check(Room("4204", Held("south", hears: true, talks: false))));
    }

    [Fact]
    public void A_second_room_that_talks_on_a_channel_is_refused_by_the_name_of_the_first()
    {
        var map = new ShareMap().With(Room("4201", Held("north", true, true)));
        Assert.Equal("4201", map.Check(Room("4202", Held("north", hears: false, talks: true)))?.TalkedOnFrom?.Code.Value);
        Assert.Null(map.Check(Room("4201", Held("north", true, true))));
        Assert.Null(map.With(Room("4201")).Check(Room("4202", Held("north", true, true))));
    }

    [Fact]
    public void A_call_between_rooms_counts_where_both_know_of_it_and_closes_a_ring_as_a_channel_does()
    {
        var map = new ShareMap()
            .With(Room("4201", Held("north", true, true)) with { PointsTo = ["4202"] })
            .With(Room("4202", Held("north", hears: true, talks: false)));
        var fault = map.Check(Room("4202", Held("north", true, false)) with { PointsTo = ["4201"] });
        Assert.Contains("north", fault!.Ring.Select(place => place.Name));
        Assert.Null(map.With(Room("4201", Held("north", true, true))).Check(Room("4202", Held("north", true, false)) with { PointsTo = ["4201"] }));
        // The call first, the channel after.
        var linked = new ShareMap().With(Room("4201", Held("north", true, true)) with { PointsTo = ["4202"] }).With(Room("4202") with { PointsTo = ["4201"] });
        Assert.NotNull(linked.Check(Room("4202", Held("north", true, false)) with { PointsTo = ["4201"] }));
    }

    /// <summary>Whether sound that goes somewhere can come to go the same way again, never turning back on the way that it came by.</summary>
    private static bool ComesRound(IReadOnlyList<SoundWay> ways)
    {
        var steps = ways.SelectMany(way => new[] { (way.Id, From: way.One, To: way.Other, Open: way.Forth), (way.Id, From: way.Other, To: way.One, Open: way.Back) }).Where(step => step.Open).ToArray();
        foreach (var first in steps)
        {
            var seen = new HashSet<(string, string)>();
            var next = new Stack<(string Id, string From, string To, bool Open)>([first]);
            while (next.TryPop(out var at))
                foreach (var step in steps)
                    if (step.From == at.To && step.Id != at.Id)
                    {
                        if (step == first)
                            return true;
                        if (seen.Add((step.Id, step.From)))
                            next.Push(step);
                    }
        }

        return false;
    }

    private static bool IsWalk(IReadOnlyList<string> ring, IReadOnlyList<SoundWay> ways) =>
        ring.Count >= 3 && ring[0] == ring[^1]
        && ring.Zip(ring.Skip(1)).All(step => ways.Any(way => (way.Forth && way.One == step.First && way.Other == step.Second) || (way.Back && way.Other == step.First && way.One == step.Second)));

    private static HeldResource Held(string name, bool hears, bool talks) => new(ResourceKind.Channel, new ResourceId(Rooms.Hpd, name), name, hears, talks);

    private static RoomHoldings Room(string code, params HeldResource[] held) => new(
        new RoomSummary(new RoomCode(code), "Room", RoomPhase.Open, "fire", Priority.Urgent, null, Rooms.Hpd, false, Rooms.Now, [], [], 0, 0), held, []);
}
