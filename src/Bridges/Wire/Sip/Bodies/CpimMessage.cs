using System.Globalization;
using System.Text;
using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.Bodies;

/// <summary>A common presence and instant message (RFC 3862): text with the name of who wrote it, whoever carries it.</summary>
public sealed record CpimMessage
{
    /// <summary>The media type of its text.</summary>
    public const string MediaTypeName = "message/cpim";

    /// <summary>Who wrote it: a formal name and a URI.</summary>
    public CpimAddress? From { get; init; }

    /// <summary>To whom.</summary>
    public IReadOnlyList<CpimAddress> To { get; init; } = [];

    /// <summary>When it was written.</summary>
    public DateTimeOffset? DateTime { get; init; }

    /// <summary>Its subject.</summary>
    public string? Subject { get; init; }

    /// <summary>The other message header fields, names as written, prefixes of name spaces included.</summary>
    public IReadOnlyList<SipHeader> Other { get; init; } = [];

    /// <summary>The type of what is inside.</summary>
    public required MediaType ContentType { get; init; }

    /// <summary>What is inside, as octets.</summary>
    public required ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>What is inside, as text.</summary>
    public string Text => SipParser.Decode(Content.Span);

    /// <summary>A line of plain text.</summary>
    public static CpimMessage Plain(CpimAddress from, CpimAddress to, DateTimeOffset at, string text) => new()
    {
        From = from,
        To = [to],
        DateTime = at,
        ContentType = new MediaType("text/plain", SipParameters.Empty.With("charset", "utf-8")),
        Content = Encoding.UTF8.GetBytes(text),
    };

    /// <summary>Reads a body; bare line feeds, odd dates and unknown fields are taken. False beyond the limits, or without content.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> body, SipLimits limits, out CpimMessage message)
    {
        message = null!;
        var rest = body.Span;
        if (!MimeFields.TryRead(ref rest, limits, out var outer) || rest.IsEmpty) return false;
        // RFC 3862 section 2: an empty line, the message's fields, an empty line, the content's fields, an empty line, the content.
        if (outer.Count == 0 && (!MimeFields.TryRead(ref rest, limits, out outer) || rest.IsEmpty)) return false;
        if (!MimeFields.TryRead(ref rest, limits, out var inner)) return false;
        if (!MediaType.TryParse(MimeFields.Find(inner, HeaderNames.ContentType), out var type)) type = new MediaType("text/plain", SipParameters.Empty);
        message = new CpimMessage
        {
            From = CpimAddress.TryParse(MimeFields.Find(outer, "From"), out var from) ? from : null,
            To = Addresses(outer),
            DateTime = ReadDate(MimeFields.Find(outer, "DateTime")),
            Subject = MimeFields.Find(outer, "Subject"),
            Other = [.. outer.Where(field => !IsOwn(field.Name))],
            ContentType = type,
            Content = body[^rest.Length..],
        };
        return true;
    }

    /// <summary>The octets of a body.</summary>
    public byte[] ToBytes()
    {
        var text = new StringBuilder(256);
        if (From is not null) MimeFields.Write(text, "From", From.ToString());
        foreach (var to in To) MimeFields.Write(text, "To", to.ToString());
        if (DateTime is { } at) MimeFields.Write(text, "DateTime", at.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture));
        if (Subject is not null) MimeFields.Write(text, "Subject", Subject);
        foreach (var (name, value) in Other) MimeFields.Write(text, name, value);
        text.Append("\r\n");
        MimeFields.Write(text, HeaderNames.ContentType, ContentType.ToString());
        text.Append("\r\n");
        return [.. Encoding.UTF8.GetBytes(text.ToString()), .. Content.Span];
    }

    private static List<CpimAddress> Addresses(List<SipHeader> fields)
    {
        var found = new List<CpimAddress>();
        foreach (var (name, value) in fields)
        {
            if (name.Equals("To", StringComparison.OrdinalIgnoreCase) && CpimAddress.TryParse(value, out var to)) found.Add(to);
        }

        return found;
    }

    private static bool IsOwn(string name) => name.ToUpperInvariant() is "FROM" or "TO" or "DATETIME" or "SUBJECT";

    private static DateTimeOffset? ReadDate(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}

/// <summary>A formal name and the URI in angle brackets after it (RFC 3862 section 4.1).</summary>
public sealed record CpimAddress(string? Name, string Uri)
{
    /// <summary>Reads a value; the URI may be of any scheme, as im: and anonymous ones are.</summary>
    public static bool TryParse(string? text, out CpimAddress address)
    {
        address = null!;
        if (text is null) return false;
        var open = text.LastIndexOf('<');
        var close = text.LastIndexOf('>');
        if (open < 0 || close <= open + 1) return false;
        var uri = text[(open + 1)..close];
        if (uri.AsSpan().ContainsAny(" <>\"")) return false;
        var written = HeaderLexer.Unquote(text.AsSpan(0, open).Trim());
        var name = string.Concat(written.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        address = new CpimAddress(name.Length == 0 ? null : name, uri);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => string.IsNullOrEmpty(Name) ? $"<{Uri}>" : $"{HeaderLexer.Quote(Name)} <{Uri}>";
}
