using System.Text;
using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.Bodies;

/// <summary>Takes a multipart body apart (RFC 2046 section 5.1), within the limits on depth and count.</summary>
internal static class Multipart
{
    /// <summary>The longest boundary that RFC 2046 section 5.1.1 allows.</summary>
    private const int BoundaryChars = 70;

    /// <summary>The leaves in their order; false when there is no boundary, or more than the limits allow.</summary>
    /// <param name="type">The type of the body, a multipart one.</param>
    public static bool TryRead(MediaType type, ReadOnlyMemory<byte> body, SipLimits limits, out IReadOnlyList<BodyPart> parts)
    {
        var found = new List<BodyPart>();
        parts = found;
        return TryRead(type, body, limits, 1, isChoice: false, found);
    }

    private static bool TryRead(MediaType type, ReadOnlyMemory<byte> body, SipLimits limits, int depth, bool isChoice, List<BodyPart> parts)
    {
        if (depth > limits.MultipartDepth || HeaderLexer.Unquote(type.Parameters["boundary"]) is not { Length: > 0 and <= BoundaryChars } boundary) return false;
        isChoice |= type.Name == "multipart/alternative";
        var delimiter = Encoding.UTF8.GetBytes($"--{boundary}");
        if (!TryDelimiter(body.Span, delimiter, 0, out _, out var start, out var last)) return false;
        while (!last)
        {
            // A body that was cut off before its last delimiter is taken as far as it goes.
            if (!TryDelimiter(body.Span, delimiter, start, out var end, out var next, out last)) (end, last) = (body.Length, true);
            if (!TryPart(body[start..end], limits, depth, isChoice, parts)) return false;
            start = next;
        }

        return true;
    }

    private static bool TryPart(ReadOnlyMemory<byte> octets, SipLimits limits, int depth, bool isChoice, List<BodyPart> parts)
    {
        var rest = octets.Span;
        if (!MimeFields.TryRead(ref rest, limits, out var fields)) return false;
        var content = octets[^rest.Length..];
        // RFC 2046 section 5.1: a part that names no type is plain text.
        if (!MediaType.TryParse(MimeFields.Find(fields, HeaderNames.ContentType), out var type)) type = new MediaType("text/plain", SipParameters.Empty);
        if (type.IsMultipart) return TryRead(type, content, limits, depth + 1, isChoice, parts);
        if (parts.Count >= limits.MultipartParts) return false;
        parts.Add(new BodyPart(type, fields, content, isChoice));
        return true;
    }

    /// <summary>Finds the next line that is a delimiter.</summary>
    /// <param name="end">Where the part before it ends: the line break before a delimiter belongs to the delimiter.</param>
    /// <param name="next">Where the part after it begins.</param>
    /// <param name="last">Whether it closes the body.</param>
    private static bool TryDelimiter(ReadOnlySpan<byte> body, ReadOnlySpan<byte> delimiter, int from, out int end, out int next, out bool last)
    {
        (end, next, last) = (0, 0, false);
        for (var at = from; at < body.Length;)
        {
            var found = body[at..].IndexOf(delimiter);
            if (found < 0) return false;
            found += at;
            at = found + delimiter.Length;
            if (found > 0 && body[found - 1] != '\n') continue;
            var tail = body[at..];
            var line = tail.IndexOf((byte)'\n');
            var after = (line < 0 ? tail : tail[..line]).TrimEnd(" \t\r"u8);
            last = after.SequenceEqual("--"u8);
            if (!after.IsEmpty && !last) continue;
            end = found;
            if (end > from && body[end - 1] == '\n') end--;
            if (end > from && body[end - 1] == '\r') end--;
            next = line < 0 ? body.Length : at + line + 1;
            return true;
        }

        return false;
    }
}
