namespace Interop.Bridges.Wire.Rtp.Dtls;

/// <summary>The protection profiles that are negotiated (RFC 5764 §4.1.2, RFC 7714 §14.2), by their numbers on the wire.</summary>
public enum SrtpProfile
{
    /// <summary>AES in counter mode with HMAC-SHA1 of 80 bits.</summary>
    Aes128CmHmacSha1_80 = 0x0001,

    /// <summary>AES-GCM, which does both in one.</summary>
    AeadAes128Gcm = 0x0007,
}

/// <summary>What a DTLS handshake gives to SRTP (RFC 5764 §4.2). It prints without its keys, so that no log can hold one.</summary>
/// <param name="Profile">How the packets are protected.</param>
/// <param name="ClientKey">The master key of what the client sends.</param>
/// <param name="ClientSalt">Its salt.</param>
/// <param name="ServerKey">The master key of what the server sends.</param>
/// <param name="ServerSalt">Its salt.</param>
public sealed record SrtpKeys(
    SrtpProfile Profile, ReadOnlyMemory<byte> ClientKey, ReadOnlyMemory<byte> ClientSalt, ReadOnlyMemory<byte> ServerKey, ReadOnlyMemory<byte> ServerSalt)
{
    private const int KeyBytes = 16;

    internal static int ExportedBytes(SrtpProfile profile) => 2 * (KeyBytes + SaltBytes(profile));

    /// <summary>Cuts the exported bytes: both keys, then both salts, the client's first.</summary>
    internal static SrtpKeys Cut(SrtpProfile profile, ReadOnlyMemory<byte> exported)
    {
        var salts = exported[(2 * KeyBytes)..];
        var salt = SaltBytes(profile);
        return new SrtpKeys(profile, exported[..KeyBytes], salts[..salt], exported[KeyBytes..(2 * KeyBytes)], salts[salt..(2 * salt)]);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Profile} (keys withheld)";

    private static int SaltBytes(SrtpProfile profile) => profile == SrtpProfile.AeadAes128Gcm ? 12 : 14;
}
