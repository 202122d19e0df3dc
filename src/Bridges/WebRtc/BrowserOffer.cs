using System.Text;
using Interop.Bridges.Wire.Rtp.Dtls;
using Interop.Bridges.Wire.Rtp.Ice;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Media;

namespace Interop.Bridges.WebRtc;

/// <summary>A browser's offer of one voice (RFC 9429), read as far as we take it.</summary>
/// <param name="Description">The whole of it, for the answer.</param>
/// <param name="Voice">The section that is taken; the others are refused.</param>
/// <param name="FarEnd">What the room's anchor is told of it.</param>
internal sealed record BrowserOffer(SessionDescription Description, MediaDescription Voice, BrowserFarEnd FarEnd)
{
    /// <summary>The transport of WebRTC (RFC 8834 §4.2).</summary>
    public const string Protocol = "UDP/TLS/RTP/SAVPF";

    private const int LongestBytes = 32 * 1024;

    /// <summary>Reads it, or says what it lacks.</summary>
    public static Outcome<BrowserOffer> Read(string? sdp)
    {
        if (string.IsNullOrWhiteSpace(sdp) || sdp.Length > LongestBytes || !SessionDescription.TryParse(Encoding.UTF8.GetBytes(sdp), out var description))
            return Refuse("it is not a session description");
        var voice = description.Media.FirstOrDefault(static media => media is { Type: "audio", Port: not 0, Protocol: Protocol });
        if (voice is null)
            return Refuse($"it has no audio section with {Protocol}");
        if (voice.Attribute("rtcp-mux") is null)
            return Refuse("it has no a=rtcp-mux");
        if (Find(description, voice, "setup") is not ("actpass" or "active"))
            return Refuse("its a=setup must be actpass or active, since the hub waits for the handshake");
        // Browsers that gather for one certificate write it once for the session or in each section.
        if (!SdpFingerprint.TryParse(Find(description, voice, "fingerprint"), out var written)
            || new CertificateFingerprint(written.Hash, written.Value) is not { IsUsable: true } fingerprint)
            return Refuse("its a=fingerprint must be one of sha-256, sha-384 or sha-512");
        if (new IceCredentials(Find(description, voice, "ice-ufrag") ?? "", Find(description, voice, "ice-pwd") ?? "") is not { AreValid: true } ice)
            return Refuse("its a=ice-ufrag or a=ice-pwd is missing or malformed");
        var codecs = voice.Codecs()
            .Where(static codec => codec.IsVoice && (codec.Channels == 1 || codec.SameFormat(SdpCodec.Opus)))
            .Select(static codec => new AudioCodec(codec.Name.ToUpperInvariant(), codec.PayloadType, codec.ClockRate));
        var sends = description.DirectionOf(voice) is MediaDirection.SendRecv or MediaDirection.SendOnly;
        return new BrowserOffer(description, voice, new BrowserFarEnd(ice.Ufrag, fingerprint.Hash, fingerprint.Value.ToArray(), [.. codecs], sends));
    }

    private static string? Find(SessionDescription description, MediaDescription voice, string name)
    {
        if (voice.Attribute(name) is { } own)
            return own;
        foreach (var attribute in description.Attributes)
            if (attribute.Name == name)
                return attribute.Value;
        return null;
    }

    private static Refusal Refuse(string fault) => new(RefusalKind.Invalid, "voice.offer", $"The offer cannot be taken: {fault}.", "sdp");
}
