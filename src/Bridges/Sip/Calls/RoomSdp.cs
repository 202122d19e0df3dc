using System.Net;
using System.Security.Cryptography;
using System.Text;
using Interop.Bridges.Core.Anchor;
using Interop.Bridges.Wire.Rtp.Srtp;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Hub.Contracts.Media;

namespace Interop.Bridges.Sip.Calls;

/// <summary>Turns a place in a room's voice into SDP, and a phone's SDP into a far end.</summary>
internal static class RoomSdp
{
    /// <remarks>
    /// Comfort noise (RFC 3389) is what we take, as phones with silence suppression send it. We send none: a leg is sent a
    /// packet for each packet time, silent ones too, which keeps the ways through NATs open and its far end's silence time-out away.
    /// </remarks>
    private static readonly IReadOnlyList<SdpCodec> Formats =
    [
        .. VoiceCodecs.OffersOpus ? [SdpCodec.Opus] : Array.Empty<SdpCodec>(),
        SdpCodec.G722, SdpCodec.Pcmu, SdpCodec.Pcma, SdpCodec.L16Wide, SdpCodec.L16Narrow, SdpCodec.ComfortNoise, SdpCodec.TelephoneEvent,
        .. VoiceCodecs.OffersOpus ? [SdpCodec.TelephoneEventWide] : Array.Empty<SdpCodec>(),
    ];

    /// <summary>BSI-Core has PCMU for every bridge, and no key tones.</summary>
    private static readonly IReadOnlyList<SdpCodec> BridgeFormats = [SdpCodec.Pcmu];

    /// <summary>The SRTP suites that we take. Those that we offer are few, since an INVITE over UDP has to fit into a datagram.</summary>
    public static IReadOnlyList<SdpSuite> Suites { get; } = [.. SrtpProfile.All.Select(static profile =>
        new SdpSuite(profile.Name, profile.KeyingLength, Offered: profile.IsAead || profile == SrtpProfile.Aes128CmHmacSha1Tag80))];

    /// <summary>What we bring to a call, at the place that the anchor gave.</summary>
    public static AudioCapabilities Capabilities(
        MediaPlace place, ulong sessionId, ulong version, bool bridge = false, SdpProtection protection = SdpProtection.None) =>
        new(sessionId, version, new IPEndPoint(IPAddress.Parse(place.Address), place.Port), bridge ? BridgeFormats : Formats)
        {
            Protection = protection,
            Suites = Suites,
        };

    /// <summary>A session id for a new call.</summary>
    public static ulong NewSessionId() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)) >> 1;

    /// <summary>The offer that moves a call to another place: its streams, numbers and session go on (RFC 3264 section 8).</summary>
    public static SessionDescription Moved(MediaPlace place, string? lastDescription, bool bridge = false, SdpProtection protection = SdpProtection.None) =>
        Read(lastDescription) is { } last
            ? AudioOffer.Again(Capabilities(place, last.SessionId, last.Version, bridge, protection), last)
            : AudioOffer.Create(Capabilities(place, NewSessionId(), 1, bridge, protection));

    /// <summary>A description that a dialog keeps; null when it keeps none.</summary>
    public static SessionDescription? Read(string? description) =>
        description is not null && SessionDescription.TryParse(Encoding.UTF8.GetBytes(description), out var read) ? read : null;

    /// <summary>Answers what a called phone offers while it still rings (RFC 3311), at the place of our own offer; null refuses.</summary>
    public static Func<SessionDescription, SessionDescription?> WhileRinging(MediaPlace place, SessionDescription first, bool bridge, SdpProtection protection)
    {
        var version = first.Version;
        return offer => FarEnd(offer) is null
            ? null
            : AudioOffer.Answer(offer, Capabilities(place, first.SessionId, Interlocked.Increment(ref version), bridge, protection));
    }

    /// <summary>What the phone's description says of its voice, or null when it has none that we could take.</summary>
    public static MediaFarEnd? FarEnd(SessionDescription description) =>
        AudioOffer.Agreed(description) is { } audio ? FarEnd(description, audio) : null;

    /// <summary>What two descriptions have agreed on, with the keys of both; null when nothing, or when it would be in the clear and must not be.</summary>
    public static MediaFarEnd? FarEnd(SessionDescription theirs, SessionDescription ours, SdpProtection protection)
    {
        for (var i = 0; i < Math.Min(theirs.Media.Count, ours.Media.Count); i++)
        {
            if (ours.Media[i] is not { Type: "audio", Port: not 0 } own || theirs.Media[i] is not { Type: "audio", Port: not 0 } far)
                continue;
            var crypto = AgreedCrypto.Of(own, far, Suites);
            var mustBe = protection == SdpProtection.Required || own.IsSecured || far.IsSecured;
            return crypto is null && mustBe ? null : FarEnd(theirs, far) with { Keys = Keys(crypto) };
        }

        return null;
    }

    /// <summary>Whether a description names SRTP keys at all.</summary>
    public static bool HasKeys(SessionDescription description) => description.Media.Any(static media => media.Cryptos().Count > 0);

    /// <summary>Whether a phone goes on with a key that it described before: else ours is to change with it, so that both sides count anew.</summary>
    public static bool KeepsItsKey(string? before, SessionDescription now) =>
        Read(before) is { } known && known.Media.SelectMany(static media => media.Cryptos()).Any(
            old => now.Media.SelectMany(static media => media.Cryptos()).Any(crypto => crypto.Suite == old.Suite && crypto.KeyParameters[0] == old.KeyParameters[0]));

    private static MediaKeys? Keys(AgreedCrypto? agreed) =>
        agreed is not null && agreed.Ours.TryKey(out var ours) && agreed.Theirs.TryKey(out var theirs)
            ? new MediaKeys(agreed.Ours.Suite, Convert.ToBase64String(ours), Convert.ToBase64String(theirs))
            : null;

    private static MediaFarEnd FarEnd(SessionDescription description, MediaDescription audio)
    {
        var direction = description.DirectionOf(audio);
        var endPoint = description.EndPointOf(audio);
        var codecs = new List<AudioCodec>();
        foreach (var codec in audio.Codecs())
            if (Formats.Any(codec.SameFormat))
                codecs.Add(new AudioCodec(codec.Name.ToUpperInvariant(), codec.PayloadType, codec.ClockRate));
        return new MediaFarEnd(
            endPoint?.Address.ToString(),
            endPoint?.Port ?? 0,
            codecs,
            Receives: endPoint is not null && direction is MediaDirection.SendRecv or MediaDirection.RecvOnly,
            Sends: direction is MediaDirection.SendRecv or MediaDirection.SendOnly,
            audio.SendingPacketTime());
    }

    /// <summary>What a phone that no longer hears us sends is music to whom it holds (RFC 3264 section 8.4), and not for the room.</summary>
    public static MediaFarEnd WithoutMusic(MediaFarEnd farEnd) => farEnd.Receives ? farEnd : farEnd with { Sends = false };

    /// <summary>Whether a call began with a phone that sends and never hears: a source, which has nobody on hold.</summary>
    public static bool IsOneWay(string? remoteDescription) =>
        remoteDescription is null || (Read(remoteDescription) is { } remote && FarEnd(remote) is { Sends: true, Receives: false });
}
