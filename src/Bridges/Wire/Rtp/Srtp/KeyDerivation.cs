using System.Security.Cryptography;

namespace Interop.Bridges.Wire.Rtp.Srtp;

/// <summary>The session keys of one direction, of RTP or of RTCP, made of the master key once (RFC 3711 section 4.3, key_derivation_rate 0).</summary>
internal static class KeyDerivation
{
    private const int BlockLength = 16;
    private const int AuthenticationKeyLength = 20;

    /// <summary>Makes the keys and gives them to whoever uses them; they are wiped afterwards.</summary>
    /// <param name="profile">The algorithms.</param>
    /// <param name="masterKey">Of the profile's key length.</param>
    /// <param name="masterSalt">Of the profile's salt length; RFC 7714 section 11 has 96 bits padded on the right.</param>
    /// <param name="rtcp">Labels 3 to 5 instead of 0 to 2.</param>
    public static SrtpTransform Derive(SrtpProfile profile, ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt, bool rtcp)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(masterKey.Length, profile.KeyLength, nameof(masterKey));
        ArgumentOutOfRangeException.ThrowIfNotEqual(masterSalt.Length, profile.SaltLength, nameof(masterSalt));
        var first = (byte)(rtcp ? 3 : 0);
        Span<byte> keys = stackalloc byte[32 + AuthenticationKeyLength + 14];
        var encryption = keys[..profile.KeyLength];
        var authentication = keys.Slice(32, AuthenticationKeyLength);
        var salt = keys.Slice(32 + AuthenticationKeyLength, profile.SaltLength);
        using var aes = Aes.Create();
        aes.SetKey(masterKey);
        Expand(aes, masterSalt, first, encryption);
        Expand(aes, masterSalt, (byte)(first + 1), authentication);
        Expand(aes, masterSalt, (byte)(first + 2), salt);
        SrtpTransform transform = profile.IsAead
            ? new GcmTransform(encryption, salt)
            : new CounterHmacTransform(encryption, authentication, salt, rtcp ? profile.RtcpTagLength : profile.TagLength);
        CryptographicOperations.ZeroMemory(keys);
        return transform;
    }

    // The PRF of section 4.3.3: keystream of AES-CM from (label || 0) XOR salt, times 2^16.
    private static void Expand(Aes aes, ReadOnlySpan<byte> salt, byte label, Span<byte> key)
    {
        Span<byte> counter = stackalloc byte[BlockLength];
        Span<byte> block = stackalloc byte[BlockLength];
        counter.Clear();
        salt.CopyTo(counter);
        counter[7] ^= label;
        for (byte number = 0; !key.IsEmpty; number++)
        {
            counter[15] = number;
            aes.EncryptEcb(counter, block, PaddingMode.None);
            var part = block[..Math.Min(BlockLength, key.Length)];
            part.CopyTo(key);
            key = key[part.Length..];
        }

        CryptographicOperations.ZeroMemory(block);
    }
}
