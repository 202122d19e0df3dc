using Interop.Console.Host.Problems;
using Interop.Console.Host.Rooms.Record;
using Interop.Console.Host.SignIn;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Journal;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Console.Host.Rooms;

/// <summary>Opening, reading and closing rooms over REST.</summary>
internal static class RoomEndpoints
{
    private const int LongestPage = 1_000;

    public static IServiceCollection AddRooms(this IServiceCollection services) =>
        services.AddSingleton<RoomDesk>().AddSingleton<LentResources>();

    public static IEndpointRouteBuilder MapRooms(this IEndpointRouteBuilder api)
    {
        var rooms = api.MapGroup("/rooms").WithTags("Rooms").RequireAuthorization().Within(TokenScope.Rooms);
        rooms.MapGet("", static (SignedIn caller, RoomDesk desk) => desk.List(caller.Actor))
            .WithSummary("The open rooms that the caller may see.");
        rooms.MapPost("", Open).Produces<RoomSnapshot>(201).ProducesProblem(400).ProducesProblem(403)
            .WithSummary("Opens a room; it gets a dial code of its own.");
        var room = rooms.MapGroup("/{code}").ProducesProblem(404);
        room.MapGet("", static async (string code, SignedIn caller, RoomDesk desk) => (await desk.Look(code, caller.Actor)).Or(Results.Ok))
            .Produces<RoomSnapshot>().WithSummary("The whole room as of one revision.");
        room.MapPost("/close", Close).Produces<CloseAnswer>(202).ProducesProblem(403).ProducesProblem(409)
            .WithSummary("Asks the room to close; it can be undone until closesAt.");
        room.MapPost("/reopen", Reopen).Produces<RoomSnapshot>().ProducesProblem(403).ProducesProblem(409)
            .WithSummary("Takes the closing back while it can be.");
        room.MapGet("/journal", Journal).Produces<IReadOnlyList<JournalEntry>>()
            .WithSummary("A page of the room's record, oldest first.")
            .WithDescription("Entries after version `after`, at most `count` (1 to 1000). Each entry carries the hash of the one before. What was recorded is left out for those who may not hear it.");
        room.MapInvites();
        room.MapLinks();
        room.MapLease();
        room.MapLegs();
        room.MapVoice();
        room.MapShares();
        room.MapMessages();
        room.MapRecordings();
        room.MapRecord();
        return api;
    }

    private static async Task<IResult> Open(OpenRequest request, SignedIn caller, RoomDesk desk, LentResources resources)
    {
        var shares = resources.FindChannels(caller.Agency, request.Shares ?? [], "shares");
        if (!shares.Ok)
            return Problem.From(shares.Refusal);
        var opened = await desk.Open(new OpenRoom(
            request.Title ?? "",
            request.Type ?? "incident",
            request.Priority ?? Priority.Urgent,
            request.Place,
            caller.Agency,
            request.Admits ?? [],
            request.Invites ?? [],
            shares.Value,
            Until: request.Until), caller);
        return opened.Or(room => Results.Created($"/api/rooms/{room.Code.Value}", room));
    }

    private static async Task<IResult> Close(string code, SignedIn caller, RoomDesk desk, CloseRequest? request = null) =>
        (await desk.Execute(code, new CloseRoom(request?.Reason), caller, static (room, _) => new CloseAnswer(room.Header.ClosesAt)))
        .Or(answer => Results.Accepted($"/api/rooms/{code}", answer));

    private static async Task<IResult> Reopen(string code, SignedIn caller, RoomDesk desk) =>
        (await desk.Execute<RoomSnapshot>(code, new UndoClose(), caller, static (room, _) => room)).Or(Results.Ok);

    private static async Task<IResult> Journal(string code, SignedIn caller, RoomDesk desk, long after = 0, int count = 500)
    {
        var known = RoomDesk.Code(code);
        if (!known.Ok)
            return Problem.From(known.Refusal);
        if (after < 0 || count is < 1 or > LongestPage)
            return Problem.From(new Refusal(RefusalKind.Invalid, "journal.page", $"after is 0 or more, and count 1 to {LongestPage}.", after < 0 ? "after" : "count"));
        return (await desk.Room(code).ReadJournal(caller.Actor, after, count)).Or(Results.Ok);
    }
}
