using System.Security.Claims;
using Interop.Console.Host.SignIn;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;

namespace Interop.Console.Host.Guests;

/// <summary>A guest who makes a request, and the name of the attempt: bound by the framework wherever an endpoint asks for it.</summary>
/// <remarks>The cookie says which guest of which room it is, and nothing of what they may do: the room knows, each time anew.</remarks>
internal sealed record GuestCaller(string Room, string Guest, CommandId Command)
{
    private const string RoomClaim = "interop:room";

    public Actor Actor => Of(Guest);

    /// <summary>A guest, or somebody who is about to become one, as the room is told of them.</summary>
    public static Actor Of(string? guest) => new(ActorKind.Guest, new AgencyId(""), "", Role.Observer, guest);

    public static ClaimsPrincipal Principal(string room, string guest) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, guest), new Claim(RoomClaim, room), new Claim(ClaimTypes.Actor, nameof(ActorKind.Guest))],
        GuestServices.Scheme));

    /// <summary>The room and the guest of a cookie; null when it is none of a guest.</summary>
    public static (string Room, string Guest)? Read(ClaimsPrincipal? user) =>
        user?.FindFirstValue(RoomClaim) is { } room && user.FindFirstValue(ClaimTypes.NameIdentifier) is { } guest ? (room, guest) : null;

    public static ValueTask<GuestCaller?> BindAsync(HttpContext context)
    {
        var (room, guest) = Read(context.User) ?? throw new BadHttpRequestException("Follow your link again.", StatusCodes.Status401Unauthorized);
        return ValueTask.FromResult<GuestCaller?>(new GuestCaller(room, guest, new CommandId($"guest/{room}/{guest}/{SignedIn.Key(context)}")));
    }
}
