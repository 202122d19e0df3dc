using Interop.Bridges.Core.Legs;
using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Bridges.Sip.Calls;

/// <summary>Whether a call that failed is tried again (design rule 4: left is not lost).</summary>
internal static class DialResult
{
    /// <summary>
    /// A party that was never in the room and says no, or lets it ring, is left alone. One that was in the room and was
    /// lost is tried again, also when it is busy, unless it declines for good.
    /// </summary>
    public static LegAttempt Of(CallOutcome.Failed failed, LegStatus before, bool rangOut, LegAsk? ask = null) =>
        Of(failed.Status, rangOut ? "no answer" : Words(failed), before, rangOut, ask);

    /// <summary>The same for a status with its cause in words.</summary>
    /// <remarks>
    /// A party that is still to be asked was never in the room, however often it was tried. A duty desk that is busy or not
    /// there is tried again for as long as its invitation waits; one that lets it ring has heard it.
    /// </remarks>
    public static LegAttempt Of(int status, string cause, LegStatus before, bool rangOut, LegAsk? ask = null)
    {
        if (status is 603 or 607 or 608)
            return LegAttempt.Left(cause);
        if (ask is not null)
            return !rangOut && (status is 408 or 481 or (>= 500 and < 600) || (ask.Invite is not null && status is (480 or 486 or 600)))
                ? LegAttempt.Lost(cause)
                : LegAttempt.Left(cause);
        if (before == LegStatus.Lost || status is 408 or 481 or (>= 500 and < 600))
            return rangOut && before != LegStatus.Lost ? LegAttempt.Left(cause) : LegAttempt.Lost(cause);
        return LegAttempt.Left(cause);
    }

    /// <summary>The cause of a call that its far end refused since it would make a loop.</summary>
    public const string Loop = "joined already: another call would send all sound round";

    private static string Words(CallOutcome.Failed failed) => failed.Status switch
    {
        408 => "not reached",
        486 or 600 => "busy",
        603 or 607 or 608 => "declined",
        404 or 604 => "no such address",
        480 => "not available",
        482 => Loop,
        _ => $"{failed.Status} {failed.Reason}",
    };
}
