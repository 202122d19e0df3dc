namespace Interop.Bridges.Media.Floors;

/// <summary>The parameters of who may key a room's half-duplex outputs.</summary>
public sealed record FloorSettings
{
    /// <summary>How long the floor stays with a holder who has stopped talking.</summary>
    public TimeSpan Hang { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long one transmission may hold the floor; after it the holder must pause to get it again.</summary>
    public TimeSpan TimeOut { get; init; } = TimeSpan.FromSeconds(60);
}
