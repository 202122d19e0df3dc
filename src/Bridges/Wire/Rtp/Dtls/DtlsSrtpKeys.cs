using Interop.Bridges.Wire.Rtp.Srtp;

namespace Interop.Bridges.Wire.Rtp.Dtls;

/// <summary>What a DTLS handshake gives to SRTP (RFC 5764 §4.2). It prints without its keys, so that no log can hold one.</summary>
/// <param name="Profile">How the packets are protected.</param>
/// <param name="ClientKey">The master key of what the client sends.</param>
/// <param name="ClientSalt">Its salt.</param>
/// <param name="ServerKey">The master key of what the server sends.</param>
/// <param name="ServerSalt">Its salt.</param>
public sealed record DtlsSrtpKeys(
    SrtpProfile Profile, ReadOnlyMemory<byte> ClientKey, ReadOnlyMemory<byte> ClientSalt, ReadOnlyMemory<byte> ServerKey, ReadOnlyMemory<byte> ServerSalt)
{
    /// <summary>What we agree to, best first.</summary>
    public static IReadOnlyList<SrtpProfile> Profiles { get; } = [SrtpProfile.AeadAes128Gcm, SrtpProfile.Aes128CmHmacSha1Tag80];

    internal static int ExportedBytes(SrtpProfile profile) => 2 * profile.KeyingLength;

    /// <summary>Cuts the exported bytes: both keys, then both salts, the client's first.</summary>
    internal static DtlsSrtpKeys Cut(SrtpProfile profile, ReadOnlyMemory<byte> exported)
    {
        var (key, salt) = (profile.KeyLength, profile.SaltLength);
        var salts = exported[(2 * key)..];
        return new DtlsSrtpKeys(profile, exported[..key], salts[..salt], exported[key..(2 * key)], salts[salt..(2 * salt)]);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Profile.Name} (keys withheld)";
}
