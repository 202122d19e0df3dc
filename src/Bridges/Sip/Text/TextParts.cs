using System.Text;

namespace Interop.Bridges.Sip.Text;

/// <summary>Cuts a text into parts that fit a datagram: over UDP a MESSAGE must stay below 1,300 octets (RFC 3428 section 8).</summary>
internal static class TextParts
{
    /// <summary>Octets of text in one datagram; header fields, with those of a route, and an envelope take the rest.</summary>
    public const int DatagramText = 640;

    /// <summary>The parts in order; a text that had to be cut has its parts numbered.</summary>
    public static IReadOnlyList<string> Of(string text, int mostOctets)
    {
        if (Encoding.UTF8.GetByteCount(text) <= mostOctets)
            return [text];
        const int numbering = 10;
        var parts = Cut(text, mostOctets - numbering);
        return [.. parts.Select((part, at) => $"({at + 1}/{parts.Count}) {part}")];
    }

    private static List<string> Cut(string text, int mostOctets)
    {
        var parts = new List<string>();
        var part = new StringBuilder();
        var octets = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > mostOctets)
            {
                parts.Add(part.ToString());
                part.Clear();
                octets = 0;
            }

            part.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }

        parts.Add(part.ToString());
        return parts;
    }
}
