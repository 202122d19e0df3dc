namespace Interop.Bridges.Core.Quality;

/// <summary>When a dispatcher is warned of a leg.</summary>
public sealed record QualityOptions
{
    /// <summary>How long one direction must be dead; a call whose media takes a moment to begin is not.</summary>
    public TimeSpan OneWayAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long somebody may talk without a pause of half a second before the key is taken to be stuck.</summary>
    public TimeSpan StuckAfter { get; init; } = TimeSpan.FromSeconds(60);
}
