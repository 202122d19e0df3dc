namespace Interop.Hub.Domain.Sharing;

/// <summary>A way by which sound goes between two places: a resource that is lent into a room, or a call between two rooms.</summary>
/// <param name="Id">Names it; a place sends nothing back by the way that it came.</param>
/// <param name="One">A room or a resource.</param>
/// <param name="Other">A room or a resource.</param>
/// <param name="Forth">Whether sound goes from the one to the other.</param>
/// <param name="Back">Whether sound goes from the other to the one.</param>
internal readonly record struct SoundWay(string Id, string One, string Other, bool Forth, bool Back);

/// <summary>Proves that no sound comes round: everybody hears everybody but himself, so a ring of ways is the only loop.</summary>
/// <remarks>
/// A place never sends sound back by the way that brought it: a room's mix for a leg is without the leg, a half-duplex channel is
/// not keyed for its own sound. So sound comes round exactly where a directed ring of two or more different ways exists, and
/// a way that is added to a graph without one makes one exactly where its far end reaches its near end by other ways.
/// </remarks>
internal static class SoundGraph
{
    /// <summary>The ring that a way would close, as the places in their order with the first again at the end; null for none.</summary>
    public static IReadOnlyList<string>? Ring(IReadOnlyCollection<SoundWay> ways, SoundWay added) =>
        (added.Forth ? Path(ways, added.Id, added.Other, added.One) : null) ?? (added.Back ? Path(ways, added.Id, added.One, added.Other) : null);

    /// <summary>The shortest way round by others, begun and ended at the place where the added way begins.</summary>
    private static List<string>? Path(IReadOnlyCollection<SoundWay> ways, string but, string from, string to)
    {
        var cameFrom = new Dictionary<string, string?>(StringComparer.Ordinal) { [from] = null };
        var next = new Queue<string>([from]);
        while (next.TryDequeue(out var place))
        {
            if (place == to)
                return Walk(cameFrom, to);
            foreach (var way in ways)
                if (way.Id != but && Beyond(way, place) is { } beyond && cameFrom.TryAdd(beyond, place))
                    next.Enqueue(beyond);
        }

        return null;
    }

    private static string? Beyond(SoundWay way, string place) =>
        way.Forth && way.One == place ? way.Other : way.Back && way.Other == place ? way.One : null;

    private static List<string> Walk(Dictionary<string, string?> cameFrom, string to)
    {
        var path = new List<string>();
        for (var place = to; place is not null; place = cameFrom[place])
            path.Add(place);
        path.Reverse();
        path.Insert(0, to);
        return path;
    }
}
