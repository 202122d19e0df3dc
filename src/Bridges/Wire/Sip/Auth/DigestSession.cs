using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.Auth;

/// <summary>The challenges that one client met on the way of its request, and the answers to them.</summary>
/// <remarks>
/// A request may pass several realms, a proxy's and a server's: each attempt answers all that are known, and counts each use of
/// a nonce (RFC 7616 section 3.4), as a repeated count is what a replay looks like. Belongs to one lane.
/// </remarks>
internal sealed class DigestSession(DigestCredentials credentials, Func<string> cnonce)
{
    private readonly List<Known> _known = [];

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

    /// <summary>The header fields for the next attempt.</summary>
    public List<SipHeader> Answer(string method, SipUri uri) => [.. _known.Select(known => known.Answer(credentials, method, uri.ToString(), cnonce()))];

    private bool TryTake(string header, string realm, DigestFields challenge)
    {
        var known = _known.Find(known => known.Header == header && known.Realm == realm);
        if (known is null)
        {
            _known.Add(new Known(header, realm, challenge));
            return true;
        }

        // A second challenge means a wrong answer, unless it says that only the nonce was too old; once, or a peer keeps us at it.
        if (known.WasStale || !string.Equals(challenge["stale"], "true", StringComparison.OrdinalIgnoreCase)) return false;
        known.Renew(challenge);
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

    private sealed class Known(string header, string realm, DigestFields challenge)
    {
        private DigestFields _challenge = challenge;
        private uint _count;

        public string Header => header;

        public string Realm => realm;

        public bool WasStale { get; private set; }

        public void Renew(DigestFields challenge)
        {
            _challenge = challenge;
            _count = 0;
            WasStale = true;
        }

        public SipHeader Answer(DigestCredentials credentials, string method, string uri, string cnonce) =>
            new(header, DigestAnswer.Write(_challenge, method, uri, credentials, cnonce, ++_count));
    }
}
