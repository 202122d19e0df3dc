using System.Runtime.CompilerServices;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Console.Host.Rooms.Record;

/// <summary>Reads a room's record from its beginning, page by page: a room that stood for years does not fit into one turn.</summary>
internal static class RecordPages
{
    private const int Page = 500;

    /// <param name="room">The room.</param>
    /// <param name="reader">For whom; what they may not know is withheld.</param>
    /// <param name="upTo">The last entry that is wanted.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="RecordUnreadException">The room refused meanwhile.</exception>
    public static async IAsyncEnumerable<RecordLine> Lines(
        IRoomGrain room, Actor reader, long upTo, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (var after = 0L; after < upTo;)
        {
            cancel.ThrowIfCancellationRequested();
            var page = await room.ReadRecord(reader, after, Page);
            if (!page.Ok)
                throw new RecordUnreadException(page.Refusal);
            foreach (var line in page.Value)
                if (line.Entry.Version <= upTo)
                    yield return line;
            if (page.Value.Count == 0)
                yield break;
            after = page.Value[^1].Entry.Version;
        }
    }
}

/// <summary>The record could not be read to its end, so what was written of it is not whole.</summary>
internal sealed class RecordUnreadException(Refusal refusal) : Exception(refusal.Text);
