namespace Interop.Hub.Contracts.Media;

/// <summary>Where a far end sends its voice for one leg: an address of the room's anchor, ready for an SDP.</summary>
/// <param name="Address">IP address, as the far end reaches it.</param>
/// <param name="Port">RTP port; RTCP is the next one.</param>
/// <param name="Codec">What was chosen for it; null until the far end is known.</param>
[GenerateSerializer, Alias("interop.media-place")]
public sealed record MediaPlace(string Address, int Port, AudioCodec? Codec);

/// <summary>An audio format and the payload type it has in one session.</summary>
/// <param name="Name">The encoding name of its rtpmap in capitals: <c>PCMU</c>, <c>OPUS</c>.</param>
/// <param name="PayloadType">0 to 127.</param>
/// <param name="ClockRate">The rate of its RTP timestamps.</param>
[GenerateSerializer, Alias("interop.audio-codec")]
public sealed record AudioCodec(string Name, int PayloadType, int ClockRate = 8000);

/// <summary>What a far end's SDP says of its voice.</summary>
/// <param name="Address">Where it wants ours; null when it has none.</param>
/// <param name="Port">Its RTP port; 0 when it wants nothing.</param>
/// <param name="Codecs">What it speaks, best first.</param>
/// <param name="Receives">False when it is on hold: it wants nothing from us.</param>
/// <param name="Sends">False when it sends nothing: on hold, or only listening.</param>
/// <param name="PacketTime">How many milliseconds of sound it likes to get in a packet: 10 to 60.</param>
/// <param name="Keys">What its voice and ours are protected with; null in the clear.</param>
[GenerateSerializer, Alias("interop.media-far-end")]
public sealed record MediaFarEnd(string? Address, int Port, IReadOnlyList<AudioCodec> Codecs, bool Receives, bool Sends, int PacketTime = 20, MediaKeys? Keys = null);

/// <summary>The SRTP keys of one leg. They are told to whoever carries its voice, and neither stored nor printed.</summary>
/// <param name="Suite">The crypto-suite of both directions (RFC 4568), such as <c>AEAD_AES_128_GCM</c>.</param>
/// <param name="Ours">Our master key with its salt, base64: what we send is under it.</param>
/// <param name="Theirs">The far end's.</param>
/// <param name="Renewed">Whether the far end had others in this call before: some phones agree to new keys and go on with the first.</param>
[GenerateSerializer, Immutable, Alias("interop.media-keys")]
public sealed record MediaKeys(string Suite, string Ours, string Theirs, bool Renewed = false)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Suite} (keys withheld)";
}
