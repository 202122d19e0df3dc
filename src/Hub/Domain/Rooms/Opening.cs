using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Dialling;

namespace Interop.Hub.Domain.Rooms;

/// <summary>Opening and closing.</summary>
internal static class Opening
{
    public static Decision Open(RoomState state, OpenRoom command, DateTimeOffset now, Surroundings around)
    {
        if (FieldRules.Check(command) is { } refusal)
            return refusal;
        if (command.Until <= now)
            return Refusals.Invalid("until", "The time is over already; name a later one, or none.");
        var terms = new RoomTerms(command.Title.Trim(), command.Type, command.Priority, command.Place, command.Admits.ToArray());
        if (!state.Exists)
            return Decision.Of([new RoomOpened(command.Owner, terms, command.ProvisionedAs, command.Until), .. Company(state, command, now, around)]);
        if (command.ProvisionedAs is not { } entry)
            return Refusals.Exists(state.Code);
        if (!state.Standing || state.Owner != command.Owner)
            return Refusals.Taken(state.Code);
        if (state.ProvisionedAs.Contains(entry))
            return Decision.Nothing;
        return state.IsOver
            ? Decision.Of([new RoomReopened(terms, entry), .. Company(state, command, now, around)])
            : Decision.Of([new RoomChanged(terms, entry), .. Company(state, command, now, around)]);
    }

    public static Decision Close(RoomState state, CloseRoom command, DateTimeOffset now)
    {
        if (FieldRules.OptionalText("reason", command.Reason, Limits.ReasonLength) is { } refusal)
            return refusal;
        return state.Phase == RoomPhase.Open
            ? new RoomClosing(now + Limits.TimeToUndoClosing, command.Reason)
            : Decision.Nothing;
    }

    public static Decision UndoClose(RoomState state, DateTimeOffset now) => state.Phase switch
    {
        RoomPhase.Closing when now < state.ClosesAt => new RoomClosingUndone(),
        RoomPhase.Open => Decision.Nothing,
        _ => Refusals.Closed(state.Code),
    };

    public static Decision FinishClose(RoomState state, DateTimeOffset now)
    {
        if (state.Phase != RoomPhase.Closing || now < state.ClosesAt)
            return Decision.Nothing;
        return new RoomClosed(
            [.. state.Legs.Where(leg => leg.Status != LegStatus.Gone).Select(leg => leg.Id)],
            [.. state.Shares.Select(share => share.View.Id)]);
    }

    /// <summary>The room opens without a call that cannot be made, and the record says so.</summary>
    private static RoomEvent Called(LegDialled called, AgencyId by, Surroundings around, ref int places)
    {
        var refusal = DialPolicy.Check("invites", called.Party.Address, by, around)
            ?? (places > 0 ? null : Refusals.Full("leg.too-many", "legs", Limits.Legs, "drop one first"));
        if (refusal is not null)
            return LegNotDialled.For(called, refusal);
        places--;
        return called;
    }

    /// <summary>Those who come with the opening. In a room that stands already, only those that never were in it: what
    /// somebody withdrew stays withdrawn.</summary>
    private static IEnumerable<RoomEvent> Company(RoomState state, OpenRoom command, DateTimeOffset now, Surroundings around)
    {
        var begins = !state.Exists || state.IsOver;
        var number = new Numbering(state);
        var terms = Invites.Terms(null, command.Owner, command.Type, around);
        var places = Limits.Legs - state.Legs.Count(leg => leg.Status != LegStatus.Gone) - command.Shares.Count;
        foreach (var agency in command.Invites)
            if (begins ? state.StandingInvite(agency) is null : !state.Invites.Exists(invite => invite.Agency == agency))
            {
                var invited = Invites.Sent(number, new Invitee(agency), purpose: null, terms, next: [], after: null, command.ProvisionedAs is null ? now : null, around);
                yield return invited;
                if (Asks.Desk(number, invited, call: null, command.Owner, around) is { } called)
                    yield return Called(called, command.Owner, around, ref places);
            }

        foreach (var resource in command.Shares)
            if (begins || !state.EverLent.Contains((resource.Kind, resource.Resource)))
                foreach (var lent in Shares.Lent(number, resource, ShareTerms.Open))
                    yield return lent;
        if (command.Alert is { } alert)
            yield return new AlertAttached(alert with { Room = state.Code });
    }
}
