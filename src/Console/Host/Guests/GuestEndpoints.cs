using Interop.Bridges.WebRtc;
using Interop.Console.Host.Problems;
using Interop.Console.Host.Rooms;
using Interop.Console.Host.SignIn;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;
using Microsoft.AspNetCore.Authentication;

namespace Interop.Console.Host.Guests;

/// <summary>What stands behind the # of a link.</summary>
internal sealed record LinkRequest(string? Token);

/// <summary>A yes, and under which name.</summary>
internal sealed record AcceptRequest(string? Token, string? Name);

/// <summary>A no.</summary>
internal sealed record DeclineRequest(string? Token, string? Reason);

/// <summary>What somebody who came by a link can do: one room, within the link's role.</summary>
internal static class GuestEndpoints
{
    public static IEndpointRouteBuilder MapGuests(this IEndpointRouteBuilder api)
    {
        var guest = api.MapGroup("/guest").WithTags("Guests");
        var door = guest.MapGroup("").RequireRateLimiting(GuestServices.RateLimit).ProducesProblem(404).ProducesProblem(429);
        door.MapPost("/offer", static async (LinkRequest request, GuestDoor links) => (await links.Offer(request.Token)).Or(Results.Ok))
            .Produces<LinkOffer>().WithSummary("Who invites by a link, why, and on what terms. It uses nothing up.")
            .WithDescription("`link.unknown` is the answer for every link that cannot be used, whatever the reason.");
        door.MapPost("/accept", Accept).Produces<GuestSession>().ProducesProblem(400).ProducesProblem(503)
            .WithSummary("Comes in by a link, under a name; the session is a cookie for this one room.");
        door.MapPost("/decline", Decline).Produces(204).ProducesProblem(400).WithSummary("Says no to a link, which uses it as a yes does.");

        var inside = guest.MapGroup("").RequireGuest().RequireRateLimiting(GuestServices.InsideLimit).ProducesProblem(401).ProducesProblem(403).ProducesProblem(429);
        inside.MapGet("", static async (GuestCaller caller, GuestDoor links) => (await links.Session(caller.Room, caller.Guest)).Or(Results.Ok))
            .Produces<GuestSession>().WithSummary("Who the guest is. `guest.over`: the visit is over.");
        inside.MapDelete("", Leave).Produces(204).WithSummary("Leaves the room for good.");
        inside.MapGet("/room", static async (GuestCaller caller, RoomDesk desk) => (await desk.Look(caller.Room, caller.Actor)).Or(Results.Ok))
            .Produces<RoomSnapshot>().WithSummary("The room as a guest sees it: roster, chat, video, who talks.");
        inside.MapPost("/chat", Say).Produces(204).ProducesProblem(400).WithSummary("Posts a line.");
        inside.MapGet("/voice/relays", RelaysFor).Produces<BrowserRelays>().ProducesProblem(503).WithSummary("The TURN servers for the guest's browser.");
        inside.MapPost("/voice", Join).Produces<BrowserVoice>(201).ProducesProblem(400).ProducesProblem(409).ProducesProblem(503)
            .WithSummary("Brings the guest's own voice in; as POST /api/rooms/{code}/voice.");
        inside.MapDelete("/voice/{leg}", static async (string leg, GuestCaller caller, BrowserVoices voices) =>
                (await voices.LeaveAsync(new RoomCode(caller.Room), new LegId(leg), caller.Actor, caller.Command)).Or(static _ => Results.NoContent()))
            .Produces(204).WithSummary("Takes the guest's own voice out.");
        return api;
    }

    private static async Task<IResult> Accept(AcceptRequest request, HttpContext context, GuestDoor links)
    {
        var accepted = await links.Accept(request.Token, request.Name, SignedIn.Key(context));
        if (!accepted.Ok)
            return Problem.From(accepted.Refusal!);
        var (room, guest) = accepted.Value;
        var session = await links.Session(room, guest);
        if (session.Ok)
            await context.SignInAsync(GuestServices.Scheme, GuestCaller.Principal(room, guest));
        return session.Or(Results.Ok);
    }

    private static async Task<IResult> Decline(DeclineRequest request, HttpContext context, GuestDoor links) =>
        (await links.Decline(request.Token, request.Reason, SignedIn.Key(context))).Or(static _ => Results.NoContent());

    private static async Task<IResult> Leave(GuestCaller caller, HttpContext context, RoomDesk desk)
    {
        var left = await desk.Room(caller.Room).Execute(new EndGuest(caller.Guest), caller.Actor, caller.Command);
        if (left.Ok)
            await context.SignOutAsync(GuestServices.Scheme);
        return left.Or(static _ => Results.NoContent());
    }

    private static async Task<IResult> Say(ChatRequest request, GuestCaller caller, RoomDesk desk) =>
        (await desk.Room(caller.Room).Execute(new PostChat(request.Text ?? ""), caller.Actor, caller.Command)).Or(static _ => Results.NoContent());

    private static async Task<IResult> RelaysFor(GuestCaller caller, GuestDoor links, Relays relays)
    {
        var session = await links.Session(caller.Room, caller.Guest);
        return session.Ok
            ? relays.For(new Actor(ActorKind.Guest, session.Value.Agency, session.Value.Name, session.Value.Role, caller.Guest)).Or(Results.Ok)
            : Problem.From(session.Refusal);
    }

    private static async Task<IResult> Join(VoiceRequest request, GuestCaller caller, BrowserVoices voices, HttpContext context) =>
        (await voices.JoinAsync(
            new RoomCode(caller.Room), request.Client ?? "", request.Sdp, context.Connection.RemoteIpAddress?.ToString(), caller.Actor, caller.Command))
        .Or(voice => Results.Created($"/api/guest/voice/{voice.Leg.Value}", voice));
}
