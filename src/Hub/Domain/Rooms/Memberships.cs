using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Hub.Domain.Rooms;

/// <summary>Who is in by which invitation, and on what conditions.</summary>
internal static class Memberships
{
    /// <summary>Whether the actor may answer the invitation: whoever is named, those with the role, or who commands for the agency.</summary>
    public static bool MayAnswer(InviteView invite, Actor actor) =>
        invite.Invitee.Includes(actor) && actor.Role >= (invite.Invitee.IsWhole ? Role.Commander : Role.Member);

    /// <summary>Whether the actor sees the room's video.</summary>
    public static bool SeesVideo(RoomState state, Actor actor) =>
        actor.Agency == state.Owner || !state.Invites.Exists(invite => WithoutVideo(invite) && invite.Invitee.Includes(actor));

    /// <summary>Who takes part without video.</summary>
    public static Invitee[]? WithoutVideo(RoomState state) =>
        state.Invites.Exists(WithoutVideo) ? [.. state.Invites.Where(WithoutVideo).Select(invite => invite.Invitee)] : null;

    /// <summary>Whether the party came to listen only: whatever the room lets its leg do, it is not heard.</summary>
    /// <remarks>A leg is known by its agency, and a person's by the name too. The narrowest condition that may concern it holds.</remarks>
    public static bool ListensOnly(RoomState state, LegView leg) =>
        leg.Party.Agency != state.Owner
        && state.Invites.Exists(invite => invite is { Status: InviteStatus.Accepted, Conditions.ListenOnly: true } && invite.Agency == leg.Party.Agency
            && (invite.Person is null || leg.Party.Name == invite.PersonName || !Otherwise(state, invite)));

    /// <summary>Whether the agency has another way in, by which a leg that is not the person's may have come.</summary>
    private static bool Otherwise(RoomState state, InviteView than) =>
        state.Invites.Exists(invite => invite.Id != than.Id && invite.Agency == than.Agency && invite.Status == InviteStatus.Accepted);

    private static bool WithoutVideo(InviteView invite) => invite is { Status: InviteStatus.Accepted, Conditions.NoVideo: true };
}
