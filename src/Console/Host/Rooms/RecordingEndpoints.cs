using Interop.Bridges.Media.Recording;
using Interop.Console.Host.Problems;
using Interop.Console.Host.SignIn;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Console.Host.Rooms;

/// <summary>What was recorded in a room: listed, heard, held.</summary>
internal static class RecordingEndpoints
{
    private const int LongestPage = 1_000;

    /// <summary>A player asks for one segment many times, part by part; within so long that is one hearing.</summary>
    private static readonly TimeSpan s_hearing = TimeSpan.FromMinutes(5);

    public static void MapRecordings(this IEndpointRouteBuilder room)
    {
        var recordings = room.MapGroup("/recordings").ProducesProblem(403);
        recordings.MapGet("", List).Produces<IReadOnlyList<RecordedSegment>>().ProducesProblem(400)
            .WithSummary("What is kept of the room's voice, newest first.")
            .WithDescription("Segments that began before `before`, at most `count` (1 to 1000). A segment is one transmission of one leg, or a piece of the room's mix, a minute long at most.");
        recordings.MapGet("/{id}", Hear).Produces(200, contentType: "audio/wav").Produces(206, contentType: "audio/wav").ProducesProblem(503)
            .WithSummary("A segment to play or to keep: WAV, in parts where a range is asked for.")
            .WithDescription("Whoever is given it stands in the room's record. `recording.not-here`: the file is not on this node's disk.");
        recordings.MapPost("/hold", Hold).Produces(204).ProducesProblem(400).ProducesProblem(409).ProducesProblem(503)
            .WithSummary("Holds every recording of the room, whatever its age, until it is released.");
        recordings.MapPost("/release", Release).Produces(204).ProducesProblem(400).ProducesProblem(503)
            .WithSummary("Ends a hold: what is over its age is deleted again.");
    }

    private static async Task<IResult> List(string code, SignedIn caller, RoomDesk desk, DateTimeOffset? before = null, int count = 500)
    {
        var known = RoomDesk.Code(code);
        if (!known.Ok)
            return Problem.From(known.Refusal);
        if (count is < 1 or > LongestPage)
            return Problem.From(new Refusal(RefusalKind.Invalid, "recording.page", $"count is 1 to {LongestPage}.", "count"));
        return (await desk.Room(code).Recordings(caller.Actor, before, count)).Or(Results.Ok);
    }

    private static async Task<IResult> Hear(string code, string id, SignedIn caller, RoomDesk desk, SegmentFolder folder, TimeProvider time, HttpContext context)
    {
        var known = RoomDesk.Code(code);
        if (!known.Ok)
            return Problem.From(known.Refusal);
        var file = folder.Open(code, id);
        // Nobody is said to have heard what could not be given.
        if (file is null)
            return (await desk.Room(code).Recording(caller.Actor, id)).Or(static _ => Problem.From(NotHere));
        // However the request ends.
        context.Response.RegisterForDisposeAsync(file);
        var heard = await desk.Room(code).Execute(new HearRecording(id), caller.Actor, HearingOf(id, caller, time));
        if (!heard.Ok)
            return Problem.From(heard.Refusal);
        context.Response.Headers.CacheControl = "private, no-store";
        return Results.File(file, "audio/wav", $"{code}-{id}.wav", enableRangeProcessing: true);
    }

    private static async Task<IResult> Hold(string code, RecordingReason request, SignedIn caller, RoomDesk desk) =>
        (await desk.Execute(code, new HoldRecordings(request.Reason), caller)).Or(static _ => Results.NoContent());

    private static async Task<IResult> Release(string code, RecordingReason request, SignedIn caller, RoomDesk desk) =>
        (await desk.Execute(code, new ReleaseRecordings(request.Reason), caller)).Or(static _ => Results.NoContent());

    private static CommandId HearingOf(string id, SignedIn caller, TimeProvider time) =>
        new($"{caller.Actor.Kind}/{caller.Id}/hear/{id}/{time.GetUtcNow().Ticks / s_hearing.Ticks}");

    private static Refusal NotHere => new(RefusalKind.NotFound, "recording.not-here", "The recording is not on this node's disk: it is where the room's voice was carried then, or its file was taken away.");
}

/// <summary>Why recordings are held, or no longer.</summary>
internal sealed record RecordingReason(string? Reason);
