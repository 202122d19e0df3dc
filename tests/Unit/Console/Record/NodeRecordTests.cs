using System.Net;
using System.Text;
using Interop.Console.Host.Rooms.Record;

namespace Interop.Tests.Unit.Console.Record;

[Collection(NodeCollection.Name)]
public sealed class NodeRecordTests(TestNode node)
{
    private readonly HttpClient _dispatcher = node.Client(TestNode.Dispatcher);

    [Fact]
    public async Task The_record_is_read_in_words_and_taken_whole_and_the_taking_stands_in_it()
    {
        var cancel = TestContext.Current.CancellationToken;
        var room = await _dispatcher.Post("/api/rooms", """{"title":"Elm Street","type":"test"}""").Json(HttpStatusCode.Created);
        var path = $"/api/rooms/{room.Text("code")}/record";
        await _dispatcher.Post($"/api/rooms/{room.Text("code")}/chat", """{"text":"Units responding"}""").Json(HttpStatusCode.Created);

        var json = await _dispatcher.GetAsync($"{path}/export?format=json", cancel);
        var html = await _dispatcher.GetStringAsync($"{path}/export?format=html", cancel);
        var lines = await _dispatcher.GetAsync($"{path}?after=1").Json(HttpStatusCode.OK);

        Assert.Equal("attachment", json.Content.Headers.ContentDisposition?.DispositionType);
        var check = await ExportCheck.Of(await json.Content.ReadAsStreamAsync(cancel), cancel);
        Assert.Equal((3, null), (check.Entries, check.Fault));
        Assert.Contains("wrote: Units responding", html, StringComparison.Ordinal);
        Assert.Contains("was given the whole record to keep, as JSON", html, StringComparison.Ordinal);
        Assert.Equal(["wrote: Units responding", "was given the whole record to keep, as JSON", "was given the whole record to keep, as HTML"], lines.EnumerateArray().Select(line => line.Text("text")));
    }

    [Fact]
    public async Task Who_only_looks_reads_it_and_takes_nothing_away()
    {
        var observer = node.Client(TestNode.Observer);

        await observer.GetAsync("/api/rooms/4201/record").Json(HttpStatusCode.OK);
        Assert.Equal("room.not-allowed", await observer.GetAsync("/api/rooms/4201/record/export").Problem(HttpStatusCode.Forbidden));
        Assert.Equal("record.format", await _dispatcher.GetAsync("/api/rooms/4201/record/export?format=pdf").Problem(HttpStatusCode.BadRequest));
        Assert.Equal("room.unknown", await node.Client(TestNode.Sensor).GetAsync("/api/rooms/4201/record").Problem(HttpStatusCode.NotFound));
    }
}
