using System.Text;
using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Sip.Calls;

/// <summary>Reads a key out of an INFO, as phones without telephone events send it.</summary>
internal static class KeyReading
{
    /// <summary>What a 415 names.</summary>
    public const string Accepted = $"{Relay}, {Bare}";

    private const string Relay = "application/dtmf-relay";
    private const string Bare = "application/dtmf";
    private const int LongestBody = 128;
    private const string Keys = "0123456789*#ABCD";

    /// <summary>Whether the body is one that tells keys.</summary>
    public static bool Tells(SipRequest info) => info.ContentType is Relay or Bare;

    /// <summary>The key; null when the body has none, a hook flash for instance.</summary>
    public static char? Of(SipRequest info)
    {
        if (info.Body.Length > LongestBody)
            return null;
        var body = Encoding.ASCII.GetString(info.Body.Span);
        return info.ContentType == Bare ? Key(body) : Key(Signal(body));
    }

    /// <summary><c>Signal=5</c>, in a line of its own.</summary>
    private static string? Signal(string body)
    {
        foreach (var line in body.Split('\n', StringSplitOptions.TrimEntries))
            if (line.StartsWith("signal", StringComparison.OrdinalIgnoreCase) && line.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
                return line[(equals + 1)..];
        return null;
    }

    /// <summary>The character, or the number of its event: 10 is the star and 11 the pound key.</summary>
    private static char? Key(string? told) => told?.Trim().ToUpperInvariant() switch
    {
        { Length: 1 } one when Keys.Contains(one[0], StringComparison.Ordinal) => one[0],
        "10" => '*',
        "11" => '#',
        _ => null,
    };
}
