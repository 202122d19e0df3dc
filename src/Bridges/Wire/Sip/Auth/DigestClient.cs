using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.Auth;

/// <summary>Digest as the client speaks it: answers the strongest challenge that it knows.</summary>
internal static class DigestClient
{
    /// <summary>The header fields that answer a 401 or 407; none when no challenge can be answered.</summary>
    public static List<SipHeader> Answer(SipResponse challenge, string method, SipUri uri, DigestCredentials credentials, Func<string> cnonce)
    {
        var answers = new List<SipHeader>();
        foreach (var (asks, answeredBy) in ((string, string)[])
            [(HeaderNames.WwwAuthenticate, HeaderNames.Authorization), (HeaderNames.ProxyAuthenticate, HeaderNames.ProxyAuthorization)])
        {
            var realms = challenge.Headers.All(asks)
                .Select(value => DigestFields.TryParse(value, out var fields) ? fields : null)
                .OfType<DigestFields>()
                .Where(fields => DigestHash.Parse(fields["algorithm"]) is not null && fields["nonce"] is not null && fields["realm"] is not null && TakesAuth(fields) && Ha1(fields, credentials) is not null)
                .GroupBy(fields => fields["realm"]);
            foreach (var realm in realms)
            {
                var best = realm.MinBy(fields => DigestHash.Parse(fields["algorithm"]))!;
                answers.Add(new SipHeader(answeredBy, Write(best, method, uri.ToString(), credentials, cnonce())));
            }
        }

        return answers;
    }

    internal static string Write(DigestFields challenge, string method, string uri, DigestCredentials credentials, string cnonce)
    {
        const string Count = "00000001";
        var algorithm = DigestHash.Parse(challenge["algorithm"])!.Value;
        var realm = challenge["realm"]!;
        var nonce = challenge["nonce"]!;
        var ha1 = Ha1(challenge, credentials)!;
        var hasQop = challenge["qop"] is not null;
        var response = hasQop
            ? DigestHash.Response(algorithm, ha1, method, uri, nonce, Count, cnonce)
            : DigestHash.PlainResponse(algorithm, ha1, method, uri, nonce);
        var counted = hasQop ? $", cnonce=\"{cnonce}\", qop=auth, nc={Count}" : "";
        var opaque = challenge["opaque"] is { } kept ? $", opaque={HeaderLexer.Quote(kept)}" : "";
        return $"Digest username={HeaderLexer.Quote(credentials.User)}, realm={HeaderLexer.Quote(realm)}, nonce={HeaderLexer.Quote(nonce)}, "
            + $"uri=\"{uri}\", response=\"{response}\", algorithm={DigestHash.Name(algorithm)}{counted}{opaque}";
    }

    private static string? Ha1(DigestFields challenge, DigestCredentials credentials) =>
        credentials.Ha1(DigestHash.Parse(challenge["algorithm"])!.Value, challenge["realm"]!);

    /// <summary>A challenge without qop is from before RFC 2617 and answered in its way; auth-int alone we cannot.</summary>
    private static bool TakesAuth(DigestFields challenge) =>
        challenge["qop"] is not { } offered || offered.Split(',').Any(qop => qop.Trim().Equals("auth", StringComparison.OrdinalIgnoreCase));
}
