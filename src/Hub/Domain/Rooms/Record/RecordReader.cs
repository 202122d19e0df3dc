using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Journal;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Hub.Domain.Rooms.Record;

/// <summary>Puts a page of a room's journal into words, for one reader.</summary>
internal static class RecordReader
{
    /// <param name="entries">The page, oldest first.</param>
    /// <param name="state">The room as it is now, for the names that stand on earlier pages.</param>
    /// <param name="withheld">The entries of which the reader may not know more than that they are there.</param>
    /// <param name="agency">What people call an agency.</param>
    /// <remarks>Lists are arrays: a compiler's own collection type has no serializer in the cluster.</remarks>
    public static RecordLine[] Lines(IReadOnlyList<JournalEntry> entries, RoomState state, IReadOnlyList<string> withheld, Func<AgencyId, string> agency)
    {
        var called = state.Called;
        var lines = new RecordLine[entries.Count];
        for (var at = 0; at < lines.Length; at++)
        {
            var entry = entries[at];
            if (withheld.Contains(entry.Type))
            {
                lines[at] = new RecordLine(entry with { Actor = Actor.Hub, Command = "", Data = "" }, RecordAspect.Kept, "", RecordLine.WithheldText, [], Withheld: true);
                continue;
            }

            var happened = RoomEvent.Names.Read(entry.Type, entry.Data);
            called = called.Learn(happened);
            var words = new RecordWords(called, agency);
            var (aspect, text) = words.Of(happened);
            lines[at] = new RecordLine(entry, aspect, words.By(entry.Actor), text, words.Presence(happened).ToArray());
        }

        return lines;
    }
}
