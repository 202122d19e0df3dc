using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Dialling;

namespace Interop.Hub.Domain.Rooms;

/// <summary>The life of a leg. A repeated report of the same changes nothing, and reports that come late are no error.</summary>
internal static class Legs
{
    public static Decision Dial(RoomState state, DialOut command, Actor actor, Surroundings around)
    {
        if (FieldRules.OptionalText("name", command.Name, Limits.NameLength) is { } tooLong)
            return tooLong;
        if (FieldRules.Check(command) is { } wrongAsk)
            return wrongAsk;
        if (RoomRules.TakesMore(state) is { } refusal)
            return refusal;
        if (RoomRules.HasPlaceForLeg(state) is { } full)
            return full;
        var agency = actor.Agency.Value.Length > 0 ? actor.Agency : state.Owner;
        if (DialPolicy.Check("uri", command.Uri, agency, around) is { } denied)
            return denied;
        var name = string.IsNullOrWhiteSpace(command.Name) ? command.Uri : command.Name.Trim();
        var party = Bridges.Known(new Party(agency, name, command.Uri, command.From is null ? "dialled" : "referred"), around);
        if (Bridges.Twice(state, party) is { } loop)
            return loop;
        if (Foci.Twice(state, command.Uri) is { } twice)
            return twice;
        var ask = command.Ask && !party.IsBridge ? new LegAsk(agency, around.NameOf(agency), command.Purpose, command.Language, Invite: null) : null;
        return new LegDialled(new Numbering(state).Leg(), party, ask);
    }

    /// <summary>The agency whose call a dialled leg is: a duty desk is called by the room's owner, whoever answers.</summary>
    public static AgencyId CallerOf(AgencyId owner, Party party) => party.Proof is "referred" or Shares.Proof ? party.Agency : owner;

    public static Decision SetMode(RoomState state, SetLegMode command)
    {
        if (state.Leg(command.Leg) is not { } leg)
            return Refusals.NoLeg(command.Leg);
        if (leg.Status == LegStatus.Gone)
            return Refusals.LegGone(command.Leg);
        if (command.Mode == LegMode.Talk && Memberships.ListensOnly(state, leg))
            return Refusals.ListensOnly(leg);
        return leg.Mode == command.Mode ? Decision.Nothing : new LegModeSet(command.Leg, command.Mode);
    }

    public static Decision SetGain(RoomState state, SetLegGain command) => state.Leg(command.Leg) switch
    {
        null => Refusals.NoLeg(command.Leg),
        { Status: LegStatus.Gone } => Refusals.LegGone(command.Leg),
        _ when Math.Abs((long)command.Gain) > Limits.LegGain => Refusals.GainBeyond(command.Gain),
        var leg => leg.Gain == command.Gain ? Decision.Nothing : new LegGainSet(command.Leg, command.Gain),
    };

    /// <summary>The party's own choice; the room's stays beside it.</summary>
    public static Decision ChooseMode(RoomState state, ChooseLegMode command) => state.Leg(command.Leg) switch
    {
        null => Refusals.NoLeg(command.Leg),
        { Status: LegStatus.Gone } => Refusals.LegGone(command.Leg),
        var leg => leg.Own == command.Mode ? Decision.Nothing : new LegModeChosen(command.Leg, command.Mode),
    };

    public static Decision Drop(RoomState state, DropLeg command)
    {
        if (state.Leg(command.Leg) is not { } leg)
            return Refusals.NoLeg(command.Leg);
        if (leg.Status == LegStatus.Gone)
            return Decision.Nothing;
        // A channel that is cut off is withdrawn: a share without its leg would still claim to be lent.
        return leg.Share is { } share ? new ShareWithdrawn(share, leg.Id) : new LegDropped(leg.Id, "dropped");
    }

    public static Decision CameUp(RoomState state, LegCameUp command) => state.Leg(command.Leg) switch
    {
        null => Refusals.NoLeg(command.Leg),
        { Status: LegStatus.Gone } => Refusals.LegGone(command.Leg),
        { Status: LegStatus.Up or LegStatus.Asking } => Decision.Nothing,
        { Ask: not null } => new LegAsked(command.Leg),
        _ => new LegConnected(command.Leg),
    };

    /// <summary>What a node heard; a leg that is gone loops no more.</summary>
    public static Decision Loops(RoomState state, LegLoops command) => state.Leg(command.Leg) switch
    {
        null => Refusals.NoLeg(command.Leg),
        { Status: LegStatus.Gone } => Decision.Nothing,
        var leg when leg.Loops == command.Loops => Decision.Nothing,
        _ => command.Loops ? new LegLoopBegan(command.Leg) : new LegLoopEnded(command.Leg),
    };

    public static Decision WasLost(RoomState state, LegId id, string cause, bool anew = false) => state.Leg(id) switch
    {
        null => Refusals.NoLeg(id),
        { Status: LegStatus.Gone or LegStatus.Lost } => Decision.Nothing,
        _ => new LegLost(id, FieldRules.Cut(cause, Limits.ReasonLength), anew ? true : null),
    };

    public static Decision Left(RoomState state, LegLeft command) => state.Leg(command.Leg) switch
    {
        null => Refusals.NoLeg(command.Leg),
        { Status: LegStatus.Gone } => Decision.Nothing,
        // Two rooms that call each other at once: the call that came in has the leg, and ours was refused for it.
        { Status: LegStatus.Up } when command.Tried => Decision.Nothing,
        // Only a person leaves; a channel is there until it is withdrawn.
        { Kind: LegKind.Radio } => WasLost(state, command.Leg, command.Cause),
        // A lent phone that hangs up takes itself back: a share without its leg would still claim to be lent.
        { Share: { } share } => new ShareWithdrawn(share, command.Leg, FieldRules.Cut(command.Cause, Limits.ReasonLength)),
        _ => new LegEnded(command.Leg, FieldRules.Cut(command.Cause, Limits.ReasonLength)),
    };
}
