using Interop.Console.Host.Problems;
using Interop.Console.Host.SignIn;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Console.Host.Rooms.Record;

/// <summary>A room's record in words: read page by page, and taken whole.</summary>
internal static class RecordEndpoints
{
    private const int LongestPage = 1_000;

    public static void MapRecord(this IEndpointRouteBuilder room)
    {
        var record = room.MapGroup("/record");
        record.MapGet("", Read).Produces<IReadOnlyList<RecordLine>>().ProducesProblem(400)
            .WithSummary("A page of the room's record in words, oldest first.")
            .WithDescription("Entries after version `after`, at most `count` (1 to 1000), each with what it is about, who did it and what was done. What the reader may not hear keeps its place and its hash, and says nothing else.");
        record.MapGet("/export", Take).Produces(200, contentType: "application/json").Produces(200, contentType: "text/html").ProducesProblem(400).ProducesProblem(403).ProducesProblem(503)
            .WithSummary("The whole record as a file: JSON that can be verified, or an HTML report for people.")
            .WithDescription("`format` is `json` or `html`. Whoever takes it stands in the record.");
    }

    private static async Task<IResult> Read(string code, SignedIn caller, RoomDesk desk, long after = 0, int count = 500)
    {
        var known = RoomDesk.Code(code);
        if (!known.Ok)
            return Problem.From(known.Refusal);
        if (after < 0 || count is < 1 or > LongestPage)
            return Problem.From(new Refusal(RefusalKind.Invalid, "record.page", $"after is 0 or more, and count 1 to {LongestPage}.", after < 0 ? "after" : "count"));
        return (await desk.Room(code).ReadRecord(caller.Actor, after, count)).Or(Results.Ok);
    }

    private static async Task<IResult> Take(string code, SignedIn caller, RoomDesk desk, IDirectory directory, TimeProvider time, HttpContext context, string format = "json")
    {
        if (format is not ("json" or "html"))
            return Problem.From(new Refusal(RefusalKind.Invalid, "record.format", "A record is taken as json or html.", "format"));
        var taken = await desk.Execute(code, new TakeRecord(format), caller);
        if (!taken.Ok)
            return Problem.From(taken.Refusal);
        var look = await desk.Look(code, caller.Actor);
        if (!look.Ok)
            return Problem.From(look.Refusal);
        string Name(AgencyId agency) => agency.Value.Length == 0 ? "" : directory.AgencyName(agency);
        var record = new TakenRecord(look.Value, $"{caller.Actor.Name}, {Name(caller.Agency)}", time.GetUtcNow());
        IAsyncEnumerable<RecordLine> Lines() => RecordPages.Lines(desk.Room(code), caller.Actor, taken.Value.Version, context.RequestAborted);
        var name = $"room-{code}-{record.At:yyyyMMdd-HHmmss}.{format}";
        if (format == "json")
            return Results.Stream(to => RecordExport.Write(to, record, Lines(), context.RequestAborted), "application/json", name);
        var report = new RecordReport(record, Name);
        await report.Gather(Lines(), context.RequestAborted);
        return Results.Stream(to => report.Write(to, Lines(), context.RequestAborted), "text/html; charset=utf-8", name);
    }
}
