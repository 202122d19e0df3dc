using System.Collections.Immutable;
using System.Net;
using Interop.Bridges.Media;
using Interop.Bridges.Media.Browsers;
using Interop.Bridges.Media.Codecs;
using Interop.Bridges.Media.Legs;
using Interop.Bridges.Wire.Rtp.Dtls;
using Interop.Hub.Contracts.Media;

namespace Interop.Bridges.Core.Anchor;

/// <summary>What a far end's SDP means for the engine: what to send, and what it may send.</summary>
public static class VoiceCodecs
{
    private static readonly IPEndPoint Nowhere = new(IPAddress.Any, 0);

    // Its number is fixed by RFC 3551, and phones with silence suppression send it whether or not it was agreed.
    private static readonly PayloadFormat s_comfortNoise = new(13, RtpFormat.ComfortNoise);

    /// <summary>Whether this node can speak Opus.</summary>
    public static bool OffersOpus => MediaEngine.Speaks(RtpFormat.Opus);

    /// <summary>Of the codecs that the engine has, the one with the widest sound, and among equals the far end's first choice; or null.</summary>
    internal static AudioCodec? Choose(IReadOnlyList<AudioCodec> offered) =>
        offered.Where(codec => Format(codec) is { } format && MediaEngine.Speaks(format.Format)).OrderByDescending(SampleRate).FirstOrDefault();

    /// <summary>The far end as the engine is told it.</summary>
    /// <remarks>A phone on hold may play music; nothing of it is accepted until it says that it sends again.</remarks>
    internal static PhoneRemote Remote(MediaFarEnd farEnd, AudioCodec chosen, SrtpKeys? keys) => new()
    {
        Rtp = farEnd is { Receives: true, Address: { } address } ? new IPEndPoint(IPAddress.Parse(address), farEnd.Port) : Nowhere,
        From = farEnd.Address is { } from ? new IPEndPoint(IPAddress.Parse(from), farEnd.Port) : null,
        Send = Format(chosen)!.Value,
        Accept = farEnd.Sends ? [s_comfortNoise, .. farEnd.Codecs.Select(Format).OfType<PayloadFormat>()] : [],
        PacketTime = TimeSpan.FromMilliseconds(farEnd.PacketTime),
        Keys = keys,
        KeysRenewed = farEnd.Keys is { Renewed: true },
        Relatch = true,
    };

    /// <summary>A browser as the engine is told it.</summary>
    internal static BrowserSettings Browser(BrowserFarEnd farEnd, AudioCodec chosen, LegMode mode) => new()
    {
        Mode = mode,
        RemoteUfrag = farEnd.Ufrag,
        Fingerprint = new CertificateFingerprint(farEnd.FingerprintHash, farEnd.Fingerprint),
        Send = Format(chosen)!.Value,
        Accept = farEnd.Sends ? [s_comfortNoise, .. farEnd.Codecs.Select(Format).OfType<PayloadFormat>()] : [],
    };

    // G.722 has a clock of 8 kHz and a sound of 16.
    private static int SampleRate(AudioCodec codec) => codec.Name == "G722" ? 16_000 : codec.ClockRate;

    private static PayloadFormat? Format(AudioCodec codec) => (codec.Name, codec.ClockRate) switch
    {
        ("PCMU", 8000) => new PayloadFormat((byte)codec.PayloadType, RtpFormat.Pcmu),
        ("PCMA", 8000) => new PayloadFormat((byte)codec.PayloadType, RtpFormat.Pcma),
        ("G722", 8000) => new PayloadFormat((byte)codec.PayloadType, RtpFormat.G722),
        ("L16", 8000) => new PayloadFormat((byte)codec.PayloadType, RtpFormat.L16Narrow),
        ("L16", 16_000) => new PayloadFormat((byte)codec.PayloadType, RtpFormat.L16Wide),
        ("OPUS", 48_000) => new PayloadFormat((byte)codec.PayloadType, RtpFormat.Opus),
        ("CN", 8000) => new PayloadFormat((byte)codec.PayloadType, RtpFormat.ComfortNoise),
        ("TELEPHONE-EVENT", var clock) => new PayloadFormat((byte)codec.PayloadType, RtpFormat.TelephoneEvent, clock),
        _ => null,
    };
}
