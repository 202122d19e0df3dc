using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Journal;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Rooms;
using Interop.Hub.Domain.Rooms.Record;
using Interop.Hub.Grains.Journal;
using Interop.Console.Host.Rooms.Record;
using Interop.Tests.Unit.Hub;
using static Interop.Tests.Unit.Hub.Rooms;

namespace Interop.Tests.Unit.Console.Record;

/// <summary>A room's record with a true chain.</summary>
internal static class RecordSamples
{
    public static TakenRecord Taken { get; } =
        new(RoomLive.Snapshot(Busy(), default, new RoomSound([], null), static leg => leg), "Dana, Hartford Police", Now);

    public static IReadOnlyList<RecordLine> Lines(bool mayHear, params IReadOnlyList<(Actor Actor, RoomEvent Happened)> happened)
    {
        var entries = new List<JournalEntry>();
        foreach (var (actor, one) in happened)
        {
            var (name, data) = RoomEvent.Names.Write(one);
            var entry = new JournalEntry(
                "room/4201", entries.Count + 1, 1, Now.AddSeconds(entries.Count), actor, $"c{entries.Count}", name, data, entries.LastOrDefault()?.Hash ?? new string('0', 64), "");
            entries.Add(entry with { Hash = EntryHash.Of(entry) });
        }

        return RecordReader.Lines(entries, new RoomState(Code), mayHear ? [] : Recordings.ForHearers, Around().NameOf);
    }

    public static async IAsyncEnumerable<T> Stream<T>(this IEnumerable<T> all)
    {
        await Task.CompletedTask;
        foreach (var one in all)
            yield return one;
    }
}
