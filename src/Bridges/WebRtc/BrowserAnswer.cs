using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Hub.Contracts.Media;

namespace Interop.Bridges.WebRtc;

/// <summary>Writes the answer to a browser's offer: whole at once, with every candidate in it.</summary>
internal static class BrowserAnswer
{
    /// <summary>The answer; every section but the voice is refused with port 0.</summary>
    public static string Write(BrowserOffer offer, BrowserPlace place)
    {
        var endPoints = place.EndPoints.Select(IPEndPoint.Parse).ToArray();
        var mid = offer.Voice.Attribute("mid");
        var attributes = new List<SdpAttribute> { new("ice-lite", null) };
        if (mid is not null)
            attributes.Add(new SdpAttribute("group", $"BUNDLE {mid}"));
        return new SessionDescription
        {
            SessionId = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)) >> 1,
            Version = 1,
            Origin = SdpConnection.Of(endPoints[0].Address),
            Attributes = attributes,
            Media = [.. offer.Description.Media.Select(media => ReferenceEquals(media, offer.Voice) ? Voice(offer, place, endPoints, mid) : Refused(media))],
        }.ToString();
    }

    private static MediaDescription Voice(BrowserOffer offer, BrowserPlace place, IPEndPoint[] endPoints, string? mid)
    {
        // The chosen one alone: what a browser is answered with it may change between at any moment.
        var codec = place.Codec;
        var attributes = new List<SdpAttribute>();
        if (mid is not null)
            attributes.Add(new SdpAttribute("mid", mid));
        attributes.AddRange(
        [
            .. Format(codec),
            new("ptime", "20"),
            new(Mirrored(offer.Description.DirectionOf(offer.Voice)), null),
            new("rtcp-mux", null),
            new("setup", "passive"),
            new("fingerprint", place.Fingerprint),
            new("ice-ufrag", place.Ufrag),
            new("ice-pwd", place.Password),
        ]);
        for (var i = 0; i < endPoints.Length; i++)
            attributes.Add(new SdpAttribute("candidate", $"{i + 1} 1 udp {Priority(endPoints[i], i)} {endPoints[i].Address} {endPoints[i].Port} typ host"));
        attributes.Add(new SdpAttribute("end-of-candidates", null));
        return new MediaDescription
        {
            Type = "audio",
            Port = endPoints[0].Port,
            Protocol = BrowserOffer.Protocol,
            Formats = [codec.PayloadType.ToString()],
            Connection = SdpConnection.Of(endPoints[0].Address),
            Attributes = attributes,
        };
    }

    // RFC 7587 section 7: Opus is always written with two channels, whatever is sent.
    private static SdpAttribute[] Format(AudioCodec codec) => codec.Name == "OPUS"
        ? [new("rtpmap", $"{codec.PayloadType} opus/48000/2"), new("fmtp", $"{codec.PayloadType} {SdpCodec.Opus.Parameters}")]
        : [new("rtpmap", $"{codec.PayloadType} {codec.Name}/{codec.ClockRate}")];

    /// <summary>A browser throws at an answer that does more than it offered (RFC 3264 section 6.1).</summary>
    private static string Mirrored(MediaDirection offered) => offered switch
    {
        MediaDirection.SendRecv => "sendrecv",
        MediaDirection.SendOnly => "recvonly",
        MediaDirection.RecvOnly => "sendonly",
        _ => "inactive",
    };

    /// <summary>RFC 8445 section 5.1.2.1: host candidates of one component, IPv6 before IPv4, no two alike.</summary>
    private static uint Priority(IPEndPoint endPoint, int index) =>
        (126u << 24) | ((uint)((endPoint.AddressFamily == AddressFamily.InterNetworkV6 ? 65_535 : 65_000) - index) << 8) | 255u;

    private static MediaDescription Refused(MediaDescription offered)
    {
        var refused = new MediaDescription { Type = offered.Type, Port = 0, Protocol = offered.Protocol, Formats = offered.Formats.Count == 0 ? ["0"] : offered.Formats };
        return offered.Attribute("mid") is { } mid ? refused with { Attributes = [new SdpAttribute("mid", mid)] } : refused;
    }
}
