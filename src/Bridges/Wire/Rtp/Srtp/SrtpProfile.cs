namespace Interop.Bridges.Wire.Rtp.Srtp;

/// <summary>The algorithms of one SRTP stream (RFC 3711, RFC 6188, RFC 7714).</summary>
/// <param name="Name">The crypto-suite of SDES (RFC 4568 section 6.2, RFC 7714 section 14.2).</param>
/// <param name="DtlsId">The protection profile of DTLS-SRTP (RFC 5764 section 4.1.2); null where none is registered.</param>
/// <param name="KeyLength">Octets of the master key, and of the session keys for encryption.</param>
/// <param name="SaltLength">Octets of the master salt.</param>
/// <param name="TagLength">Octets that a tag adds to an RTP packet.</param>
/// <param name="IsAead">Whether one algorithm encrypts and authenticates; else AES in counter mode and HMAC-SHA1.</param>
public sealed record SrtpProfile(string Name, ushort? DtlsId, int KeyLength, int SaltLength, int TagLength, bool IsAead)
{
    /// <summary>AES-256 in Galois counter mode.</summary>
    public static SrtpProfile AeadAes256Gcm { get; } = new("AEAD_AES_256_GCM", 0x0008, 32, 12, 16, true);

    /// <summary>AES-128 in Galois counter mode.</summary>
    public static SrtpProfile AeadAes128Gcm { get; } = new("AEAD_AES_128_GCM", 0x0007, 16, 12, 16, true);

    /// <summary>AES-256 in counter mode, tags of 80 bits.</summary>
    public static SrtpProfile Aes256CmHmacSha1Tag80 { get; } = new("AES_256_CM_HMAC_SHA1_80", null, 32, 14, 10, false);

    /// <summary>AES-128 in counter mode, tags of 80 bits: what every phone with SRTP has.</summary>
    public static SrtpProfile Aes128CmHmacSha1Tag80 { get; } = new("AES_CM_128_HMAC_SHA1_80", 0x0001, 16, 14, 10, false);

    /// <summary>The same with tags of 32 bits on RTP; those of RTCP keep their 80 (RFC 4568 section 6.2.2).</summary>
    public static SrtpProfile Aes128CmHmacSha1Tag32 { get; } = new("AES_CM_128_HMAC_SHA1_32", 0x0002, 16, 14, 4, false);

    /// <summary>Every profile, the strongest first.</summary>
    public static IReadOnlyList<SrtpProfile> All { get; } = [AeadAes256Gcm, AeadAes128Gcm, Aes256CmHmacSha1Tag80, Aes128CmHmacSha1Tag80, Aes128CmHmacSha1Tag32];

    /// <summary>Octets of master key and master salt together, as SDES writes them one after the other.</summary>
    public int KeyingLength => KeyLength + SaltLength;

    /// <summary>Octets that a tag adds to an RTCP packet.</summary>
    internal int RtcpTagLength => IsAead ? 16 : 10;

    /// <summary>The profile of an SDES crypto-suite; names are compared as RFC 4568 section 9.1 writes them, by case.</summary>
    public static SrtpProfile? Find(string name) => All.FirstOrDefault(profile => profile.Name == name);
}
