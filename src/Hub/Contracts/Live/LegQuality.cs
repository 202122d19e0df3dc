using Interop.Hub.Contracts.Ids;

namespace Interop.Hub.Contracts.Live;

/// <summary>How good a voice is, in a word.</summary>
public enum VoiceGrade
{
    /// <summary>Nothing was heard yet.</summary>
    Unknown,

    /// <summary>Nobody would complain: R of at least 80.</summary>
    Good,

    /// <summary>Some would: R of at least 60.</summary>
    Fair,

    /// <summary>Words are lost.</summary>
    Poor,
}

/// <summary>Whether the hub hears a party, and if not, why.</summary>
public enum PartyHeard
{
    /// <summary>Its voice arrives.</summary>
    Heard,

    /// <summary>It says that it is silent: comfort noise came last.</summary>
    Quiet,

    /// <summary>It is on hold, or said that it only receives.</summary>
    NotSending,

    /// <summary>Nothing arrives.</summary>
    Nothing,

    /// <summary>What arrives comes from another address or source than the party's, and is refused.</summary>
    Refused,

    /// <summary>What arrives is not under the keys of the call.</summary>
    WrongKey,

    /// <summary>What arrives is coded in what was not agreed.</summary>
    UnknownCoding,
}

/// <summary>Whether a party hears the hub, by its own reports (RTCP) and nothing else.</summary>
public enum PartyHears
{
    /// <summary>It sends no reports.</summary>
    Unknown,

    /// <summary>It reports that more and more of our sound arrives.</summary>
    Hears,

    /// <summary>It reports that nothing more arrives.</summary>
    Nothing,

    /// <summary>It sends reports that never spoke of our sound: perhaps nothing arrives, perhaps it never reports that.</summary>
    NotReported,

    /// <summary>It is sent nothing: it is on hold, or said that it only sends.</summary>
    NotSent,
}

/// <summary>Which direction of a call is dead, although it should not be.</summary>
public enum OneWay
{
    /// <summary>None, or none that is known.</summary>
    None,

    /// <summary>The room does not hear the party.</summary>
    FromParty,

    /// <summary>The party does not hear the room.</summary>
    ToParty,

    /// <summary>Both.</summary>
    Both,
}

/// <summary>What the anchor measured of a leg's voice; live only, never recorded.</summary>
/// <remarks>All figures are of what comes from the party, over the last ten seconds in which it sent, but for the round trip and <see cref="FarLoss"/>.</remarks>
/// <param name="Grade">The score in a word.</param>
/// <param name="Mos">The mean opinion score by the E-model, 1 to 4.5; null until something was heard.</param>
/// <param name="Loss">Percent of its packets that were missing when they were due.</param>
/// <param name="Jitter">Interarrival jitter, in milliseconds.</param>
/// <param name="Delay">From its mouth to the room, in milliseconds: packet, half the round trip, jitter buffer.</param>
/// <param name="RoundTrip">In milliseconds, by RTCP; null while unknown.</param>
/// <param name="FarLoss">Percent of our packets that it last reported lost; null without reports.</param>
/// <param name="Heard">Whether the hub hears it.</param>
/// <param name="Hears">Whether it hears the hub.</param>
/// <param name="SilentSince">When its voice last arrived, while none does; null while it is heard, or was never.</param>
/// <param name="OneWay">Which direction is dead.</param>
/// <param name="StuckSince">Since when it talks without a pause, once that is longer than a key is ever held; otherwise null.</param>
[GenerateSerializer, Immutable, Alias("interop.leg-quality")]
public sealed record LegQuality(
    VoiceGrade Grade,
    double? Mos,
    double Loss,
    int Jitter,
    int Delay,
    int? RoundTrip,
    double? FarLoss,
    PartyHeard Heard,
    PartyHears Hears,
    DateTimeOffset? SilentSince = null,
    OneWay OneWay = OneWay.None,
    DateTimeOffset? StuckSince = null);

/// <summary>The quality of one leg.</summary>
[GenerateSerializer, Alias("interop.measured-leg")]
public sealed record MeasuredLeg(LegId Leg, LegQuality Quality);
