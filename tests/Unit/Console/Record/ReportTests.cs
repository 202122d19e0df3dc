using System.Text;
using Interop.Console.Host.Rooms.Record;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Rooms;
using static Interop.Tests.Unit.Hub.Rooms;

namespace Interop.Tests.Unit.Console.Record;

public sealed class ReportTests
{
    private static readonly LegId Leg = new("leg-1");

    private static readonly (Actor, RoomEvent)[] Happened =
    [
        (Phone(Hpd), new LegJoined(Leg, new Party(Hpd, "Car 12", "sip:c12@10.0.0.1", "trunk:lab"))),
        (Dispatcher, new ChatPosted("line-1", "Dana", Hpd, "console", "<script>alert(1)</script> & \"Grüße\"", null)),
        (Actor.Hub, new LegLost(Leg, "no answer")),
    ];

    [Fact]
    public async Task It_says_who_was_connected_from_when_to_when_and_what_was_lost()
    {
        var html = await Report(RecordSamples.Lines(mayHear: true, Happened));

        Assert.Contains("<td>Car 12</td><td>Hartford Police</td><td><time datetime=\"2026-11-23T06:00:00.00+00:00\">2026-11-23 06:00:00.00 +00:00</time></td><td><time datetime=\"2026-11-23T06:00:02.00+00:00\">", html, StringComparison.Ordinal);
        Assert.Contains("saw Car 12 lost: no answer", html, StringComparison.Ordinal);
        Assert.Contains("Nothing was refused.", html, StringComparison.Ordinal);
        Assert.Contains("3 entries, each with the hash of the one before, and none is missing", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_people_wrote_is_text_and_never_markup()
    {
        var html = await Report(RecordSamples.Lines(mayHear: true, Happened));

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_can_be_read_aloud_and_loads_nothing()
    {
        var html = await Report(RecordSamples.Lines(mayHear: true, Happened));

        Assert.StartsWith("<!doctype html>\n<html lang=\"en\">", html, StringComparison.Ordinal);
        Assert.Equal(Count(html, "<table>"), Count(html, "<table><caption>"));
        Assert.DoesNotContain("<th>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", html, StringComparison.Ordinal);
        Assert.Equal(1, Count(html, "<h1>"));
        foreach (var tag in new[] { "table", "thead", "tbody", "tr", "td", "th", "dl", "dt", "dd", "main", "body", "html", "time", "code", "h2" })
            Assert.Equal(Count(html, $"</{tag}>"), Count(html, $"<{tag}>") + Count(html, $"<{tag} "));
    }

    [Fact]
    public async Task A_chain_that_is_broken_is_said_to_be()
    {
        var lines = RecordSamples.Lines(mayHear: true, Happened);

        Assert.Contains("BROKEN after entry 1: Entry 2 is missing", await Report([lines[0], lines[2]]), StringComparison.Ordinal);
    }

    private static async Task<string> Report(IReadOnlyList<RecordLine> lines)
    {
        var report = new RecordReport(RecordSamples.Taken, Around().NameOf);
        using var to = new MemoryStream();
        await report.Gather(lines.Stream(), TestContext.Current.CancellationToken);
        await report.Write(to, lines.Stream(), TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(to.ToArray());
    }

    private static int Count(string html, string what) => html.Split(what).Length - 1;
}
