namespace Interop.Bridges.Wire.Sip.Auth;

/// <summary>A user who answers challenges, by password or by a secret that is worth nothing outside its realm.</summary>
/// <remarks>It prints without password and secret, so that no log can hold one.</remarks>
public sealed class DigestCredentials
{
    private readonly string? _password;
    private readonly DigestSecret? _secret;

    /// <summary>Answers by password.</summary>
    /// <param name="realm">The only realm that gets an answer; null answers any, which whoever stands on the path may ask for.</param>
    /// <param name="allowMd5">Whether a peer that knows nothing better is answered by MD5, which can be guessed from the answer.</param>
    public DigestCredentials(string user, string password, string? realm = null, bool allowMd5 = false)
    {
        User = user;
        Realm = realm;
        AllowsMd5 = allowMd5;
        _password = password;
    }

    /// <summary>Answers by a stored secret, in its realm alone; MD5 when the secret has an HA1 for it.</summary>
    public DigestCredentials(string user, string realm, DigestSecret secret)
    {
        User = user;
        Realm = realm;
        AllowsMd5 = secret.Md5 is not null;
        _secret = secret;
    }

    /// <summary>The user.</summary>
    public string User { get; }

    /// <summary>The only realm that gets an answer; null for any.</summary>
    public string? Realm { get; }

    /// <summary>Whether MD5 is answered.</summary>
    public bool AllowsMd5 { get; }

    /// <summary>The HA1 for a realm; null when this realm or algorithm is not answered.</summary>
    internal string? Ha1(DigestAlgorithm algorithm, string realm)
    {
        if (Realm is not null && !string.Equals(Realm, realm, StringComparison.Ordinal)) return null;
        if (algorithm == DigestAlgorithm.Md5 && !AllowsMd5) return null;
        return _secret is not null ? _secret.For(algorithm) : DigestSecret.Ha1(algorithm, User, realm, _password!);
    }

    /// <inheritdoc/>
    public override string ToString() => Realm is null ? User : $"{User} in {Realm}";
}
