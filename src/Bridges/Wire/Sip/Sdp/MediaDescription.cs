namespace Interop.Bridges.Wire.Sip.Sdp;

/// <summary>One m= section.</summary>
public sealed record MediaDescription
{
    /// <summary>audio, video, text, application, message or a word of tomorrow.</summary>
    public required string Type { get; init; }

    /// <summary>The transport port; 0 refuses or ends the stream.</summary>
    public required int Port { get; init; }

    /// <summary>The number of ports, when written.</summary>
    public int? PortCount { get; init; }

    /// <summary>The transport protocol, such as RTP/AVP.</summary>
    public required string Protocol { get; init; }

    /// <summary>The format list as written.</summary>
    public required IReadOnlyList<string> Formats { get; init; }

    /// <summary>The i= line.</summary>
    public string? Title { get; init; }

    /// <summary>The address of this section's own c= line.</summary>
    public SdpConnection? Connection { get; init; }

    /// <summary>The b= lines, as written.</summary>
    public IReadOnlyList<string> Bandwidths { get; init; } = [];

    /// <summary>The a= lines, in order.</summary>
    public IReadOnlyList<SdpAttribute> Attributes { get; init; } = [];

    /// <summary>Whether its protocol is SRTP; what a=crypto lines in another protocol come to, the answer says (RFC 8643).</summary>
    public bool IsSecured => Protocol is "RTP/SAVP" or "RTP/SAVPF";

    /// <summary>The value of the first such attribute; empty for one without a value, null for none.</summary>
    public string? Attribute(string name)
    {
        foreach (var attribute in Attributes)
        {
            if (string.Equals(attribute.Name, name, StringComparison.Ordinal)) return attribute.Value ?? "";
        }

        return null;
    }

    /// <summary>The direction that stands in this section, if one does.</summary>
    public MediaDirection? Direction
    {
        get
        {
            foreach (var attribute in Attributes)
            {
                if (MediaDirections.Parse(attribute.Name) is { } direction) return direction;
            }

            return null;
        }
    }

    /// <summary>The packet time in milliseconds, if one is named.</summary>
    public int? PacketTime => int.TryParse(Attribute("ptime"), out var milliseconds) && milliseconds > 0 ? milliseconds : null;

    /// <summary>The payload formats of an RTP stream, in the order of preference.</summary>
    public IReadOnlyList<SdpCodec> Codecs()
    {
        var codecs = new List<SdpCodec>(Formats.Count);
        foreach (var format in Formats)
        {
            if (!int.TryParse(format, out var number) || number is < 0 or > 127) continue;
            if (Codec(number) is { } codec) codecs.Add(codec);
        }

        return codecs;
    }

    private SdpCodec? Codec(int number)
    {
        var map = Mapped("rtpmap", number);
        var parameters = Mapped("fmtp", number);
        if (map is null) return SdpCodec.Static(number) is { } fixedCodec ? fixedCodec with { Parameters = parameters } : null;
        var parts = map.Split('/');
        if (parts.Length < 2 || parts[0].Length == 0 || !int.TryParse(parts[1], out var clock) || clock <= 0) return null;
        var channels = parts.Length > 2 && int.TryParse(parts[2], out var count) && count > 0 ? count : 1;
        return new SdpCodec(number, parts[0], clock, channels, parameters);
    }

    private string? Mapped(string name, int number)
    {
        foreach (var attribute in Attributes)
        {
            if (!string.Equals(attribute.Name, name, StringComparison.Ordinal) || attribute.Value is not { } value) continue;
            var space = value.IndexOf(' ', StringComparison.Ordinal);
            if (space > 0 && int.TryParse(value.AsSpan(0, space), out var mapped) && mapped == number) return value[(space + 1)..].Trim();
        }

        return null;
    }
}
