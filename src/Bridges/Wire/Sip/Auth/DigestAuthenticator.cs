using System.Security.Cryptography;
using System.Text;
using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.Auth;

/// <summary>How a realm challenges.</summary>
public sealed record DigestOptions
{
    /// <summary>How long a nonce may be used.</summary>
    public TimeSpan NonceLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many nonces in use are remembered.</summary>
    public int NoncesRemembered { get; init; } = 50_000;

    /// <summary>Whether the challenge also names MD5; whether it is taken is decided for each user by its secret.</summary>
    public bool OfferMd5 { get; init; } = true;
}

/// <summary>What a request proved.</summary>
public abstract record DigestVerdict
{
    private DigestVerdict() { }

    /// <summary>It is this user.</summary>
    public sealed record Valid(string User) : DigestVerdict;

    /// <summary>No usable answer to a challenge of this realm: challenge.</summary>
    public sealed record Missing : DigestVerdict;

    /// <summary>The password is right and the nonce is used up: challenge with stale.</summary>
    public sealed record Stale : DigestVerdict;

    /// <summary>Unknown user or wrong password; which of them, nobody is told.</summary>
    public sealed record Wrong : DigestVerdict;
}

/// <summary>Digest as the server speaks it (RFC 7616, RFC 8760) for one realm. Safe to use from any thread.</summary>
public sealed class DigestAuthenticator
{
    private readonly string _realm;
    private readonly DigestOptions _options;
    private readonly TimeProvider _time;
    private readonly NonceIssuer _nonces;
    private readonly NonceCounts _counts;
    private readonly DigestSecret _nobody;

    /// <summary>An authenticator with a key of its own: nonces do not outlive it, and their users are challenged anew.</summary>
    public DigestAuthenticator(string realm, TimeProvider time, RandomNumberGenerator random, DigestOptions? options = null)
    {
        _realm = realm;
        _time = time;
        _options = options ?? new DigestOptions();
        _nonces = new NonceIssuer(time, random);
        _counts = new NonceCounts(_options.NoncesRemembered);
        var noise = new byte[32];
        random.GetBytes(noise);
        _nobody = DigestSecret.FromPassword("nobody", realm, Convert.ToHexString(noise), allowMd5: true);
    }

    /// <summary>The header fields of a 401, the strongest algorithm first (RFC 8760 section 2.4).</summary>
    /// <param name="stale">Whether the answer was right but for its nonce.</param>
    /// <param name="md5Only">
    /// For devices that give up when they meet an algorithm that they do not know, baresip 1.0 among them. It weakens
    /// nothing: whether MD5 is taken is decided by the user's secret.
    /// </param>
    public IReadOnlyList<SipHeader> Challenge(bool stale = false, bool md5Only = false)
    {
        var nonce = _nonces.Issue();
        DigestAlgorithm[] algorithms = md5Only ? [DigestAlgorithm.Md5]
            : _options.OfferMd5 ? [DigestAlgorithm.Sha256, DigestAlgorithm.Md5] : [DigestAlgorithm.Sha256];
        return [.. algorithms.Select(algorithm => new SipHeader(HeaderNames.WwwAuthenticate, Describe(algorithm, nonce, stale)))];
    }

    /// <summary>Judges a request; unknown users and wrong passwords cost the same work.</summary>
    /// <param name="request">The request.</param>
    /// <param name="lookup">Finds what is stored of a user's password.</param>
    /// <param name="isUs">
    /// Whether a digest-uri means us though its host is not that of the Request-URI, in which a proxy may have put another
    /// (RFC 7616 section 3.4.6); null for never.
    /// </param>
    public DigestVerdict Verify(SipRequest request, Func<string, DigestSecret?> lookup, Func<SipUri, bool>? isUs = null)
    {
        if (FindAnswer(request) is not { } answer) return new DigestVerdict.Missing();
        var algorithm = DigestHash.Parse(answer["algorithm"]);
        if (algorithm is null || answer["qop"] != "auth") return new DigestVerdict.Missing();
        if (answer["username"] is not { } user || answer["nonce"] is not { } nonce || answer["uri"] is not { } uri
            || answer["response"] is not { } response || answer["cnonce"] is not { } cnonce || answer["nc"] is not { Length: 8 } nc
            || !uint.TryParse(nc, System.Globalization.NumberStyles.AllowHexSpecifier, null, out var count) || count == 0)
        {
            return new DigestVerdict.Missing();
        }

        var known = lookup(user)?.For(algorithm.Value);
        var ha1 = known ?? _nobody.For(algorithm.Value)!;
        var expected = DigestHash.Response(algorithm.Value, ha1, request.Method, uri, nonce, nc, cnonce);
        var matches = CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.UTF8.GetBytes(response.ToLowerInvariant()));
        var issued = _nonces.IssuedAt(nonce);
        if (!matches || known is null || !Means(uri, request.Uri, isUs)) return new DigestVerdict.Wrong();

        var now = _time.GetUtcNow();
        if (issued is not { } at || now - at > _options.NonceLifetime) return new DigestVerdict.Stale();
        _counts.ForgetBefore(now - _options.NonceLifetime);
        return _counts.TryUse(nonce, at, count) ? new DigestVerdict.Valid(user) : new DigestVerdict.Stale();
    }

    private DigestFields? FindAnswer(SipRequest request)
    {
        foreach (var value in request.Headers.All(HeaderNames.Authorization))
        {
            if (DigestFields.TryParse(value, out var fields) && fields["realm"] == _realm) return fields;
        }

        return null;
    }

    private string Describe(DigestAlgorithm algorithm, string nonce, bool stale)
    {
        var staleField = stale ? ", stale=true" : "";
        return $"Digest realm={HeaderLexer.Quote(_realm)}, nonce=\"{nonce}\", algorithm={DigestHash.Name(algorithm)}, qop=\"auth\"{staleField}";
    }

    /// <summary>
    /// An answer made for another room must not open this one; ports and parameters may differ behind proxies. Some phones
    /// answer for the host alone, which names no other room, and their nonce counts as used all the same.
    /// </summary>
    private static bool Means(string digestUri, SipUri uri, Func<SipUri, bool>? isUs) =>
        SipUri.TryParse(digestUri, out var meant)
        && (meant.User is null || string.Equals(meant.UserName, uri.UserName, StringComparison.Ordinal))
        && (string.Equals(meant.Host, uri.Host, StringComparison.OrdinalIgnoreCase) || isUs?.Invoke(meant) == true);
}
