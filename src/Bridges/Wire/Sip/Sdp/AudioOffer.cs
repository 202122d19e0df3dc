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
    MediaDirection Direction = MediaDirection.SendRecv,
    int PacketTime = 20);

/// <summary>Offer and answer (RFC 3264) for calls of one audio stream; every other stream is refused with port 0.</summary>
public static class AudioOffer
{
    /// <summary>An offer of one audio stream.</summary>
    public static SessionDescription Create(AudioCapabilities ours) =>
        Describe(ours, [Stream(ours, ours.Codecs, ours.Direction, "RTP/AVP")]);

    /// <summary>The answer to an offer, or null when it holds no audio stream that we can take (488).</summary>
    /// <remarks>The answer names formats in the offerer's order and under the offerer's numbers.</remarks>
    public static SessionDescription? Answer(SessionDescription offer, AudioCapabilities ours)
    {
        var sections = new List<MediaDescription>(offer.Media.Count);
        var taken = false;
        foreach (var media in offer.Media)
        {
            var common = taken ? [] : Common(media, ours.Codecs);
            if (common.Count == 0)
            {
                sections.Add(Refuse(media));
                continue;
            }

            taken = true;
            var offered = offer.DirectionOf(media);
            if (HeldByAddress(offer, media)) offered = MediaDirections.From(offered.Sends(), receives: false);
            sections.Add(Stream(ours, common, MediaDirections.Answer(offered, ours.Direction), media.Protocol));
        }

        return taken ? Describe(ours, sections) : null;
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

    private static List<SdpCodec> Common(MediaDescription media, IReadOnlyList<SdpCodec> ours)
    {
        var common = new List<SdpCodec>();
        if (media.Type != "audio" || media.Port == 0 || media.Protocol is not ("RTP/AVP" or "RTP/AVPF")) return common;
        foreach (var offered in media.Codecs())
        {
            foreach (var own in ours)
            {
                if (!own.SameFormat(offered)) continue;
                common.Add(offered with { Parameters = own.Parameters });
                break;
            }
        }

        // Key tones alone carry no voice.
        return common.Exists(codec => !codec.SameFormat(SdpCodec.TelephoneEvent)) ? common : [];
    }

    private static MediaDescription Refuse(MediaDescription offered) => new()
    {
        Type = offered.Type,
        Port = 0,
        Protocol = offered.Protocol,
        Formats = offered.Formats.Count == 0 ? ["0"] : offered.Formats,
    };

    private static MediaDescription Stream(AudioCapabilities ours, IReadOnlyList<SdpCodec> codecs, MediaDirection direction, string protocol)
    {
        var attributes = new List<SdpAttribute>();
        foreach (var codec in codecs)
        {
            var channels = codec.Channels > 1 ? $"/{codec.Channels}" : "";
            attributes.Add(new("rtpmap", $"{codec.PayloadType} {codec.Name}/{codec.ClockRate}{channels}"));
            if (codec.Parameters is { } parameters) attributes.Add(new("fmtp", $"{codec.PayloadType} {parameters}"));
        }

        attributes.Add(new("ptime", ours.PacketTime.ToString()));
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
