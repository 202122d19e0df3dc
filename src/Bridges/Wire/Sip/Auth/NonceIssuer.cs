using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Interop.Bridges.Wire.Sip.Auth;

/// <summary>Makes nonces that prove themselves: time, randomness and an HMAC over both, so that handing one out stores nothing.</summary>
internal sealed class NonceIssuer
{
    private const int Plain = 16;
    private const int Mac = 16;

    private readonly byte[] _key = new byte[32];
    private readonly RandomNumberGenerator _random;
    private readonly TimeProvider _time;

    public NonceIssuer(TimeProvider time, RandomNumberGenerator random)
    {
        _time = time;
        _random = random;
        random.GetBytes(_key);
    }

    public string Issue()
    {
        Span<byte> octets = stackalloc byte[Plain + Mac];
        BinaryPrimitives.WriteInt64BigEndian(octets, _time.GetUtcNow().UtcTicks);
        _random.GetBytes(octets[8..Plain]);
        Sign(octets[..Plain], octets[Plain..]);
        return Base64Url.EncodeToString(octets);
    }

    /// <summary>When we issued it; null when we did not.</summary>
    public DateTimeOffset? IssuedAt(string nonce)
    {
        Span<byte> octets = stackalloc byte[Plain + Mac];
        if (nonce.Length > 64 || !Base64Url.TryDecodeFromChars(nonce, octets, out var written) || written != octets.Length) return null;
        Span<byte> expected = stackalloc byte[Mac];
        Sign(octets[..Plain], expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, octets[Plain..])) return null;
        return new DateTimeOffset(BinaryPrimitives.ReadInt64BigEndian(octets), TimeSpan.Zero);
    }

    private void Sign(ReadOnlySpan<byte> plain, Span<byte> mac)
    {
        Span<byte> full = stackalloc byte[32];
        HMACSHA256.HashData(_key, plain, full);
        full[..Mac].CopyTo(mac);
    }
}
