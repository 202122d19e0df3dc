namespace Interop.Hub.Domain.Dialling;

/// <summary>What an agency allows itself to call: <c>sip:*@pbx.example.org</c>, <c>sip:1???@10.0.0.5</c>, <c>tel:+1860*</c>.</summary>
/// <remarks>
/// <c>*</c> stands for any characters and <c>?</c> for one, in the user part or the number; a host is a name, an address,
/// or <c>*.domain</c> for every name below a domain. A telephone number is called through a trunk of the agency's own.
/// </remarks>
internal sealed class DestinationPattern
{
    private readonly string user;
    private readonly DialAddress? at;
    private readonly string? domain;

    private DestinationPattern(string user, DialAddress? at, string? domain) => (this.user, this.at, this.domain) = (user, at, domain);

    /// <summary>Reads a pattern.</summary>
    /// <param name="text">As an administrator writes it.</param>
    /// <param name="fault">What is wrong with it, in words that follow "The pattern".</param>
    public static DestinationPattern? Read(string? text, out string fault)
    {
        fault = "must be sip:user@host, sips:user@host or tel:number, with * for any characters and ? for one.";
        if (text is not { Length: > 0 and <= Limits.PatternLength } || text.Any(character => character is <= ' ' or >= '\x7f' or '%' or '"' or '<' or '>'))
            return null;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return null;
        var (scheme, rest) = (text[..colon].ToLowerInvariant(), text[(colon + 1)..]);
        if (scheme == "tel")
            return ReadNumber(rest);
        var split = rest.IndexOf('@', StringComparison.Ordinal);
        if (scheme is not ("sip" or "sips") || split == 0)
            return null;
        var (user, host) = split < 0 ? ("", rest) : (rest[..split], rest[(split + 1)..]);
        var below = host.StartsWith("*.", StringComparison.Ordinal);
        if (user.Contains(':', StringComparison.Ordinal) || DialAddress.Read($"{scheme}:{(below ? host[2..] : host)}", out fault) is not { } at)
            return null;
        if (!below || (at.Address is null && at.Host.Contains('.', StringComparison.Ordinal)))
            return new DestinationPattern(user, at, below ? $".{at.Host}" : null);
        fault = "must name a domain of two parts or more after *., such as *.example.org.";
        return null;
    }

    /// <summary>Whether it takes an address.</summary>
    /// <param name="address">What is to be called.</param>
    /// <param name="onOwnTrunk">Whether the address is on a trunk of the pattern's agency.</param>
    public bool Takes(DialAddress address, bool onOwnTrunk)
    {
        if (at is null)
            return onOwnTrunk && address.Number is { } number && Matches(user, number);
        return at.LeavesOpen(address)
            && (domain is null ? at.Host == address.Host : address.Host.EndsWith(domain, StringComparison.Ordinal))
            && Matches(user, address.User);
    }

    private static DestinationPattern? ReadNumber(string text)
    {
        var number = string.Concat(text.Where(character => character is not ('-' or '.' or '(' or ')')));
        var digits = number.StartsWith('+') ? number[1..] : number;
        return digits.Length > 0 && digits.All(character => char.IsAsciiDigit(character) || character is '*' or '?')
            ? new DestinationPattern(number, null, null)
            : null;
    }

    /// <summary>Goes back to the last star alone, so that its time is bounded by the product of both lengths.</summary>
    private static bool Matches(string pattern, string text)
    {
        int p = 0, t = 0, star = -1, resume = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
                (star, resume) = (p++, t);
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == text[t]))
                (p, t) = (p + 1, t + 1);
            else if (star >= 0)
                (p, t) = (star + 1, ++resume);
            else
                return false;
        }

        while (p < pattern.Length && pattern[p] == '*')
            p++;
        return p == pattern.Length;
    }
}
