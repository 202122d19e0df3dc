using System.Collections.Immutable;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Hub.Domain.Sharing;

/// <summary>One resource in one room.</summary>
/// <param name="Hears">Whether the room hears it.</param>
/// <param name="Talks">Whether the room talks on it.</param>
[GenerateSerializer, Alias("interop.held-resource")]
internal sealed record HeldResource(ResourceKind Kind, ResourceId Resource, string Name, bool Hears, bool Talks)
{
    public bool IsVoice => Kind is ResourceKind.Channel or ResourceKind.Endpoint or ResourceKind.Number;

    public bool Is(HeldResource other) => Kind == other.Kind && Resource == other.Resource;

    public static HeldResource Of(LentResource resource, ShareDirection direction) => new(
        resource.Kind,
        resource.Resource,
        resource.Name,
        resource.IsVoice && direction != ShareDirection.Talk,
        resource.IsVoice && direction != ShareDirection.Listen && resource.Gateway is not { Transmit: null });
}

/// <summary>What a room has of other agencies' and its own resources, and which rooms of this hub it calls or was called by.</summary>
/// <param name="Room">As a list shows it, for who may know of it.</param>
/// <param name="PointsTo">Codes that its legs lead to; a call between rooms is one where both point to each other.</param>
[GenerateSerializer, Alias("interop.room-holdings")]
internal sealed record RoomHoldings(RoomSummary Room, IReadOnlyList<HeldResource> Held, IReadOnlyList<string> PointsTo);

/// <summary>Why a room may not have a resource, or a call.</summary>
/// <param name="TalkedOnFrom">The room that talks on it already; null where the fault is a loop.</param>
/// <param name="Ring">The places of the loop: rooms and names.</param>
[GenerateSerializer, Alias("interop.claim-fault")]
internal sealed record ClaimFault(string Name, RoomSummary? TalkedOnFrom, IReadOnlyList<RingPlace> Ring);

/// <summary>A place of a loop: a room, or else a resource's name.</summary>
[GenerateSerializer, Alias("interop.ring-place")]
internal sealed record RingPlace(RoomSummary? Room, string Name);

/// <summary>Which resource is in which room, across the hub; it decides whether one more may be.</summary>
internal sealed record ShareMap
{
    public ImmutableDictionary<string, RoomHoldings> Rooms { get; init; } = ImmutableDictionary<string, RoomHoldings>.Empty;

    /// <summary>The same with a room as it is; one that has nothing is forgotten.</summary>
    public ShareMap With(RoomHoldings holdings) => this with
    {
        Rooms = holdings is { Held.Count: 0, PointsTo.Count: 0 }
            ? Rooms.Remove(holdings.Room.Code.Value)
            : Rooms.SetItem(holdings.Room.Code.Value, holdings),
    };

    /// <summary>The rooms that have a resource.</summary>
    public IEnumerable<RoomCode> RoomsOf(ResourceKind kind, ResourceId resource) => Rooms.Values
        .Where(room => room.Held.Any(held => held.Kind == kind && held.Resource == resource))
        .Select(room => room.Room.Code);

    /// <summary>What stands against a room's having what it wants beside what the map knows of it; null for nothing.</summary>
    public ClaimFault? Check(RoomHoldings wanted)
    {
        var code = wanted.Room.Code.Value;
        var known = Rooms.GetValueOrDefault(code) ?? new RoomHoldings(wanted.Room, [], []);
        // What the room has already is not asked for again: one old conflict must not refuse all that comes after.
        foreach (var held in wanted.Held.Where(held => !known.Held.Any(held.Is)))
            if (held.Talks && TalksOn(held, code) is { } other)
                return new ClaimFault(held.Name, other, []);
        // One at a time, so that each is held against those before it.
        var map = this with { Rooms = Rooms.Remove(code) };
        map = map.With(known);
        foreach (var held in wanted.Held.Where(held => !known.Held.Any(held.Is)))
        {
            if (SoundGraph.Ring(map.Ways(), Way(code, held)) is { } ring)
                return new ClaimFault(held.Name, null, map.Places(ring, wanted, held));
            map = map.With(map.Of(wanted, code) is var so ? so with { Held = [.. so.Held, held] } : so);
        }

        foreach (var points in wanted.PointsTo.Where(points => !known.PointsTo.Contains(points)))
        {
            var linked = map.With(map.Of(wanted, code) is var so ? so with { PointsTo = [.. so.PointsTo, points] } : so);
            if (linked.Link(code, points) is { } link && SoundGraph.Ring(map.Ways(), link) is { } ring)
                return new ClaimFault($"room {points}", null, map.Places(ring, wanted, null));
            map = linked;
        }

        return null;
    }

    /// <summary>Every way by which sound goes between rooms and resources.</summary>
    public IReadOnlyCollection<SoundWay> Ways()
    {
        var ways = new List<SoundWay>();
        foreach (var (code, room) in Rooms)
        {
            foreach (var held in room.Held)
                if (held.IsVoice)
                    ways.Add(Way(code, held));
            foreach (var points in room.PointsTo)
                if (string.CompareOrdinal(code, points) < 0 && Link(code, points) is { } link)
                    ways.Add(link);
        }

        return ways;
    }

    private RoomHoldings Of(RoomHoldings wanted, string code) => Rooms.GetValueOrDefault(code) ?? new RoomHoldings(wanted.Room, [], []);

    private RoomSummary? TalksOn(HeldResource wanted, string but)
    {
        foreach (var (code, room) in Rooms)
            if (code != but && room.Held.Any(held => held.Talks && held.Is(wanted)))
                return room.Room;
        return null;
    }

    private static SoundWay Way(string code, HeldResource held) =>
        new($"{code} {Place(held)}", $"room:{code}", Place(held), held.Talks, held.Hears);

    /// <summary>The call between two rooms that point to each other. What its legs may do changes by key, so it counts both ways.</summary>
    private SoundWay? Link(string one, string other) =>
        one != other
        && Rooms.TryGetValue(one, out var first) && first.PointsTo.Contains(other)
        && Rooms.TryGetValue(other, out var second) && second.PointsTo.Contains(one)
            ? string.CompareOrdinal(one, other) < 0
                ? new SoundWay($"{one} {other}", $"room:{one}", $"room:{other}", true, true)
                : new SoundWay($"{other} {one}", $"room:{other}", $"room:{one}", true, true)
            : null;

    private static string Place(HeldResource held) => $"{held.Kind}:{held.Resource}";

    private RingPlace[] Places(IReadOnlyList<string> ring, RoomHoldings wanted, HeldResource? added) => [.. ring.Select(place =>
    {
        const string room = "room:";
        if (place.StartsWith(room, StringComparison.Ordinal))
            return new RingPlace(Rooms.GetValueOrDefault(place[room.Length..])?.Room ?? wanted.Room, $"room {place[room.Length..]}");
        var held = Rooms.Values.SelectMany(known => known.Held).FirstOrDefault(known => Place(known) == place) ?? added;
        return new RingPlace(null, held?.Name ?? place);
    })];
}
