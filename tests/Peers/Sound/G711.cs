namespace Interop.Tests.Peers.Sound;

/// <summary>ITU-T G.711 as the peers speak it, written apart from the hub's own so that one error cannot hide the other.</summary>
public static class G711
{
    private const int MuLawBias = 0x84;
    private const int MuLawClip = 32_635;

    /// <summary>Encodes to μ-law.</summary>
    public static byte[] ToMuLaw(ReadOnlySpan<short> samples)
    {
        var coded = new byte[samples.Length];
        for (var index = 0; index < samples.Length; index++)
            coded[index] = MuLaw(samples[index]);
        return coded;
    }

    /// <summary>Encodes to A-law.</summary>
    public static byte[] ToALaw(ReadOnlySpan<short> samples)
    {
        var coded = new byte[samples.Length];
        for (var index = 0; index < samples.Length; index++)
            coded[index] = ALaw(samples[index]);
        return coded;
    }

    /// <summary>Decodes one octet of μ-law.</summary>
    public static short FromMuLaw(byte coded)
    {
        var bits = ~coded;
        var magnitude = ((((bits & 0x0F) << 3) + MuLawBias) << ((bits & 0x70) >> 4)) - MuLawBias;
        return (short)((bits & 0x80) != 0 ? -magnitude : magnitude);
    }

    /// <summary>Decodes one octet of A-law.</summary>
    public static short FromALaw(byte coded)
    {
        var bits = coded ^ 0x55;
        var exponent = (bits & 0x70) >> 4;
        var magnitude = ((bits & 0x0F) << 4) + 8;
        magnitude = exponent == 0 ? magnitude : (magnitude + 0x100) << (exponent - 1);
        return (short)((bits & 0x80) != 0 ? magnitude : -magnitude);
    }

    private static byte MuLaw(short sample)
    {
        var sign = sample < 0 ? 0x80 : 0;
        var magnitude = Math.Min(Math.Abs((int)sample), MuLawClip) + MuLawBias;
        var exponent = Math.Max(0, 31 - int.LeadingZeroCount(magnitude) - 7);
        return (byte)~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0F));
    }

    private static byte ALaw(short sample)
    {
        var sign = sample >= 0 ? 0x80 : 0;
        var magnitude = (sample >= 0 ? sample : -sample - 1) >> 4;
        var exponent = magnitude < 16 ? 0 : 31 - int.LeadingZeroCount(magnitude) - 3;
        var mantissa = exponent == 0 ? magnitude & 0x0F : (magnitude >> (exponent - 1)) & 0x0F;
        return (byte)((sign | (exponent << 4) | mantissa) ^ 0x55);
    }
}
