using System.Text;
using Interop.Bridges.Wire.Sip;
using Interop.Bridges.Wire.Sip.Bodies;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.UserAgent;

namespace Interop.Bridges.Sip.Text;

/// <summary>What the body of a MESSAGE comes to: a text, or the reply that says why it is none.</summary>
internal readonly record struct ReadText(string? Text, SipReply? Reply)
{
    public static ReadText Refused(SipReply reply) => new(null, reply);
}

/// <summary>Reads the text out of a MESSAGE.</summary>
internal static class TextReading
{
    /// <summary>Characters of one line of chat, as rooms take them.</summary>
    public const int LongestText = 4_000;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly SipLimits Bounds = new();

    private static SipReply NotText { get; } = new(415) { Headers = [new SipHeader(HeaderNames.Accept, TextTypes.Accepted)] };

    private static SipReply TooLong { get; } = new(413, $"A Message Has At Most {LongestText} Characters");

    public static ReadText Of(SipRequest request)
    {
        if (request.Headers[HeaderNames.ContentEncoding] is { } encoding && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
            return ReadText.Refused(NotText);
        return request.ContentType switch
        {
            "" or TextTypes.Plain => Plain(request.Headers[HeaderNames.ContentType], request.Body.Span),
            TextTypes.Cpim => Enveloped(request.Body),
            // Nobody waits for the answer to it, so it is not refused.
            TextTypes.Composing => ReadText.Refused(SipReply.Ok),
            _ => ReadText.Refused(NotText),
        };
    }

    private static ReadText Plain(string? contentType, ReadOnlySpan<byte> body)
    {
        // No text of that many octets can be short enough, so it need not be decoded to be refused.
        if (body.Length > LongestText * 4)
            return ReadText.Refused(TooLong);
        if (Decode(Charset(contentType), body) is not { } decoded)
            return ReadText.Refused(NotText);
        var text = Clean(decoded);
        if (text.Length > LongestText)
            return ReadText.Refused(TooLong);
        return text.Length == 0 ? ReadText.Refused(new SipReply(400, "Empty Message")) : new(text, null);
    }

    /// <summary>The text in an envelope; who wrote it is whom the request proves, whatever the envelope says.</summary>
    private static ReadText Enveloped(ReadOnlyMemory<byte> body)
    {
        if (!CpimMessage.TryParse(body, Bounds, out var message))
            return ReadText.Refused(new SipReply(400, "Malformed Envelope"));
        return message.ContentType.Name switch
        {
            TextTypes.Plain => Plain(message.ContentType.ToString(), message.Content.Span),
            TextTypes.Composing => ReadText.Refused(SipReply.Ok),
            _ => ReadText.Refused(NotText),
        };
    }

    private static string Charset(string? contentType)
    {
        const string name = "charset=";
        foreach (var parameter in (contentType ?? "").Split(';', StringSplitOptions.TrimEntries))
            if (parameter.StartsWith(name, StringComparison.OrdinalIgnoreCase))
                return parameter[name.Length..].Trim('"').ToLowerInvariant();
        return "";
    }

    /// <summary>Phones that name no charset, or us-ascii, send UTF-8 all the same, or Latin-1; null for a charset that we can't read.</summary>
    private static string? Decode(string charset, ReadOnlySpan<byte> body)
    {
        switch (charset)
        {
            case "iso-8859-1" or "latin1":
                return Encoding.Latin1.GetString(body);
            case "" or "utf-8" or "utf8" or "us-ascii" or "ascii":
                try
                {
                    return StrictUtf8.GetString(body);
                }
                catch (DecoderFallbackException)
                {
                    return Encoding.Latin1.GetString(body);
                }

            default:
                return null;
        }
    }

    /// <summary>What is shown to people and read aloud holds no control characters but those of lines.</summary>
    private static string Clean(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var character in text)
            if (!char.IsControl(character) || character is '\n' or '\r' or '\t')
                kept.Append(character);
        return kept.ToString().Trim();
    }
}
