using System.Text;

namespace Interop.Bridges.Wire.Sip.Sdp;

/// <summary>Reads a description line by line; unknown lines are skipped, bare line feeds taken, order is not insisted on.</summary>
internal sealed class SdpReader(SipLimits limits)
{
    private readonly List<string> _bandwidths = [];
    private readonly List<SdpAttribute> _attributes = [];
    private readonly List<MediaDescription> _media = [];
    private SessionDescription? _session;
    private string _name = "-";
    private string _timing = "0 0";
    private SdpConnection? _connection;
    private Section? _section;

    public static bool TryRead(ReadOnlySpan<byte> octets, SipLimits limits, out SessionDescription description)
    {
        description = null!;
        if (octets.Length > limits.SdpBytes) return false;
        var text = Encoding.UTF8.GetString(octets);
        if (text.Contains('\0')) return false;
        var reader = new SdpReader(limits);
        var lines = 0;
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            var line = raw.TrimEnd();
            if (line.IsEmpty) continue;
            if (++lines > limits.SdpLines || line.Length < 2 || line[1] != '=') return false;
            if (lines == 1 && line[0] != 'v') return false;
            if (!reader.Take(line[0], line[2..])) return false;
        }

        return reader.TryFinish(out description);
    }

    private bool Take(char type, ReadOnlySpan<char> value)
    {
        switch (type)
        {
            case 'v': return value.Trim().SequenceEqual("0");
            case 'o': return TakeOrigin(value);
            case 's': _name = value.ToString(); return true;
            case 't': _timing = value.ToString(); return true;
            case 'c': return TakeConnection(value);
            case 'b': (_section?.Bandwidths ?? _bandwidths).Add(value.ToString()); return true;
            case 'i': if (_section is not null) _section.Title = value.ToString(); return true;
            case 'a': return TakeAttribute(value);
            case 'm': return TakeMedia(value);
            default: return char.IsAsciiLetterLower(type);
        }
    }

    private bool TakeOrigin(ReadOnlySpan<char> value)
    {
        Span<Range> parts = stackalloc Range[7];
        if (value.Split(parts, ' ', StringSplitOptions.RemoveEmptyEntries) != 6) return false;
        if (!SdpConnection.TryParse(value[parts[3].Start..], out var origin)) return false;
        // Session ids longer than 64 bits exist; only a change of the version is ever looked at.
        _ = ulong.TryParse(value[parts[1]], out var id);
        _ = ulong.TryParse(value[parts[2]], out var version);
        _session = new SessionDescription { UserName = value[parts[0]].ToString(), SessionId = id, Version = version, Origin = origin };
        return true;
    }

    private bool TakeConnection(ReadOnlySpan<char> value)
    {
        if (!SdpConnection.TryParse(value, out var connection)) return false;
        if (_section is not null) _section.Connection = connection;
        else _connection = connection;
        return true;
    }

    private bool TakeAttribute(ReadOnlySpan<char> value)
    {
        var colon = value.IndexOf(':');
        var name = (colon < 0 ? value : value[..colon]).Trim();
        if (name.IsEmpty) return true;
        (_section?.Attributes ?? _attributes).Add(new SdpAttribute(name.ToString(), colon < 0 ? null : value[(colon + 1)..].Trim().ToString()));
        return true;
    }

    private bool TakeMedia(ReadOnlySpan<char> value)
    {
        CloseSection();
        if (_media.Count >= limits.SdpMedia) return false;
        var parts = value.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 3) return false;
        var slash = parts[1].IndexOf('/', StringComparison.Ordinal);
        var port = slash < 0 ? parts[1] : parts[1][..slash];
        if (!ushort.TryParse(port, out var number)) return false;
        int? count = null;
        if (slash >= 0)
        {
            if (!ushort.TryParse(parts[1].AsSpan(slash + 1), out var ports)) return false;
            count = ports;
        }

        _section = new Section(parts[0], number, count, parts[2], parts[3..]);
        return true;
    }

    private bool TryFinish(out SessionDescription description)
    {
        CloseSection();
        description = null!;
        if (_session is null) return false;
        description = _session with
        {
            SessionName = _name.Length == 0 ? "-" : _name,
            Timing = _timing,
            Connection = _connection,
            Bandwidths = _bandwidths,
            Attributes = _attributes,
            Media = _media,
        };
        return true;
    }

    private void CloseSection()
    {
        if (_section is not null) _media.Add(_section.ToMedia());
        _section = null;
    }

    private sealed class Section(string type, int port, int? portCount, string protocol, string[] formats)
    {
        public List<string> Bandwidths { get; } = [];

        public List<SdpAttribute> Attributes { get; } = [];

        public string? Title { get; set; }

        public SdpConnection? Connection { get; set; }

        public MediaDescription ToMedia() => new()
        {
            Type = type,
            Port = port,
            PortCount = portCount,
            Protocol = protocol,
            Formats = formats,
            Title = Title,
            Connection = Connection,
            Bandwidths = Bandwidths,
            Attributes = Attributes,
        };
    }
}
