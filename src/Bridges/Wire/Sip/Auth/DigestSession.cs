using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.Auth;

/// <summary>The challenges that one client met on the way of its request, and the answers to them.</summary>
/// <remarks>
/// A request may pass several realms, a proxy's and a server's: each attempt answers all that are known, and counts each use of
/// a nonce (RFC 7616 section 3.4), as a repeated count is what a replay looks like. Belongs to one lane; its space does not.
/// </remarks>
internal sealed class DigestSession(DigestCredentials credentials, DigestSpace space, Func<string> cnonce)
{
    private readonly List<Known> _known = [.. space.Nonces.Select(static nonce => new Known(nonce))];

    /// <summary>Takes the challenges of a 401 or 407.</summary>
    /// <returns>Whether another attempt may succeed: false when nothing new can be answered, or an answer was wrong.</returns>
    public bool TryTake(SipResponse challenge)
    {
        var progress = false;
        foreach (var (asks, answeredBy) in ((string, string)[])
            [(HeaderNames.WwwAuthenticate, HeaderNames.Authorization), (HeaderNames.ProxyAuthenticate, HeaderNames.ProxyAuthorization)])
        {
            foreach (var offered in Offered(challenge, asks).GroupBy(fields => fields["realm"]!))
            {
                var best = offered.MinBy(fields => DigestHash.Parse(fields["algorithm"]))!;
                if (!TryTake(answeredBy, offered.Key, best)) return false;
                progress = true;
            }
        }

        return progress;
    }

    /// <summary>The header fields for the next attempt; before the first challenge, what an earlier request was asked there.</summary>
    public List<SipHeader> Answer(string method, SipUri uri) => [.. _known.Select(known => known.Nonce.Answer(credentials, method, uri.ToString(), cnonce()))];

    /// <summary>Learns from a final answer: which nonce the server wants next (RFC 7616 section 3.5), or that what was answered is worth nothing.</summary>
    public void Conclude(SipResponse final)
    {
        // Some servers answer so to a nonce that they have forgotten, instead of challenging.
        if (final.Status == 403) space.Forget();
        Renew(final, HeaderNames.AuthenticationInfo, HeaderNames.Authorization);
        Renew(final, HeaderNames.ProxyAuthenticationInfo, HeaderNames.ProxyAuthorization);
    }

    private void Renew(SipResponse final, string info, string header)
    {
        if (_known.FindLast(known => known.Nonce.Header == header) is { } known
            && final.Headers[info] is { } value && DigestFields.TryParsePairs(value, out var fields) && fields["nextnonce"] is { Length: > 0 } next)
        {
            space.Keep(known.Nonce.Next(next));
        }
    }

    private bool TryTake(string header, string realm, DigestFields challenge)
    {
        var isStale = string.Equals(challenge["stale"], "true", StringComparison.OrdinalIgnoreCase);
        var known = _known.Find(known => known.Nonce.Header == header && known.Nonce.Realm == realm);
        // A second challenge means a wrong answer, unless it says that only the nonce was too old; once, or a peer keeps us at it.
        // One that was answered before it was asked counts for nothing: few servers keep a nonce, and not all say that it was stale.
        if (known is { WasAsked: true } && (known.WasStale || !isStale))
        {
            space.Forget();
            return false;
        }

        var nonce = new DigestNonce(header, realm, challenge);
        space.Keep(nonce);
        if (known is null) _known.Add(new Known(nonce) { WasAsked = true });
        else (known.Nonce, known.WasAsked, known.WasStale) = (nonce, true, known.WasAsked);
        return true;
    }

    private IEnumerable<DigestFields> Offered(SipResponse challenge, string header)
    {
        foreach (var value in challenge.Headers.All(header))
        {
            if (!DigestFields.TryParse(value, out var fields) || fields["realm"] is not { } realm || fields["nonce"] is null) continue;
            if (TakesAuth(fields) && DigestHash.Parse(fields["algorithm"]) is { } algorithm && credentials.Ha1(algorithm, realm) is not null) yield return fields;
        }
    }

    /// <summary>A challenge without qop is from before RFC 2617 and answered in its way; auth-int alone we cannot.</summary>
    private static bool TakesAuth(DigestFields challenge) =>
        challenge["qop"] is not { } offered || offered.Split(',').Any(qop => qop.Trim().Equals("auth", StringComparison.OrdinalIgnoreCase));

    /// <summary>What is answered in one realm.</summary>
    private sealed class Known(DigestNonce nonce)
    {
        public DigestNonce Nonce { get; set; } = nonce;

        /// <summary>Whether this request was challenged for it, and not one before.</summary>
        public bool WasAsked { get; set; }

        public bool WasStale { get; set; }
    }
}
