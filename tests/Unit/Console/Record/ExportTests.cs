using System.Text;
using Interop.Console.Host.Rooms.Record;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Rooms;
using static Interop.Tests.Unit.Hub.Rooms;

namespace Interop.Tests.Unit.Console.Record;

public sealed class ExportTests
{
    private static readonly (Interop.Hub.Contracts.Actor, RoomEvent)[] Happened =
    [
        (Dispatcher, new ChatPosted("line-1", "Dana", Hpd, "console", "Shots at Main St", null)),
        (Dispatcher, new RecordingHeard("00ff")),
        (Partner, new ChatPosted("line-2", "Pat", Ctic, "console", "Camera is yours", null)),
    ];

    [Fact]
    public async Task What_was_taken_verifies_by_itself()
    {
        var check = await Check(await Export(RecordSamples.Lines(mayHear: true, Happened)));

        Assert.Equal(new ExportCheck(3, 0, null), check);
    }

    [Fact]
    public async Task What_is_withheld_keeps_its_place_in_the_chain()
    {
        var text = await Export(RecordSamples.Lines(mayHear: false, Happened));

        Assert.DoesNotContain("00ff", text, StringComparison.Ordinal);
        Assert.Equal(new ExportCheck(3, 1, null), await Check(text));
    }

    [Theory]
    [InlineData("Camera is yours", "Camera is mine!", "Entry 3 has the hash")]
    [InlineData("\"version\": 2", "\"version\": 3", "Entry 2 is missing")]
    [InlineData("interop-record-1", "interop-record-9", "format")]
    [InlineData("\"end\"", "\"fin\"", "goes on after entry 3")]
    public async Task Whatever_was_altered_is_named(string what, string with, string fault)
    {
        var text = await Export(RecordSamples.Lines(mayHear: true, Happened));

        Assert.Contains(fault, (await Check(text.Replace(what, with, StringComparison.Ordinal))).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_withheld_must_not_say_anything()
    {
        var lines = RecordSamples.Lines(mayHear: false, Happened);
        var invented = lines[1] with { Text = "was never there" };

        Assert.Contains("Entry 2 is withheld, and says", (await Check(await Export([lines[0], invented, lines[2]]))).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_was_taken_out_and_a_file_that_was_cut_off_are_named()
    {
        var lines = RecordSamples.Lines(mayHear: true, Happened);
        var text = await Export(lines);

        Assert.Contains("Entry 2 is missing", (await Check(await Export([lines[0], lines[2]]))).Fault, StringComparison.Ordinal);
        Assert.Contains("cannot be read", (await Check(text[..^40])).Fault, StringComparison.Ordinal);
    }

    private static async Task<string> Export(IEnumerable<RecordLine> lines)
    {
        using var to = new MemoryStream();
        await RecordExport.Write(to, RecordSamples.Taken, lines.Stream(), TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(to.ToArray());
    }

    private static Task<ExportCheck> Check(string text) =>
        ExportCheck.Of(new MemoryStream(Encoding.UTF8.GetBytes(text)), TestContext.Current.CancellationToken);
}
