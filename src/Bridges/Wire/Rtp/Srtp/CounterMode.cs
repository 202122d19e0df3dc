using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Interop.Bridges.Wire.Rtp.Srtp;

/// <summary>AES in counter mode as RFC 3711 section 4.1.1 numbers its blocks: those of a packet are made by one call of the cipher.</summary>
internal sealed class CounterMode : IDisposable
{
    private const int BlockLength = 16;
    private const int Blocks = 32;

    private readonly byte[] _stream = new byte[Blocks * BlockLength];
    private readonly Aes _aes;
    private readonly ICryptoTransform _cipher;
    private readonly ulong _saltHigh;
    private readonly ulong _saltLow;

    public CounterMode(ReadOnlySpan<byte> key, ReadOnlySpan<byte> salt)
    {
        _aes = Aes.Create();
        _aes.SetKey(key);
        // The counter mode is built here, of single blocks; ECB is nothing but the bare cipher.
#pragma warning disable CA5358
        _aes.Mode = CipherMode.ECB;
#pragma warning restore CA5358
        _aes.Padding = PaddingMode.None;
        _cipher = _aes.CreateEncryptor();
        Span<byte> padded = stackalloc byte[BlockLength];
        padded.Clear();
        salt.CopyTo(padded);
        _saltHigh = BinaryPrimitives.ReadUInt64BigEndian(padded);
        _saltLow = BinaryPrimitives.ReadUInt64BigEndian(padded[8..]);
        CryptographicOperations.ZeroMemory(padded);
    }

    /// <summary>Encrypts or decrypts in place, which is the same: IV = salt * 2^16 XOR SSRC * 2^64 XOR index * 2^16.</summary>
    public void Apply(Span<byte> data, uint ssrc, ulong index)
    {
        var high = BinaryPrimitives.ReverseEndianness(_saltHigh ^ ssrc);
        var low = _saltLow ^ (index << 16);
        while (!data.IsEmpty)
        {
            var part = data[..Math.Min(data.Length, _stream.Length)];
            var length = (part.Length + BlockLength - 1) & ~(BlockLength - 1);
            var words = MemoryMarshal.Cast<byte, ulong>(_stream.AsSpan(0, length));
            for (var i = 0; i + 1 < words.Length; i += 2) (words[i], words[i + 1]) = (high, BinaryPrimitives.ReverseEndianness(low++));
            _cipher.TransformBlock(_stream, 0, length, _stream, 0);
            Mix(part, _stream);
            data = data[part.Length..];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _cipher.Dispose();
        _aes.Dispose();
        CryptographicOperations.ZeroMemory(_stream);
    }

    private static void Mix(Span<byte> data, ReadOnlySpan<byte> stream)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(data);
        var masks = MemoryMarshal.Cast<byte, ulong>(stream);
        for (var i = 0; i < words.Length; i++) words[i] ^= masks[i];
        for (var i = words.Length * sizeof(ulong); i < data.Length; i++) data[i] ^= stream[i];
    }
}
