using Interop.Console.Host.Problems;
using Interop.Console.Host.SignIn;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Console.Host.Rooms;

/// <summary>Lending what the caller's agency owns, and taking it back.</summary>
internal static class ShareEndpoints
{
    public static void MapShares(this IEndpointRouteBuilder room)
    {
        var shares = room.MapGroup("/shares");
        shares.MapGet("", static async (string code, SignedIn caller, RoomDesk desk) =>
                (await desk.Look(code, caller.Actor, static room => room.Shares)).Or(Results.Ok))
            .Produces<IReadOnlyList<ShareView>>().WithSummary("What is lent into the room.");
        shares.MapPost("", Lend).Produces<ShareView>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(409)
            .WithSummary("Lends one of the caller's resources into the room.")
            .WithDescription(
                "`direction` is `both` for voice and `listen` for a camera or a sensor unless it is given; `ends` is when the hub takes it back. A resource may be in several rooms, "
                + "of which one talks on it (`share.in-use`), where no sound comes round: `share.loop` names the way that it would take.");
        shares.MapDelete("/{id}", Withdraw).Produces(204).ProducesProblem(403)
            .WithSummary("Takes a lent resource back; its owner always can.");
    }

    private static async Task<IResult> Lend(string code, ShareRequest request, SignedIn caller, RoomDesk desk, LentResources resources)
    {
        var resource = resources.Find(caller.Agency, request.Kind ?? ResourceKind.Channel, request.Resource, "resource");
        if (!resource.Ok)
            return Problem.From(resource.Refusal);
        var terms = new ShareTerms(
            request.Direction ?? (resource.Value.IsVoice ? ShareDirection.Both : ShareDirection.Listen),
            request.Ends,
            string.IsNullOrWhiteSpace(request.Conditions) ? null : request.Conditions.Trim());
        return (await desk.Execute(code, new LendResource(resource.Value, terms), caller, static (room, id) => room.Shares.FirstOrDefault(share => share.Id.Value == id)))
            .Or(share => Results.Created($"/api/rooms/{code}/shares/{share.Id.Value}", share));
    }

    private static async Task<IResult> Withdraw(string code, string id, SignedIn caller, RoomDesk desk) =>
        (await desk.Execute(code, new WithdrawShare(new ShareId(id)), caller)).Or(static _ => Results.NoContent());
}
