using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Dialling;

namespace Interop.Hub.Domain.Rooms;

/// <summary>Other systems' rooms in a room (RFC 4579: their Contact says that they are a focus). Each mixes, so that a second way to one would send all sound round.</summary>
/// <remarks>
/// When both call each other at once, the call of the focus whose address comes first by its octets stands. Both see the same
/// two addresses, so both keep the same call.
/// </remarks>
internal static class Foci
{
    /// <summary>The refusal of an address that leads to a focus whose room is joined already; a call in the place of another is none of that.</summary>
    public static Refusal? Twice(RoomState state, string address) =>
        state.Legs.Find(leg => leg.Status != LegStatus.Gone && leg.Party.Focus is { } focus && (Same(focus, address) || Same(leg.Party.Address, address))) is { } there
            ? Refusals.FocusTwice(there)
            : null;

    /// <summary>What a caller finds: the leg that its call takes up, a refusal, or neither.</summary>
    /// <param name="state">The room.</param>
    /// <param name="caller">Who calls.</param>
    /// <param name="own">The room's own Contact, as the caller knows it.</param>
    /// <param name="itsLeg">The leg whose place the call takes in any case.</param>
    public static (LegView? TakesUp, Refusal? Refusal) Meet(RoomState state, Party caller, string? own, LegId? itsLeg)
    {
        if (caller.Focus is not { } focus)
            return default;
        if (own is not null && Same(focus, own))
            return (null, Refusals.FocusOfItself(state.Code));
        foreach (var leg in state.Legs)
        {
            if (leg.Status == LegStatus.Gone || leg.Id == itsLeg || !LeadsTo(leg, focus))
                continue;
            // What was lost is brought back by whoever is quicker; of two calls that cross, one gives way.
            return leg.Status == LegStatus.Lost || (leg.Status == LegStatus.Connecting && own is not null && ComesBefore(focus, own))
                ? (leg, null)
                : (null, Refusals.FocusTwice(leg));
        }

        return default;
    }

    /// <summary>A called party, or one that was a plain phone before, turns out to be a focus.</summary>
    public static Decision Met(RoomState state, MeetFocus command)
    {
        if (FieldRules.Focus(command.Focus) is { } wrong)
            return wrong;
        if (state.Leg(command.Leg) is not { } leg)
            return Refusals.NoLeg(command.Leg);
        if (leg.Status == LegStatus.Gone)
            return Refusals.LegGone(command.Leg);
        if (Same(command.Focus, command.Own))
            return Refusals.FocusOfItself(state.Code);
        var met = new LegMetFocus(leg.Id, command.Focus);
        var other = state.Legs.Find(other => other.Status != LegStatus.Gone && other.Id != leg.Id && other.Party.Focus is { } known && Same(known, command.Focus));
        if (other is null)
            return leg.Party.Focus == command.Focus ? Decision.Nothing : met;
        var crossed = leg.Dialled && !other.Dialled && other.Since >= leg.Since;
        return other.Status == LegStatus.Lost || (crossed && ComesBefore(command.Own, command.Focus))
            ? Decision.Of([new LegDropped(other.Id, $"joined by {leg.Id}"), met])
            : Refusals.FocusTwice(other);
    }

    /// <summary>Whether two addresses are one focus: user, host and port, whatever the transport.</summary>
    public static bool Same(string one, string other) => Key(one) == Key(other);

    private static bool ComesBefore(string one, string other) => string.CompareOrdinal(Key(one), Key(other)) < 0;

    private static bool LeadsTo(LegView leg, string focus) =>
        (leg.Party.Focus is { } known && Same(known, focus)) || (leg.Dialled && Same(leg.Party.Address, focus));

    private static string Key(string address)
    {
        var plain = address.Split(';', '?')[0];
        return DialAddress.Read(plain, out _) is { } read ? $"{read.User}@{read.Host}:{read.Port ?? (read.Secure ? 5061 : 5060)}" : plain;
    }
}
