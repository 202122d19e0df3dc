using Interop.Bridges.Media.Legs;
using Interop.Hub.Contracts.Live;

namespace Interop.Bridges.Core.Quality;

/// <summary>What the counters say of each direction of a leg; nothing is guessed.</summary>
internal static class Directions
{
    /// <summary>A voice that came within this time comes still: a burst of loss is no silence.</summary>
    public static readonly TimeSpan Recent = TimeSpan.FromSeconds(3);

    // Reports come every 5 s and up to half as often again; RFC 3550 §6.3.5 gives a silent participant up after five of them.
    private static readonly TimeSpan s_reportsOver = TimeSpan.FromSeconds(25);

    // Two reports that name the same last packet, so far apart, had a hundred and more of our packets between them.
    private static readonly TimeSpan s_noAdvance = TimeSpan.FromSeconds(2);

    /// <summary>Whether the hub hears it.</summary>
    /// <param name="leg">The leg now.</param>
    /// <param name="before">The leg about <see cref="Recent"/> ago.</param>
    public static PartyHeard Heard(LegStatistics leg, LegStatistics before)
    {
        if (!leg.Accepts) return PartyHeard.NotSending;
        if (leg.SinceLastVoice <= Recent) return PartyHeard.Heard;
        // Whoever sent comfort noise, or a key, after the last sound keeps silent on purpose.
        if (leg.SinceLastPacket is { } packet && (packet <= Recent || leg.SinceLastVoice is null || packet < leg.SinceLastVoice)) return PartyHeard.Quiet;
        if (Grew(leg, before, DropReason.Unauthenticated) || Grew(leg, before, DropReason.Unauthentic)) return PartyHeard.WrongKey;
        if (Grew(leg, before, DropReason.ForeignSource) || Grew(leg, before, DropReason.ForeignSsrc)) return PartyHeard.Refused;
        return Grew(leg, before, DropReason.UnknownPayload) ? PartyHeard.UnknownCoding : PartyHeard.Nothing;
    }

    /// <summary>Whether it hears the hub, by its reports.</summary>
    public static PartyHears Hears(LegStatistics leg, LegStatistics before)
    {
        if (leg.PacketsOut == before.PacketsOut) return PartyHears.NotSent;
        if (leg.SinceFarEndControl is not { } control || control > s_reportsOver) return PartyHears.Unknown;
        if (leg.SinceFarEndReport is not { } report) return PartyHears.NotReported;
        // "Reception report blocks for sources heard from since the last report" (§6.4): it goes on to report, and no longer on us.
        if (report > s_reportsOver) return PartyHears.Nothing;
        return leg.SinceFarEndAdvance is { } advance && advance - report < s_noAdvance ? PartyHears.Hears : PartyHears.Nothing;
    }

    /// <summary>Whether the party sends sound that does not arrive, or cannot be used.</summary>
    /// <remarks>
    /// Silence alone is no fault: push-to-talk partners, muted phones and silence suppression send nothing for hours. It is one
    /// where something arrives and is refused, where the party itself says that it sends, or where nothing ever came from
    /// one that does not say that it sends nothing.
    /// </remarks>
    /// <param name="heard">Whether it is heard now.</param>
    /// <param name="leg">The leg now.</param>
    /// <param name="sentWhenSilent">What it had said to have sent when its voice last came.</param>
    public static bool IsDeadFrom(PartyHeard heard, LegStatistics leg, long sentWhenSilent) => heard switch
    {
        PartyHeard.Heard or PartyHeard.Quiet or PartyHeard.NotSending => false,
        PartyHeard.WrongKey or PartyHeard.Refused or PartyHeard.UnknownCoding => true,
        PartyHeard.Nothing => leg.FarEndSent > sentWhenSilent || (leg.SinceLastPacket is null && leg.SinceFarEndControl is null),
    };

    private static bool Grew(LegStatistics leg, LegStatistics before, DropReason reason) => leg.DroppedBy(reason) > before.DroppedBy(reason);
}
