using System.Collections.Frozen;

namespace Interop.Bridges.Wire.Sip.Messages;

/// <summary>The words that nearly every message repeats, kept once instead of allocated each time.</summary>
internal static class SipWords
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Known = new[]
    {
        "sip", "sips", "tel", "udp", "tcp", "tls", "UDP", "TCP", "TLS", "WS", "WSS", "phone", "uac", "uas", "branch", "rport", "received", "tag", "lr",
        "transport", "user", "maddr", "ttl", "ob", "expires", "q", "refresher", "isfocus", "+sip.instance", "reg-id",
    }.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    public static string Intern(ReadOnlySpan<char> word) =>
        word.Length <= 13 && Known.TryGetValue(word, out var known) ? known : word.ToString();

    public static string InternLower(ReadOnlySpan<char> word)
    {
        if (!word.ContainsAnyInRange('A', 'Z')) return Intern(word);
        return word.ToString().ToLowerInvariant();
    }

    public static string InternUpper(ReadOnlySpan<char> word)
    {
        if (!word.ContainsAnyInRange('a', 'z')) return Intern(word);
        return word.ToString().ToUpperInvariant();
    }
}
