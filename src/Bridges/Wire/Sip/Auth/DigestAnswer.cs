using System.Globalization;
using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.Auth;

/// <summary>Writes the answer to one challenge.</summary>
internal static class DigestAnswer
{
    /// <param name="challenge">One that the credentials have an HA1 for.</param>
    /// <param name="count">How often its nonce has been used, this time included.</param>
    public static string Write(DigestFields challenge, string method, string uri, DigestCredentials credentials, string cnonce, uint count)
    {
        var algorithm = DigestHash.Parse(challenge["algorithm"])!.Value;
        var realm = challenge["realm"]!;
        var nonce = challenge["nonce"]!;
        var nc = count.ToString("x8", CultureInfo.InvariantCulture);
        var ha1 = credentials.Ha1(algorithm, realm)!;
        var hasQop = challenge["qop"] is not null;
        var response = hasQop
            ? DigestHash.Response(algorithm, ha1, method, uri, nonce, nc, cnonce)
            : DigestHash.PlainResponse(algorithm, ha1, method, uri, nonce);
        var counted = hasQop ? $", cnonce=\"{cnonce}\", qop=auth, nc={nc}" : "";
        var opaque = challenge["opaque"] is { } kept ? $", opaque={HeaderLexer.Quote(kept)}" : "";
        return $"Digest username={HeaderLexer.Quote(credentials.User)}, realm={HeaderLexer.Quote(realm)}, nonce={HeaderLexer.Quote(nonce)}, "
            + $"uri=\"{uri}\", response=\"{response}\", algorithm={DigestHash.Name(algorithm)}{counted}{opaque}";
    }
}
