using System.Net;

namespace Interop.Bridges.Wire.Sip.Sdp;

/// <summary>What we bring to a call of one audio stream: our address, our formats in order of preference, our willingness.</summary>
/// <param name="SessionId">Stays the same for the whole dialog.</param>
/// <param name="Version">Grows by one with each description that differs from the one before.</param>
public sealed record AudioCapabilities(
    ulong SessionId,
    ulong Version,
    IPEndPoint EndPoint,
    IReadOnlyList<SdpCodec> Codecs,
    MediaDirection Direction = MediaDirection.SendRecv)
{
    /// <summary>Whether the stream is to be protected.</summary>
    public SdpProtection Protection { get; init; }

    /// <summary>The crypto-suites that we have, the strongest first.</summary>
    public IReadOnlyList<SdpSuite> Suites { get; init; } = [];

    /// <summary>Keys of ours that the peer has already and that still hold: an answer goes on with one of them if it fits.</summary>
    public IReadOnlyList<SdpCrypto> Keeping { get; init; } = [];
}

/// <summary>Offer and answer (RFC 3264) for calls of one audio stream; every other stream is refused with port 0.</summary>
public static class AudioOffer
{
    /// <summary>The packet time of an offer, and of an answer to one that names none, in milliseconds.</summary>
    internal const int UsualPacketTime = 20;

    /// <summary>An offer of one audio stream.</summary>
    public static SessionDescription Create(AudioCapabilities ours) =>
        Describe(ours, [Fresh(ours)]);

    /// <summary>A further offer in a call, after our last description of it.</summary>
    /// <remarks>
    /// RFC 3264 section 8: every stream keeps its place, one that is over stays with port 0; a format keeps its number, and no
    /// number gets another format; the version grows only when something differs. Its keys are new ones.
    /// </remarks>
    public static SessionDescription Again(AudioCapabilities ours, SessionDescription previous)
    {
        var voice = Agreed(previous);
        var sections = new List<MediaDescription>(previous.Media.Count);
        foreach (var media in previous.Media)
        {
            sections.Add(ReferenceEquals(media, voice) ? Further(ours, media) : Refuse(media));
        }

        if (voice is null) sections.Add(Fresh(ours));
        return Describe(ours, sections).After(previous);
    }

    /// <summary>The answer to an offer, or null when it holds no audio stream that we can take (488).</summary>
    /// <remarks>
    /// The answer names formats under the offerer's numbers: the widest sound first, and the offerer's order among equals. Where the
    /// offer has the same voice twice, protected and not, the protected one is answered if we can take it, and the other refused.
    /// </remarks>
    public static SessionDescription? Answer(SessionDescription offer, AudioCapabilities ours)
    {
        var sections = new List<MediaDescription>(offer.Media.Count);
        if (Best(offer, ours) is not { } best) return null;
        foreach (var media in offer.Media)
        {
            if (!ReferenceEquals(media, best))
            {
                sections.Add(Refuse(media));
                continue;
            }

            var common = Common(media, ours.Codecs);
            var offered = offer.DirectionOf(media);
            if (HeldByAddress(offer, media)) offered = MediaDirections.From(offered.Sends(), receives: false);
            // One packet time for both directions: what we send in is also what we ask for.
            var crypto = Protect(media, ours) is { } protecting ? (IReadOnlyList<SdpCrypto>)[protecting] : [];
            sections.Add(Stream(ours, common, MediaDirections.Answer(offered, ours.Direction), media.Protocol, media.SendingPacketTime(), crypto));
        }

        return Describe(ours, sections);
    }

    /// <summary>The audio stream that both sides agreed on, or null.</summary>
    public static MediaDescription? Agreed(SessionDescription description)
    {
        foreach (var media in description.Media)
        {
            if (media.Type == "audio" && media.Port != 0) return media;
        }

        return null;
    }

    /// <summary>The address 0.0.0.0 in an offer holds the stream: the offerer can be sent nothing, but may go on talking.</summary>
    private static bool HeldByAddress(SessionDescription offer, MediaDescription media) =>
        (media.Connection ?? offer.Connection) is { IsUnspecified: true };

    /// <summary>The stream to answer: the first that is protected, else the first in the clear where that may be.</summary>
    private static MediaDescription? Best(SessionDescription offer, AudioCapabilities ours)
    {
        MediaDescription? clear = null;
        foreach (var media in offer.Media)
        {
            if (Common(media, ours.Codecs).Count == 0) continue;
            if (Protect(media, ours) is not null) return media;
            if (!media.IsSecured && ours.Protection != SdpProtection.Required) clear ??= media;
        }

        return clear;
    }

    /// <summary>What an offered stream is protected with: the strongest suite that both have; null for nothing.</summary>
    private static SdpCrypto? Protect(MediaDescription offered, AudioCapabilities ours)
    {
        if (ours.Protection == SdpProtection.None) return null;
        var lines = offered.Cryptos();
        foreach (var suite in ours.Suites)
        {
            if (lines.FirstOrDefault(suite.Fits) is not { } line) continue;
            return ours.Keeping.FirstOrDefault(suite.Fits) is { } kept ? kept with { Tag = line.Tag } : suite.NewKey(line.Tag);
        }

        return null;
    }

    private static IReadOnlyList<SdpCrypto> NewKeys(AudioCapabilities ours) =>
        ours.Protection == SdpProtection.None ? [] : [.. ours.Suites.Where(suite => suite.Offered).Select((suite, index) => suite.NewKey((uint)index + 1))];

    private static MediaDescription Fresh(AudioCapabilities ours) =>
        Stream(ours, ours.Codecs, ours.Direction, ours.Protection == SdpProtection.Required ? "RTP/SAVP" : "RTP/AVP", UsualPacketTime, NewKeys(ours));

    /// <summary>The voice of a call, offered once more: as it was protected, it stays protected, and where it has to be it becomes so.</summary>
    private static MediaDescription Further(AudioCapabilities ours, MediaDescription before)
    {
        var secured = ours.Protection == SdpProtection.Required || (before.IsSecured && ours.Protection != SdpProtection.None);
        var protocol = (secured, before.Protocol.EndsWith('F')) switch { (true, true) => "RTP/SAVPF", (true, false) => "RTP/SAVP", (false, true) => "RTP/AVPF", _ => "RTP/AVP" };
        var keys = secured || before.Attribute(SdpCrypto.AttributeName) is not null ? NewKeys(ours) : [];
        return Stream(ours, Renumber(ours.Codecs, before), ours.Direction, protocol, before.SendingPacketTime(), keys);
    }

    private static List<SdpCodec> Common(MediaDescription media, IReadOnlyList<SdpCodec> ours)
    {
        var common = new List<SdpCodec>();
        if (media.Type != "audio" || media.Port == 0 || !(media.IsSecured || media.Protocol is "RTP/AVP" or "RTP/AVPF")) return common;
        foreach (var offered in media.Codecs())
        {
            foreach (var own in ours)
            {
                if (!own.SameFormat(offered)) continue;
                common.Add(offered with { Parameters = own.Parameters });
                break;
            }
        }

        return common.Exists(codec => codec.IsVoice) ? [.. common.OrderByDescending(codec => codec.IsVoice ? codec.SampleRate : 0)] : [];
    }

    /// <summary>Our formats under the numbers that they have in this call; a new one gets a number that is not used in it.</summary>
    private static List<SdpCodec> Renumber(IReadOnlyList<SdpCodec> ours, MediaDescription used)
    {
        var known = used.Codecs();
        var renumbered = new List<SdpCodec>(ours.Count);
        foreach (var own in ours)
        {
            if (known.FirstOrDefault(own.SameFormat) is { } same) renumbered.Add(own with { PayloadType = same.PayloadType });
            else renumbered.Add(IsFree(own.PayloadType) ? own : own with { PayloadType = Enumerable.Range(96, 32).FirstOrDefault(IsFree, own.PayloadType) });
        }

        return renumbered;

        bool IsFree(int number) => known.All(codec => codec.PayloadType != number) && renumbered.TrueForAll(codec => codec.PayloadType != number);
    }

    private static MediaDescription Refuse(MediaDescription offered) => new()
    {
        Type = offered.Type,
        Port = 0,
        Protocol = offered.Protocol,
        Formats = offered.Formats.Count == 0 ? ["0"] : offered.Formats,
    };

    private static MediaDescription Stream(
        AudioCapabilities ours, IReadOnlyList<SdpCodec> codecs, MediaDirection direction, string protocol, int packetTime, IReadOnlyList<SdpCrypto> cryptos)
    {
        var attributes = new List<SdpAttribute>(cryptos.Select(static crypto => crypto.ToAttribute()));
        foreach (var codec in codecs)
        {
            var channels = codec.Channels > 1 ? $"/{codec.Channels}" : "";
            attributes.Add(new("rtpmap", $"{codec.PayloadType} {codec.Name}/{codec.ClockRate}{channels}"));
            if (codec.Parameters is { } parameters) attributes.Add(new("fmtp", $"{codec.PayloadType} {parameters}"));
        }

        attributes.Add(new("ptime", packetTime.ToString()));
        attributes.Add(new(direction.Attribute(), null));
        return new MediaDescription
        {
            Type = "audio",
            Port = ours.EndPoint.Port,
            Protocol = protocol,
            Formats = [.. codecs.Select(codec => codec.PayloadType.ToString())],
            Attributes = attributes,
        };
    }

    private static SessionDescription Describe(AudioCapabilities ours, IReadOnlyList<MediaDescription> media) => new()
    {
        SessionId = ours.SessionId,
        Version = ours.Version,
        Origin = SdpConnection.Of(ours.EndPoint.Address),
        Connection = SdpConnection.Of(ours.EndPoint.Address),
        Media = media,
    };
}
