namespace Interop.Hub.Contracts.Media;

/// <summary>What a browser's offer says of its voice.</summary>
/// <param name="Ufrag">Its ICE user name fragment.</param>
/// <param name="FingerprintHash">The hash function of its certificate's fingerprint: <c>sha-256</c>.</param>
/// <param name="Fingerprint">The fingerprint.</param>
/// <param name="Codecs">What it speaks, best first.</param>
/// <param name="Sends">False when it only listens.</param>
[GenerateSerializer, Alias("interop.browser-far-end")]
public sealed record BrowserFarEnd(string Ufrag, string FingerprintHash, byte[] Fingerprint, IReadOnlyList<AudioCodec> Codecs, bool Sends);

/// <summary>Where a browser finds its leg: ready for an answer.</summary>
/// <param name="EndPoints">Addresses and ports of the room's anchor, as the browser may reach them.</param>
/// <param name="Ufrag">Our ICE user name fragment for this leg.</param>
/// <param name="Password">Its password.</param>
/// <param name="Fingerprint">The certificate that the anchor shows, as SDP writes it.</param>
/// <param name="Codec">What was chosen.</param>
[GenerateSerializer, Alias("interop.browser-place")]
public sealed record BrowserPlace(IReadOnlyList<string> EndPoints, string Ufrag, string Password, string Fingerprint, AudioCodec Codec);
