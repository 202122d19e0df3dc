using System.Text;

namespace Interop.Bridges.Wire.Sip.Sdp;

/// <summary>Writes a description in the order that RFC 8866 section 9 prescribes.</summary>
internal static class SdpWriter
{
    public static string Write(SessionDescription session)
    {
        var text = new StringBuilder(512);
        Line(text, 'v', "0");
        Line(text, 'o', $"{session.UserName} {session.SessionId} {session.Version} {session.Origin}");
        Line(text, 's', session.SessionName.Length == 0 ? "-" : session.SessionName);
        if (session.Connection is { } connection) Line(text, 'c', connection.ToString());
        foreach (var bandwidth in session.Bandwidths) Line(text, 'b', bandwidth);
        Line(text, 't', session.Timing);
        foreach (var attribute in session.Attributes) Line(text, attribute);
        foreach (var media in session.Media) Write(text, media);
        return text.ToString();
    }

    private static void Write(StringBuilder text, MediaDescription media)
    {
        var ports = media.PortCount is { } count ? $"{media.Port}/{count}" : media.Port.ToString();
        Line(text, 'm', $"{media.Type} {ports} {media.Protocol} {string.Join(' ', media.Formats)}");
        if (media.Title is { } title) Line(text, 'i', title);
        if (media.Connection is { } connection) Line(text, 'c', connection.ToString());
        foreach (var bandwidth in media.Bandwidths) Line(text, 'b', bandwidth);
        foreach (var attribute in media.Attributes) Line(text, attribute);
    }

    private static void Line(StringBuilder text, SdpAttribute attribute)
    {
        text.Append("a=").Append(attribute.Name);
        if (attribute.Value is { } value) text.Append(':').Append(value);
        text.Append("\r\n");
    }

    private static void Line(StringBuilder text, char type, string value) =>
        text.Append(type).Append('=').Append(value).Append("\r\n");
}
