using System.Text;
using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.Bodies;

/// <summary>Reads the header fields of a body part or of a CPIM message, up to and with the empty line after them.</summary>
/// <remarks>Bare line feeds are taken, folded lines are joined, lines without a colon are skipped.</remarks>
internal static class MimeFields
{
    /// <summary>False when there are more fields or longer ones than the limits allow.</summary>
    public static bool TryRead(ref ReadOnlySpan<byte> rest, SipLimits limits, out List<SipHeader> fields)
    {
        fields = [];
        while (TakeLine(ref rest, out var line) && !line.IsEmpty)
        {
            if (line.Length > limits.HeaderBytes) return false;
            var text = SipParser.Decode(line);
            if (line[0] is (byte)' ' or (byte)'\t')
            {
                if (fields.Count == 0) continue;
                var folded = $"{fields[^1].Value} {text.Trim()}".Trim();
                if (folded.Length > limits.HeaderBytes) return false;
                fields[^1] = fields[^1] with { Value = folded };
                continue;
            }

            var colon = text.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0 || text.AsSpan(0, colon).Trim().IsEmpty) continue;
            if (fields.Count >= limits.HeaderCount) return false;
            fields.Add(new SipHeader(text[..colon].Trim(), text[(colon + 1)..].Trim().Replace('\r', ' ')));
        }

        return true;
    }

    /// <summary>The value of the first field of that name.</summary>
    public static string? Find(IReadOnlyList<SipHeader> fields, string name)
    {
        foreach (var field in fields)
        {
            if (string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase)) return field.Value;
        }

        return null;
    }

    /// <summary>Appends a field; a value that would break out of its line is made one line.</summary>
    public static void Write(StringBuilder text, string name, string value) =>
        text.Append(name).Append(": ").Append(value.Replace('\r', ' ').Replace('\n', ' ')).Append("\r\n");

    private static bool TakeLine(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> line)
    {
        line = default;
        if (rest.IsEmpty) return false;
        var end = rest.IndexOf((byte)'\n');
        line = (end < 0 ? rest : rest[..end]).TrimEnd((byte)'\r');
        rest = end < 0 ? default : rest[(end + 1)..];
        return true;
    }
}
