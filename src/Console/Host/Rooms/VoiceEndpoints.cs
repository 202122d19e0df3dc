using Interop.Bridges.WebRtc;
using Interop.Console.Host.Problems;
using Interop.Console.Host.SignIn;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;

namespace Interop.Console.Host.Rooms;

/// <summary>Talking and listening from a browser: one offer, one answer.</summary>
internal static class VoiceEndpoints
{
    /// <summary>The way through networks that let no UDP through to the hub.</summary>
    public static IEndpointRouteBuilder MapRelays(this IEndpointRouteBuilder api)
    {
        api.MapGet("/voice/relays", static (SignedIn caller, Relays relays) => relays.For(caller.Actor).Or(Results.Ok))
            .RequireAuthorization().Within(TokenScope.Rooms).WithTags("Rooms").Produces<BrowserRelays>().ProducesProblem(403).ProducesProblem(503)
            .WithSummary("The TURN servers for the caller's browser.")
            .WithDescription("The credentials are the caller's and end after hours: ask again for each connection. No servers are listed where none are set.");
        return api;
    }

    public static void MapVoice(this IEndpointRouteBuilder room)
    {
        var voice = room.MapGroup("/voice");
        voice.MapPost("", Join).Produces<BrowserVoice>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(409).ProducesProblem(503)
            .WithSummary("Brings the caller's own voice in, from a browser.")
            .WithDescription(
                "`sdp` is a WebRTC offer of one audio section; the answer has every candidate in it, so nothing trickles. `client` names the page: 8 to 64 letters, digits and hyphens, "
                + "the same for as long as it lives. A page that comes again under it, reconnected, has the leg that it had. The microphone is heard while the key is held, which the live feed tells.");
        voice.MapDelete("/{leg}", Leave).Produces(204).ProducesProblem(403).WithSummary("Takes the caller's own voice out; it is not brought back.");
    }

    private static async Task<IResult> Join(string code, VoiceRequest request, SignedIn caller, BrowserVoices voices, HttpContext context)
    {
        var room = RoomDesk.Code(code);
        if (!room.Ok)
            return Problem.From(room.Refusal);
        var peer = context.Connection.RemoteIpAddress?.ToString();
        return (await voices.JoinAsync(room.Value, request.Client ?? "", request.Sdp, peer, caller.Actor, caller.Command))
            .Or(voice => Results.Created($"/api/rooms/{code}/voice/{voice.Leg.Value}", voice));
    }

    private static async Task<IResult> Leave(string code, string leg, SignedIn caller, BrowserVoices voices)
    {
        var room = RoomDesk.Code(code);
        return room.Ok
            ? (await voices.LeaveAsync(room.Value, new LegId(leg), caller.Actor, caller.Command)).Or(static _ => Results.NoContent())
            : Problem.From(room.Refusal);
    }
}

/// <summary>A browser that wants to talk and listen.</summary>
/// <param name="Client">What its page calls itself.</param>
/// <param name="Sdp">Its offer.</param>
internal sealed record VoiceRequest(string? Client, string? Sdp);
