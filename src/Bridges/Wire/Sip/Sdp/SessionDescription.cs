using System.Net;
using System.Text;

namespace Interop.Bridges.Wire.Sip.Sdp;

/// <summary>A session description (RFC 8866): lenient when read, strict when written.</summary>
public sealed record SessionDescription
{
    /// <summary>The media type of its text.</summary>
    public const string MediaType = "application/sdp";

    private static readonly SipLimits UsualLimits = new();

    /// <summary>The user of the o= line.</summary>
    public string UserName { get; init; } = "-";

    /// <summary>The session id of the o= line.</summary>
    public required ulong SessionId { get; init; }

    /// <summary>The version of the o= line; it grows by one with each change (RFC 3264 section 8).</summary>
    public required ulong Version { get; init; }

    /// <summary>The address of the o= line.</summary>
    public required SdpConnection Origin { get; init; }

    /// <summary>The s= line.</summary>
    public string SessionName { get; init; } = "-";

    /// <summary>The session's c= line.</summary>
    public SdpConnection? Connection { get; init; }

    /// <summary>The session's b= lines, as written.</summary>
    public IReadOnlyList<string> Bandwidths { get; init; } = [];

    /// <summary>The t= line.</summary>
    public string Timing { get; init; } = "0 0";

    /// <summary>The session's a= lines, in order.</summary>
    public IReadOnlyList<SdpAttribute> Attributes { get; init; } = [];

    /// <summary>The m= sections, in order.</summary>
    public IReadOnlyList<MediaDescription> Media { get; init; } = [];

    /// <summary>Reads a description, within the usual limits unless others are given.</summary>
    public static bool TryParse(ReadOnlySpan<byte> octets, out SessionDescription description, SipLimits? limits = null) =>
        SdpReader.TryRead(octets, limits ?? UsualLimits, out description);

    /// <summary>The same as the successor of what we said before: the session id stays, the version grows only when something differs.</summary>
    /// <remarks>RFC 3264 section 8. A peer that sees a new version may stop its media and start it again.</remarks>
    public SessionDescription After(SessionDescription previous)
    {
        var same = this with { UserName = previous.UserName, SessionId = previous.SessionId, Version = previous.Version };
        return same.ToString() == previous.ToString() ? same : same with { Version = previous.Version + 1 };
    }

    /// <summary>The direction of a section: its own, the session's, or both ways.</summary>
    public MediaDirection DirectionOf(MediaDescription media)
    {
        if (media.Direction is { } own) return own;
        foreach (var attribute in Attributes)
        {
            if (MediaDirections.Parse(attribute.Name) is { } direction) return direction;
        }

        return MediaDirection.SendRecv;
    }

    /// <summary>Where a section wants its media, or null when it names no literal address, is held by address, or is refused.</summary>
    public IPEndPoint? EndPointOf(MediaDescription media)
    {
        if (media.Port == 0 || (media.Connection ?? Connection) is not { IsUnspecified: false, Literal: { } address }) return null;
        return new IPEndPoint(address, media.Port);
    }

    /// <summary>The octets of a body, keys included.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(ToString());

    /// <summary>The text of a body, keys included: for the wire and the store, never for a log.</summary>
    public override string ToString() => SdpWriter.Write(this);
}
