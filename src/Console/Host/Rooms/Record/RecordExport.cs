using System.IO.Pipelines;
using System.Text.Json;
using Interop.Console.Host.Web;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Grains.Journal;

namespace Interop.Console.Host.Rooms.Record;

/// <summary>A room's record as a file of JSON, which <see cref="ExportCheck"/> can verify without the hub.</summary>
/// <remarks>Written line by line; a file that lacks its <c>end</c> was cut off, and does not verify.</remarks>
internal static class RecordExport
{
    public const string Format = "interop-record-1";

    public static JsonSerializerOptions Json { get; } = Form();

    public static async Task Write(Stream to, TakenRecord taken, IAsyncEnumerable<RecordLine> lines, CancellationToken cancel)
    {
        // Over a pipe: the serializer flushes its writer as it goes, and a response takes no blocking write.
        var pipe = PipeWriter.Create(to, new StreamPipeWriterOptions(leaveOpen: true));
        await using var json = new Utf8JsonWriter(pipe, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteString("takenAt", taken.At);
        json.WriteString("takenBy", taken.By);
        json.WritePropertyName("room");
        JsonSerializer.Serialize(json, taken.Room.Header, Json);
        json.WriteStartArray("lines");
        var chain = new ChainWalk();
        await foreach (var line in lines.WithCancellation(cancel))
        {
            chain.Take(line.Entry, line.Withheld);
            JsonSerializer.Serialize(json, line, Json);
            json.Flush();
            await pipe.FlushAsync(cancel);
        }

        json.WriteEndArray();
        json.WriteStartObject("end");
        json.WriteNumber("version", chain.Version);
        json.WriteString("hash", chain.Hash);
        if (chain.Fault is { } fault)
            json.WriteString("fault", fault);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        await pipe.CompleteAsync();
    }

    private static JsonSerializerOptions Form()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        JsonForm.Apply(options);
        return options;
    }
}

/// <summary>A record that was given to somebody.</summary>
/// <param name="Room">The room as it was then.</param>
/// <param name="By">To whom.</param>
/// <param name="At">When.</param>
internal sealed record TakenRecord(RoomSnapshot Room, string By, DateTimeOffset At);
