using Interop.Console.Host.Problems;
using Interop.Console.Host.SignIn;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Console.Host.Rooms;

/// <summary>The voice connections of a room: dial out, mute, make a listener, drop.</summary>
internal static class LegEndpoints
{
    public static void MapLegs(this IEndpointRouteBuilder room)
    {
        var legs = room.MapGroup("/legs");
        legs.MapGet("", static async (string code, SignedIn caller, RoomDesk desk) =>
                (await desk.Look(code, caller.Actor, static room => room.Legs)).Or(Results.Ok))
            .Produces<IReadOnlyList<LegView>>().WithSummary("The roster, those who are gone too.");
        legs.MapPost("", Dial).Produces<LegView>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(409).ProducesProblem(503)
            .WithSummary("Calls a SIP address and keeps it in the room.")
            .WithDescription(
                "Where an agency may call: the directory, its own telephone system except telephone numbers, and its destinations; anything else is refused with `dial.not-allowed`. "
                + "`dial.too-many` and `dial.too-fast` are the limits on its calls at once and in a minute. With `ask` the party hears which agency calls, and comes in when it presses a key.");
        legs.MapPatch("/{id}", Change).Produces<LegView>().ProducesProblem(400).ProducesProblem(403)
            .WithSummary("Lets a leg talk, makes it a listener, or mutes it; or has it heard louder or quieter.")
            .WithDescription("`gain` is in dB beside what came, from -20 to 20; what is beyond is refused with `leg.gain-range`.");
        legs.MapDelete("/{id}", Drop).Produces(204).ProducesProblem(403)
            .WithSummary("Cuts a leg off; it is not brought back.");
    }

    private static async Task<IResult> Dial(string code, DialRequest request, SignedIn caller, RoomDesk desk) =>
        (await desk.Execute(code, new DialOut(request.Uri ?? "", request.Name, request.Ask ?? false, request.Purpose, request.Language), caller, Find))
        .Or(leg => Results.Created($"/api/rooms/{code}/legs/{leg.Id.Value}", leg));

    private static async Task<IResult> Change(string code, string id, LegChange request, SignedIn caller, RoomDesk desk)
    {
        RoomCommand? command = request switch
        {
            { Mode: { } mode, Gain: null } => new SetLegMode(new LegId(id), mode),
            { Mode: null, Gain: { } gain } => new SetLegGain(new LegId(id), gain),
            _ => null,
        };
        return command is null
            ? Problem.From(new Refusal(RefusalKind.Invalid, "leg.mode", "Either mode must be talk, listen or muted, or gain must be a whole number of dB.", "mode"))
            : (await desk.Execute(code, command, caller, (room, _) => Find(room, id))).Or(Results.Ok);
    }

    private static async Task<IResult> Drop(string code, string id, SignedIn caller, RoomDesk desk) =>
        (await desk.Execute(code, new DropLeg(new LegId(id)), caller)).Or(static _ => Results.NoContent());

    private static LegView? Find(RoomSnapshot room, string id) => room.Legs.FirstOrDefault(leg => leg.Id.Value == id);
}
