using System.Numerics;

namespace Interop.Bridges.Media.Codecs;

/// <summary>ITU-T G.711: 8-bit logarithmic companding, by tables made once.</summary>
/// <remarks>
/// Linear samples are 16 bits. Before compressing they are rounded, not truncated, to the law's own 14 bits (µ) or
/// 13 bits (A): truncation would shift the signal by half a step at each passage through the hub.
/// </remarks>
public static class G711
{
    /// <summary>The µ-law code of silence.</summary>
    public const byte MuLawSilence = 0xFF;

    /// <summary>The A-law code of silence.</summary>
    public const byte ALawSilence = 0xD5;

    private const int MuLawBias = 33;
    private const int MuLawMaximum = 8158;

    private static readonly short[] s_muLawToLinear = MakeDecoder(ExpandMuLaw);
    private static readonly short[] s_aLawToLinear = MakeDecoder(ExpandALaw);
    private static readonly byte[] s_linearToMuLaw = MakeEncoder(2, CompressMuLaw);
    private static readonly byte[] s_linearToALaw = MakeEncoder(3, CompressALaw);

    /// <summary>Expands µ-law codes; <paramref name="linear"/> must be at least as long.</summary>
    public static void DecodeMuLaw(ReadOnlySpan<byte> codes, Span<short> linear) => Decode(s_muLawToLinear, codes, linear);

    /// <summary>Expands A-law codes; <paramref name="linear"/> must be at least as long.</summary>
    public static void DecodeALaw(ReadOnlySpan<byte> codes, Span<short> linear) => Decode(s_aLawToLinear, codes, linear);

    /// <summary>Compresses to µ-law; <paramref name="codes"/> must be at least as long.</summary>
    public static void EncodeMuLaw(ReadOnlySpan<short> linear, Span<byte> codes)
    {
        var table = s_linearToMuLaw;
        codes = codes[..linear.Length];
        for (var i = 0; i < linear.Length; i++) codes[i] = table[(linear[i] + 0x8002) >> 2];
    }

    /// <summary>Compresses to A-law; <paramref name="codes"/> must be at least as long.</summary>
    public static void EncodeALaw(ReadOnlySpan<short> linear, Span<byte> codes)
    {
        var table = s_linearToALaw;
        codes = codes[..linear.Length];
        for (var i = 0; i < linear.Length; i++) codes[i] = table[(linear[i] + 0x8004) >> 3];
    }

    private static void Decode(short[] table, ReadOnlySpan<byte> codes, Span<short> linear)
    {
        linear = linear[..codes.Length];
        for (var i = 0; i < codes.Length; i++) linear[i] = table[codes[i]];
    }

    private static short[] MakeDecoder(Func<byte, short> expand)
    {
        var table = new short[256];
        for (var code = 0; code < table.Length; code++) table[code] = expand((byte)code);
        return table;
    }

    // One entry more than the law has steps: rounding up from the greatest 16-bit value lands there, and clips.
    private static byte[] MakeEncoder(int droppedBits, Func<int, byte> compress)
    {
        var half = 0x8000 >> droppedBits;
        var table = new byte[(2 * half) + 1];
        for (var i = 0; i < table.Length; i++) table[i] = compress(Math.Min(i - half, half - 1));
        return table;
    }

    private static byte CompressMuLaw(int sample)
    {
        var mask = sample < 0 ? 0x7F : 0xFF;
        var magnitude = Math.Min(Math.Abs(sample), MuLawMaximum) + MuLawBias;
        var segment = BitOperations.Log2((uint)magnitude) - 5;
        return (byte)(((segment << 4) | ((magnitude >> (segment + 1)) & 0x0F)) ^ mask);
    }

    private static byte CompressALaw(int sample)
    {
        // G.711 inverts the even bits of A-law on the line.
        var mask = sample < 0 ? 0x55 : 0xD5;
        var magnitude = sample < 0 ? ~sample : sample;
        var segment = magnitude < 32 ? 0 : BitOperations.Log2((uint)magnitude) - 4;
        return (byte)(((segment << 4) | ((magnitude >> Math.Max(segment, 1)) & 0x0F)) ^ mask);
    }

    private static short ExpandMuLaw(byte code)
    {
        var bits = ~code;
        var magnitude = ((((bits & 0x0F) << 3) + (MuLawBias << 2)) << ((bits >> 4) & 0x07)) - (MuLawBias << 2);
        return (short)((bits & 0x80) != 0 ? -magnitude : magnitude);
    }

    private static short ExpandALaw(byte code)
    {
        var bits = code ^ 0x55;
        var segment = (bits >> 4) & 0x07;
        var magnitude = ((bits & 0x0F) << 4) + 8;
        if (segment > 0) magnitude = (magnitude + 0x100) << (segment - 1);
        return (short)((bits & 0x80) != 0 ? magnitude : -magnitude);
    }
}
