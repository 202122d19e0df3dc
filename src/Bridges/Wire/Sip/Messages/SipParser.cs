using System.Text;

namespace Interop.Bridges.Wire.Sip.Messages;

/// <summary>Reads one whole message. It never throws, and keeps the first fault it meets.</summary>
public static class SipParser
{
    /// <summary>Reads the message that these octets hold: a datagram, or one frame of a stream.</summary>
    public static SipParseResult Parse(ReadOnlySpan<byte> octets, SipLimits limits)
    {
        if (octets.Length > limits.MessageBytes) return new(null, new(SipParseErrorKind.TooLarge, limits.MessageBytes, null));
        var reader = new HeaderReader(octets, limits);
        reader.SkipEmptyLines();
        if (!reader.TryLine(out var startLine)) return new(null, new(SipParseErrorKind.StartLine, 0, null));

        var start = StartLine.Read(startLine, limits);
        // The one copy of the octets: header values and body are parts of it.
        var kept = octets.ToArray();
        var headers = new SipHeaders(kept, reader.Expected());
        var error = start.Error;
        reader.ReadFields(headers, ref error);
        var body = TakeBody(headers, kept.AsMemory(reader.Position), reader.Position, ref error);
        if (start.Status == 0 && start.Method.Length == 0) return new(null, error);

        SipMessage message = start.Status > 0
            ? new SipResponse(start.Status, start.Reason, headers, body)
            : new SipRequest(start.Method, start.Uri, headers, body);
        if (error.Kind == SipParseErrorKind.None) error = MessageRules.Check(message, limits);
        return new(message, error);
    }

    private static ReadOnlyMemory<byte> TakeBody(SipHeaders headers, ReadOnlyMemory<byte> rest, int position, ref SipParseError error)
    {
        var declared = headers.Find(HeaderNames.ContentLength);
        if (declared < 0) return rest;
        Span<char> digits = stackalloc char[16];
        var octets = headers.OctetsAt(declared);
        var readable = octets.Length <= digits.Length;
        if (!readable || !HeaderLexer.TryNumber(octets.IsEmpty ? headers.TextAt(declared) : headers.CharsAt(declared, digits), int.MaxValue, out var length))
        {
            MessageRules.Keep(ref error, new(SipParseErrorKind.HeaderSyntax, position, HeaderNames.ContentLength));
            return default;
        }

        if (length > rest.Length)
        {
            MessageRules.Keep(ref error, new(SipParseErrorKind.BodyTruncated, position, HeaderNames.ContentLength));
            return default;
        }

        // RFC 3261 section 18.3: octets of a datagram beyond Content-Length MUST be discarded.
        return rest[..(int)length];
    }

    internal static string Decode(ReadOnlySpan<byte> octets) => Encoding.UTF8.GetString(octets);
}
