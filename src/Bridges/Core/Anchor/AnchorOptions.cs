namespace Interop.Bridges.Core.Anchor;

/// <summary>How the voice of this node is reached.</summary>
/// <param name="AdvertisedAddress">The IP address that far ends are told to send their voice to.</param>
public sealed record AnchorOptions(string AdvertisedAddress);
