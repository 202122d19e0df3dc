namespace Interop.Bridges.Media.Recording;

/// <summary>What a segment holds.</summary>
public enum SegmentKind
{
    /// <summary>What one leg said.</summary>
    Transmission,

    /// <summary>What the room heard.</summary>
    Mix,
}

/// <summary>What a segment is, as it stands in its own file too.</summary>
/// <param name="Id">32 hexadecimal digits that nobody can guess.</param>
/// <param name="Room">Where it was said.</param>
/// <param name="Kind">Of what.</param>
/// <param name="Leg">By which leg; null for the mix.</param>
/// <param name="Talker">Who; null for the mix, or where nobody knew.</param>
/// <param name="StartedAt">When it began.</param>
public sealed record SegmentTitle(string Id, string Room, SegmentKind Kind, string? Leg, Talker? Talker, DateTimeOffset StartedAt);

/// <summary>A segment whose file is finished.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Length">How long.</param>
/// <param name="Octets">The size of its file.</param>
/// <param name="Sha256">The hash of its file, lowercase hex.</param>
/// <param name="Lost">How much of the length is silence in place of what the recorder could not take; unknown, and zero, after a repair.</param>
public sealed record Segment(SegmentTitle Title, TimeSpan Length, long Octets, string Sha256, TimeSpan Lost);
