using Interop.Console.Host.Guests;
using Interop.Console.Host.Problems;
using Interop.Console.Host.SignIn;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Console.Host.Rooms;

/// <summary>A link to make.</summary>
/// <param name="Role">Observer, who reads, or member, who takes part; member when left out.</param>
/// <param name="For">For whom it is, for people.</param>
/// <param name="Purpose">Why they are asked.</param>
/// <param name="Handling">How what is said must be handled; what the agency's directory entry says when left out.</param>
/// <param name="Uses">How many may answer by it, 1 to 100; 1 when left out.</param>
/// <param name="LifeSeconds">How long it can be answered, a minute to 30 days; four hours when left out.</param>
internal sealed record LinkMakeRequest(Role? Role, string? For, string? Purpose, string? Handling, int? Uses, int? LifeSeconds);

/// <summary>A link that was made, and its address within the console, which is told this once.</summary>
internal sealed record MadeLink(LinkView Link, string Path);

/// <summary>Links by which people without an account come in, and those who came.</summary>
internal static class LinkEndpoints
{
    public static void MapLinks(this IEndpointRouteBuilder room)
    {
        var links = room.MapGroup("/links");
        links.MapGet("", static async (string code, SignedIn caller, RoomDesk desk) =>
                (await desk.Look(code, caller.Actor, static room => room.Links)).Or(Results.Ok))
            .Produces<IReadOnlyList<LinkView>>().WithSummary("The room's links, those that can no longer be used too; never their secrets.");
        links.MapPost("", Make).Produces<MadeLink>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(409).ProducesProblem(503)
            .WithSummary("Makes a link by which people without an account come in.")
            .WithDescription("`path` is the address within this console. It holds the secret behind its #, and is told in this answer alone: the hub keeps a hash.");
        links.MapDelete("/{id}", static async (string code, string id, SignedIn caller, RoomDesk desk) =>
                (await desk.Execute(code, new WithdrawLink(new InviteId(id)), caller)).Or(static _ => Results.NoContent()))
            .Produces(204).ProducesProblem(403).WithSummary("Takes a link back; whoever came by it is out at once.");
        var guests = room.MapGroup("/guests");
        guests.MapGet("", static async (string code, SignedIn caller, RoomDesk desk) =>
                (await desk.Look(code, caller.Actor, static room => room.Guests)).Or(Results.Ok))
            .Produces<IReadOnlyList<GuestView>>().WithSummary("Who came by a link, those who are gone too.");
        guests.MapDelete("/{id}", static async (string code, string id, SignedIn caller, RoomDesk desk) =>
                (await desk.Execute(code, new EndGuest(id), caller)).Or(static _ => Results.NoContent()))
            .Produces(204).ProducesProblem(403).WithSummary("Puts a guest out; the link stays as it is.");
    }

    private static async Task<IResult> Make(string code, LinkMakeRequest request, SignedIn caller, RoomDesk desk)
    {
        var (token, hash) = LinkToken.Make(code);
        var command = new MakeLink(hash, request.Role ?? Role.Member, request.For, request.Purpose, request.Handling, request.Uses, request.LifeSeconds);
        var made = await desk.Execute(code, command, caller, static (room, id) => room.Links.FirstOrDefault(link => link.Id.Value == id));
        if (!made.Ok)
            return Problem.From(made.Refusal);
        // An attempt that came twice has the first one's link, whose secret nobody knows here any more.
        if (!(await desk.Room(code).OfferOfLink(hash)).Ok)
            return Problem.From(new Refusal(RefusalKind.Conflict, "link.told", $"{made.Value.Id} was made already, and its address was told then alone. Withdraw it and make another."));
        return Results.Created($"/api/rooms/{code}/links/{made.Value.Id.Value}", new MadeLink(made.Value, LinkToken.Path(token)));
    }
}
