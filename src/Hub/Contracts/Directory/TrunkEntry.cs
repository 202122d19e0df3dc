namespace Interop.Hub.Contracts.Directory;

/// <summary>What kind of system stands behind a trunk.</summary>
public enum TrunkProfile
{
    /// <summary>
    /// A bridging system after BSI-Core: one dialog for each channel, which is held for ever, and silent most of the time.
    /// </summary>
    Bridge,
}

/// <summary>A partner's telephone system, radio gateway or bridge; its calls prove its agency, and no person.</summary>
/// <param name="From">Networks as <c>address/bits</c> from which a caller needs no digest.</param>
/// <param name="Certificates">Domain names that prove it when the TLS certificate of a peer is for one of them.</param>
/// <param name="Registration">How the hub registers at it; its calls that come in by that registration are proved.</param>
/// <param name="Peer">The SIP address where it is called.</param>
/// <param name="Priority">Whether a Resource-Priority of its calls counts.</param>
/// <param name="Profile">What it is, when it is no ordinary telephone system.</param>
/// <param name="MediaSecurity">Whether its voice is protected; null is what its agency says, and for a bridge <see cref="MediaSecurity.None"/>.</param>
[GenerateSerializer, Alias("interop.directory.trunk")]
public sealed record TrunkEntry(
    string Id,
    IReadOnlyList<string> From,
    IReadOnlyList<string>? Certificates = null,
    TrunkRegistration? Registration = null,
    string? Peer = null,
    bool? Priority = null,
    TrunkProfile? Profile = null,
    MediaSecurity? MediaSecurity = null) : DirectoryEntry(Id);

/// <summary>How the hub registers at a partner's telephone system.</summary>
/// <param name="Server">Where: <c>sip:pbx.example.org;transport=tcp</c>.</param>
/// <param name="User">As whom.</param>
/// <param name="Realm">The partner's realm, which is part of the hashes.</param>
/// <param name="Secrets">HA1 by algorithm (<c>SHA-256</c>, <c>MD5</c>), lowercase hex; MD5 only where the partner needs it.</param>
/// <param name="ExpiresSeconds">For how long each time; null for the hub's own choice.</param>
/// <param name="Room">The dial code of the room that its calls reach when they name none.</param>
[GenerateSerializer, Alias("interop.trunk-registration")]
public sealed record TrunkRegistration(
    string Server,
    string User,
    string Realm,
    IReadOnlyDictionary<string, string> Secrets,
    int? ExpiresSeconds = null,
    string? Room = null)
{
    /// <summary>The bounds of <see cref="ExpiresSeconds"/>.</summary>
    public const int LeastExpires = 60, MostExpires = 86_400;
}
