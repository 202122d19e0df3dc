using Interop.Console.Host.Problems;
using Interop.Console.Host.SignIn;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Console.Host.Rooms;

/// <summary>How long the room is expected to last, when it warns, and who is next; whole, in place of what was said before.</summary>
/// <param name="UnattendedMinutes">1 to 1440; left out, it stays.</param>
/// <param name="NextAgency">The next in command's agency, a member.</param>
/// <param name="NextName">The next in command; left out for any commander of that agency.</param>
internal sealed record LeaseRequest(DateTimeOffset? Until, int? UnattendedMinutes = null, string? NextAgency = null, string? NextName = null);

/// <summary>A warning to take note of.</summary>
internal sealed record NoteRequest(LeaseWarningKind? Kind);

/// <summary>Whom command is offered to.</summary>
/// <param name="Agency">A member.</param>
/// <param name="Name">One person, as the directory has the name; left out for any commander of the agency.</param>
/// <param name="Brief">What the successor must know.</param>
internal sealed record CommandOffer(string? Agency, string? Name, string? Brief);

/// <summary>The successor's yes or no.</summary>
internal sealed record CommandAnswer(bool? Accept, string? Reason = null);

/// <summary>Who holds the room: the lease, its warnings, and command that passes on.</summary>
internal static class LeaseEndpoints
{
    public static void MapLease(this IEndpointRouteBuilder room)
    {
        room.MapPut("/lease", Set).Produces<LeaseView>().ProducesProblem(400).ProducesProblem(403)
            .WithSummary("Says how long the room is expected to last, when it warns that nobody attends to it, and who is next.");
        room.MapPost("/lease/note", Note).Produces<LeaseView>().ProducesProblem(403)
            .WithSummary("Takes note of a warning; it goes no further then.");
        var command = room.MapGroup("/command").ProducesProblem(403).ProducesProblem(409);
        command.MapPost("", Offer).Produces<LeaseView>().ProducesProblem(400)
            .WithSummary("Offers command to a member agency, with a brief; the old holder remains until it is accepted.");
        command.MapPost("/{id}/answer", Answer).Produces<LeaseView>().ProducesProblem(400)
            .WithSummary("The successor's answer.");
        command.MapDelete("/{id}", Withdraw).Produces(204)
            .WithSummary("Takes the offer back.");
    }

    private static async Task<IResult> Set(string code, LeaseRequest request, SignedIn caller, RoomDesk desk) => (await desk.Execute(
        code,
        new SetLease(request.Until, request.UnattendedMinutes, request.NextAgency is { Length: > 0 } next ? new Holder(new AgencyId(next), request.NextName ?? "") : null),
        caller,
        Lease)).Or(Results.Ok);

    private static async Task<IResult> Note(string code, NoteRequest request, SignedIn caller, RoomDesk desk) =>
        (await desk.Execute(code, new TakeNote(request.Kind ?? LeaseWarningKind.Unattended), caller, Lease)).Or(Results.Ok);

    private static async Task<IResult> Offer(string code, CommandOffer request, SignedIn caller, RoomDesk desk) =>
        (await desk.Execute(code, new OfferCommand(new AgencyId(request.Agency ?? ""), request.Name, request.Brief ?? ""), caller, Lease)).Or(Results.Ok);

    private static async Task<IResult> Answer(string code, string id, CommandAnswer request, SignedIn caller, RoomDesk desk) => request.Accept is { } accept
        ? (await desk.Execute(code, new AnswerCommand(id, accept, request.Reason), caller, Lease)).Or(Results.Ok)
        : Problem.From(new(Hub.Contracts.RefusalKind.Invalid, "room.invalid", "accept is required: true or false.", "accept"));

    private static async Task<IResult> Withdraw(string code, string id, SignedIn caller, RoomDesk desk) =>
        (await desk.Execute(code, new WithdrawCommand(id), caller)).Or(static _ => Results.NoContent());

    private static LeaseView? Lease(RoomSnapshot room, string created) => room.Header.Lease;
}
