using Interop.Console.Host.Problems;
using Interop.Console.Host.SignIn;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Console.Host.Rooms;

/// <summary>Asking agencies, people and roles in, and their answers.</summary>
internal static class InviteEndpoints
{
    public static void MapInvites(this IEndpointRouteBuilder room)
    {
        var invites = room.MapGroup("/invites");
        invites.MapGet("", static async (string code, SignedIn caller, RoomDesk desk) =>
                (await desk.Look(code, caller.Actor, static room => room.Invites)).Or(Results.Ok))
            .Produces<IReadOnlyList<InviteView>>().WithSummary("The room's invitations, answered ones too.");
        invites.MapPost("", Invite).Produces<InviteView>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(409)
            .ProducesProblem(503).WithSummary("Asks an agency in, one of its people, or those with a role in it.")
            .WithDescription(
                "Its duty desk, the person, or the address in `call`, is called: it presses 1 to join, 2 to listen only, 3 to decline. The answer decides the invitation, as one in the console does. "
                + "Who is not heard of within `patienceSeconds`, or declines, is followed by the first of `next`, and so on.");
        invites.MapPost("/{id}/answer", Answer).Produces<InviteView>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(409)
            .WithSummary("The yes or no of whoever was invited; with `conditions`, a counter that waits for the inviter.");
        invites.MapPost("/{id}/counter", AnswerCounter).Produces<InviteView>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(409)
            .WithSummary("The inviter's yes or no to a counter.")
            .WithDescription("A yes names the `conditions` that it accepts: `invite.counter-changed` when others are asked for by now. After a no the invitation waits as it was made.");
        invites.MapPost("/{id}/conditions", SetConditions).Produces<InviteView>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(409)
            .WithSummary("A member changes its own conditions: lays them on itself, lifts them, or prolongs its stay.");
        invites.MapDelete("/{id}", Withdraw).Produces(204).ProducesProblem(403).ProducesProblem(409)
            .WithSummary("Takes an invitation back, and the membership with it.");
    }

    private static async Task<IResult> Invite(string code, InviteRequest request, SignedIn caller, RoomDesk desk) =>
        (await desk.Execute(
            code,
            new InviteAgency(
                new AgencyId(request.Agency ?? ""), request.Purpose, request.Call, request.Person, request.Role, request.Handling, request.PatienceSeconds, request.Next),
            caller,
            Find))
        .Or(invite => Results.Created($"/api/rooms/{code}/invites/{invite.Id.Value}", invite));

    private static async Task<IResult> Answer(string code, string id, InviteAnswer request, SignedIn caller, RoomDesk desk)
    {
        if (request.Accept is not { } accept)
            return Problem.From(new Refusal(RefusalKind.Invalid, "invite.answer", "accept must be true or false.", "accept"));
        var answer = new AnswerInvite(new InviteId(id), accept, request.Reason, request.Conditions);
        var done = await desk.Execute(code, answer, caller);
        if (!done.Ok)
            return Problem.From(done.Refusal);
        // An agency that declines has lost sight of the room, so there may be nothing left to show it.
        var look = await desk.Look(code, caller.Actor);
        return look.Ok && Find(look.Value, id) is { } invite ? Results.Ok(invite) : Results.NoContent();
    }

    private static async Task<IResult> AnswerCounter(string code, string id, CounterAnswer request, SignedIn caller, RoomDesk desk)
    {
        if (request.Accept is not { } accept)
            return Problem.From(new Refusal(RefusalKind.Invalid, "invite.answer", "accept must be true or false.", "accept"));
        return (await desk.Execute(code, new AnswerCounter(new InviteId(id), accept, request.Conditions, request.Reason), caller, (room, _) => Find(room, id))).Or(Results.Ok);
    }

    private static async Task<IResult> SetConditions(string code, string id, Conditions request, SignedIn caller, RoomDesk desk) =>
        (await desk.Execute(code, new SetConditions(new InviteId(id), request), caller, (room, _) => Find(room, id))).Or(Results.Ok);

    private static async Task<IResult> Withdraw(string code, string id, SignedIn caller, RoomDesk desk) =>
        (await desk.Execute(code, new WithdrawInvite(new InviteId(id)), caller)).Or(static _ => Results.NoContent());

    private static InviteView? Find(RoomSnapshot room, string id) => room.Invites.FirstOrDefault(invite => invite.Id.Value == id);
}
