using System.Globalization;
using System.Text;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Grains.Journal;

namespace Interop.Console.Host.Rooms.Record;

/// <summary>A room's record as one page of HTML for people: no script, nothing loaded, readable aloud and on paper.</summary>
/// <remarks>The record is read twice, so that what is told first needs no more memory than a list of stays and a few lines.</remarks>
internal sealed class RecordReport(TakenRecord taken, Func<AgencyId, string> agency)
{
    /// <summary>Lines that are told once more under a heading of their own; all of them stand in the whole record.</summary>
    private const int MostInASection = 2_000;

    private const string Style = """
        body{font:1rem/1.5 system-ui,sans-serif;color:#111;background:#fff;max-width:75rem;margin:0 auto;padding:1rem}
        table{border-collapse:collapse;width:100%;margin:0 0 1.5rem}caption{text-align:left;font-weight:600;padding:.25rem 0}
        th,td{border:1px solid #767676;padding:.25rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
        th{background:#eee}dt{font-weight:600}dd{margin:0 0 .5rem}code{font-size:.85em}@media print{thead{display:table-header-group}}
        """;

    private static readonly (RecordAspect Aspect, string Heading, string None)[] s_sections =
    [
        (RecordAspect.Invited, "Who was asked in, and came", "Nobody was asked in."),
        (RecordAspect.Shared, "What was lent, and taken back", "Nothing was lent."),
        (RecordAspect.Seen, "What members were shown", "Nothing was shown."),
        (RecordAspect.Refused, "What was refused", "Nothing was refused."),
        (RecordAspect.Lost, "What was lost", "Nothing was lost."),
    ];

    private readonly Attendance _attendance = new();
    private readonly ChainWalk _chain = new();
    private readonly Dictionary<RecordAspect, List<RecordLine>> _sections = s_sections.ToDictionary(section => section.Aspect, _ => new List<RecordLine>());
    private long _withheld;

    /// <summary>The first reading.</summary>
    public async Task Gather(IAsyncEnumerable<RecordLine> lines, CancellationToken cancel)
    {
        await foreach (var line in lines.WithCancellation(cancel))
        {
            _chain.Take(line.Entry, line.Withheld);
            _attendance.Take(line);
            _withheld += line.Withheld ? 1 : 0;
            if (_sections.TryGetValue(line.Aspect, out var section) && section.Count < MostInASection)
                section.Add(line);
        }
    }

    /// <summary>The second reading, and the page.</summary>
    public async Task Write(Stream to, IAsyncEnumerable<RecordLine> lines, CancellationToken cancel)
    {
        await using var text = new StreamWriter(to, new UTF8Encoding(false), leaveOpen: true);
        var html = new HtmlText();
        Head(html);
        Connected(html);
        foreach (var (aspect, heading, none) in s_sections)
            Section(html, heading, none, _sections[aspect]);
        html.Element("h2 id=\"record\"", "The whole record");
        html.BeginTable("Every entry, in the order in which it was written", ["No.", "Time", "Who", "What", "Hash"]);
        await foreach (var line in lines.WithCancellation(cancel))
        {
            html.Raw("<tr><td>");
            html.Raw(line.Entry.Version.ToString(CultureInfo.InvariantCulture));
            html.Raw("</td>");
            Told(html, line);
            html.Raw($"<td><code>{line.Entry.Hash[..16]}</code></td></tr>\n");
            await html.Flush(text, cancel);
        }

        html.EndTable();
        html.Raw("</main></body></html>\n");
        await html.Flush(text, cancel);
    }

    private void Head(HtmlText html)
    {
        var room = taken.Room.Header;
        html.Raw("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">");
        html.Element("title", $"Record of room {room.Code}: {room.Title}");
        html.Raw($"<style>{Style}</style></head><body><main>\n");
        html.Element("h1", $"Record of room {room.Code}: {room.Title}");
        html.Raw("<dl>");
        Fact(html, "Held by", agency(room.Owner));
        Fact(html, "Type and priority", $"{room.Type}, {room.Priority.ToString().ToLowerInvariant()}");
        if (room.Place is { } place)
            Fact(html, "Place", string.Join(", ", new[] { place.Text, At(place) }.OfType<string>()));
        html.Raw("<dt>Opened</dt><dd>");
        html.Time(room.OpenedAt);
        html.Text($", by {room.OpenedBy}");
        html.Raw("</dd>");
        Fact(html, "State when this was taken", room.State.ToString().ToLowerInvariant());
        html.Raw("<dt>This report</dt><dd>");
        html.Time(taken.At);
        html.Text($", given to {taken.By}");
        html.Raw("</dd>");
        Fact(html, "Proof", Proof());
        html.Raw("</dl>\n");
    }

    private string Proof() => _chain.Fault is { } fault
        ? $"The chain of hashes is BROKEN after entry {_chain.Version}: {fault}"
        : $"{_chain.Version} entries, each with the hash of the one before, and none is missing"
            + (_withheld == 0 ? "" : $"; what {_withheld} of them say is withheld from whoever took this report")
            + $". The last hash is {_chain.Hash}. The same record as JSON is verified by: interop journal verify --export FILE";

    private void Connected(HtmlText html)
    {
        html.Element("h2", "Who was connected to the room's voice");
        if (_attendance.Stays.Count == 0)
        {
            html.Element("p", "Nobody was connected.");
            return;
        }

        html.Table("Each stretch of being connected", ["Who", "Agency", "From", "To"], _attendance.Stays, stay =>
        {
            html.Element("td", stay.Name);
            html.Element("td", agency(stay.Agency));
            html.Raw("<td>");
            html.Time(stay.From);
            html.Raw("</td><td>");
            html.Time(stay.To);
            html.Raw("</td>");
        });
    }

    private static void Section(HtmlText html, string heading, string none, List<RecordLine> lines)
    {
        html.Element("h2", heading);
        if (lines.Count == 0)
        {
            html.Element("p", none);
            return;
        }

        html.Table(heading, ["Time", "Who", "What"], lines, line => Told(html, line));
        if (lines.Count == MostInASection)
            html.Element("p", $"These are the first {MostInASection}; the rest stands in the whole record.");
    }

    private static void Told(HtmlText html, RecordLine line)
    {
        html.Raw("<td>");
        html.Time(line.Entry.Time);
        html.Raw("</td>");
        html.Element("td", line.By);
        html.Element("td", line.Text);
    }

    private static void Fact(HtmlText html, string name, string text)
    {
        html.Element("dt", name);
        html.Element("dd", text);
    }

    private static string? At(Place place) => place is { Latitude: { } latitude, Longitude: { } longitude }
        ? string.Create(CultureInfo.InvariantCulture, $"{latitude:0.#####}, {longitude:0.#####}")
        : null;
}
