using System.Collections.Immutable;
using System.Net;
using Interop.Bridges.Media.Browsers;
using Interop.Bridges.Media.Codecs;
using Interop.Bridges.Media.Legs;
using Interop.Bridges.Wire.Rtp.Dtls;
using Interop.Hub.Contracts.Media;

namespace Interop.Bridges.Core.Anchor;

/// <summary>What a far end's SDP means for the engine: what to send, and what it may send.</summary>
internal static class VoiceCodecs
{
    private static readonly IPEndPoint Nowhere = new(IPAddress.Any, 0);

    // Its number is fixed by RFC 3551, and phones with silence suppression send it whether or not it was agreed.
    private static readonly PayloadFormat s_comfortNoise = new(13, RtpFormat.ComfortNoise);

    /// <summary>The far end's first choice among the codecs that the engine has, or null.</summary>
    public static AudioCodec? Choose(IReadOnlyList<AudioCodec> offered)
    {
        foreach (var codec in offered)
            if (codec.Name is "PCMU" or "PCMA")
                return codec;
        return null;
    }

    /// <summary>The far end as the engine is told it.</summary>
    /// <remarks>A phone on hold may play music; nothing of it is accepted until it says that it sends again.</remarks>
    public static PhoneRemote Remote(MediaFarEnd farEnd, AudioCodec chosen, SrtpKeys? keys) => new()
    {
        Rtp = farEnd is { Receives: true, Address: { } address } ? new IPEndPoint(IPAddress.Parse(address), farEnd.Port) : Nowhere,
        Send = Format(chosen)!.Value,
        Accept = farEnd.Sends ? [s_comfortNoise, .. farEnd.Codecs.Select(Format).OfType<PayloadFormat>()] : [],
        PacketTime = TimeSpan.FromMilliseconds(farEnd.PacketTime),
        Keys = keys,
        Relatch = true,
    };

    /// <summary>A browser as the engine is told it.</summary>
    public static BrowserSettings Browser(BrowserFarEnd farEnd, AudioCodec chosen, LegMode mode) => new()
    {
        Mode = mode,
        RemoteUfrag = farEnd.Ufrag,
        Fingerprint = new CertificateFingerprint(farEnd.FingerprintHash, farEnd.Fingerprint),
        Send = Format(chosen)!.Value,
        Accept = farEnd.Sends ? [s_comfortNoise, .. farEnd.Codecs.Select(Format).OfType<PayloadFormat>()] : [],
    };

    private static PayloadFormat? Format(AudioCodec codec) => codec.Name switch
    {
        "PCMU" => new PayloadFormat((byte)codec.PayloadType, RtpFormat.Pcmu),
        "PCMA" => new PayloadFormat((byte)codec.PayloadType, RtpFormat.Pcma),
        "CN" => new PayloadFormat((byte)codec.PayloadType, RtpFormat.ComfortNoise),
        "TELEPHONE-EVENT" => new PayloadFormat((byte)codec.PayloadType, RtpFormat.TelephoneEvent),
        _ => null,
    };
}
