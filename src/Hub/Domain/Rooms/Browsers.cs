using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Hub.Domain.Rooms;

/// <summary>People who take part in a room from the console.</summary>
internal static class Browsers
{
    private const int LeastClient = 8;
    private const int MostClient = 64;

    /// <summary>A page that comes again, reloaded or reconnected, has the leg that it had.</summary>
    public static Decision Join(RoomState state, JoinByBrowser command, Actor actor)
    {
        if (command.Client is not { Length: >= LeastClient and <= MostClient } client || !client.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'))
            return Refusals.Invalid("client", $"The client must be {LeastClient} to {MostClient} letters, digits and hyphens.");
        if (state.IsOver)
            return Refusals.Closed(state.Code);
        var party = actor.Kind == ActorKind.Guest
            ? Party.Guest(actor.Agency, actor.Name, client, actor.Id!)
            : Party.Browser(actor.Agency, actor.Name, client);
        // A guest has one leg, from whichever page: links are given to strangers, and a room has so many places.
        if (state.Legs.Find(leg => leg.Status != LegStatus.Gone && leg.Kind == LegKind.Browser && (party.IsGuest ? leg.Party.Proof == party.Proof : leg.Party == party)) is { } before)
            return new LegRejoined(before.Id, party);
        return RoomRules.HasPlaceForLeg(state) is { } full ? full : new LegJoined(new Numbering(state).Leg(), party, Kind: LegKind.Browser);
    }

    /// <summary>Whether a leg is the actor's own browser.</summary>
    public static bool IsOf(LegView leg, Actor actor) =>
        leg.Kind == LegKind.Browser && (actor.Kind == ActorKind.Guest
            ? actor.Id is { } guest && leg.Party.Proof == $"guest:{guest}"
            : leg.Party.Agency == actor.Agency && leg.Party.Name == actor.Name && !leg.Party.IsGuest);

    /// <summary>Why the leg may not talk now; null when it may.</summary>
    public static Refusal? MayTalk(RoomState state, LegId id, Actor actor) => state.Leg(id) switch
    {
        { } leg when !IsOf(leg, actor) => Refusals.NoLeg(id),
        null => Refusals.NoLeg(id),
        { Status: LegStatus.Gone } => Refusals.LegGone(id),
        { Status: not LegStatus.Up } => new Refusal(RefusalKind.Conflict, "talk.not-connected", "The browser's voice is not connected to the room yet."),
        var leg when Memberships.ListensOnly(state, leg) => new Refusal(RefusalKind.Denied, "talk.listen-only", "Your agency takes part to listen only; it can lift that itself, at its invitation."),
        var leg => RoomPlanner.Effective(state, leg) switch
        {
            LegMode.Talk => null,
            LegMode.Listen => new Refusal(RefusalKind.Denied, "talk.listener", "You were made a listener in this room; a dispatcher can let you talk."),
            LegMode.Muted => new Refusal(RefusalKind.Denied, "talk.muted", "You are muted in this room; a dispatcher can lift that."),
        },
    };
}
