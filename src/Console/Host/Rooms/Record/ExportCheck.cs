using System.Text.Json;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Grains.Journal;

namespace Interop.Console.Host.Rooms.Record;

/// <summary>Verifies a file that <see cref="RecordExport"/> wrote, by nothing but the file.</summary>
internal sealed record ExportCheck(long Entries, long Withheld, string? Fault)
{
    private sealed record Document(string? Format, IReadOnlyList<RecordLine>? Lines, End? End);

    private sealed record End(long Version, string Hash);

    public static async Task<ExportCheck> Of(Stream file, CancellationToken cancel)
    {
        Document? document;
        try
        {
            document = await JsonSerializer.DeserializeAsync<Document>(file, RecordExport.Json, cancel);
        }
        catch (JsonException broken)
        {
            return new ExportCheck(0, 0, $"The file cannot be read: {broken.Message}");
        }

        if (document is not { Format: RecordExport.Format, Lines: { } lines })
            return new ExportCheck(0, 0, $"The file is no record of the format {RecordExport.Format}.");
        var chain = new ChainWalk();
        string? invented = null;
        foreach (var line in lines)
        {
            // A line whose content was taken out proves its place and nothing else: it must not say anything.
            if (line.Withheld && (line.Entry.Data.Length > 0 || line.Entry.Command.Length > 0 || !line.Entry.Actor.IsHub || line.Text != RecordLine.WithheldText || line.Presence.Count > 0))
                invented ??= $"Entry {line.Entry.Version} is withheld, and says something all the same.";
            if (!chain.Take(line.Entry, line.Withheld))
                break;
        }

        var fault = chain.Fault ?? invented ?? (document.End is { } end && end.Version == chain.Version && end.Hash == chain.Hash
            ? null
            : $"The record goes on after entry {chain.Version}, and the file does not.");
        return new ExportCheck(chain.Version, lines.Count(static line => line.Withheld), fault);
    }
}
