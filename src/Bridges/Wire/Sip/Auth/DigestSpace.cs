using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.Auth;

/// <summary>A challenge, and how often its nonce was used: each use has a count of its own, whichever request makes it. Safe from any thread.</summary>
internal sealed class DigestNonce(string header, string realm, DigestFields challenge)
{
    private uint _count;

    /// <summary>The field that answers it: Authorization or Proxy-Authorization.</summary>
    public string Header => header;

    public string Realm => realm;

    /// <summary>The same challenge with the nonce that the server wants next.</summary>
    public DigestNonce Next(string nonce) => new(header, realm, challenge.With("nonce", nonce));

    public SipHeader Answer(DigestCredentials credentials, string method, string uri, string cnonce) =>
        new(header, DigestAnswer.Write(challenge, method, uri, credentials, cnonce, Interlocked.Increment(ref _count)));
}

/// <summary>What one user is asked at one server: the next request answers it before it is asked (RFC 7616 section 3.6). Safe from any thread.</summary>
internal sealed class DigestSpace
{
    /// <summary>Realms on one way: a server's, and those of its proxies.</summary>
    private const int Most = 4;

    private readonly Lock _lock = new();
    private volatile DigestNonce[] _nonces = [];

    public IReadOnlyList<DigestNonce> Nonces => _nonces;

    public void Keep(DigestNonce nonce)
    {
        lock (_lock) _nonces = [.. _nonces.Where(old => old.Header != nonce.Header || old.Realm != nonce.Realm).TakeLast(Most - 1), nonce];
    }

    /// <summary>Whoever asks next is challenged anew.</summary>
    public void Forget()
    {
        lock (_lock) _nonces = [];
    }
}
