namespace Interop.Bridges.Media.Codecs;

/// <summary>The decoder of ITU-T G.722: each octet becomes two samples of 16 kHz.</summary>
/// <remarks>
/// Mode 1 has all 64 kbit/s for sound. Modes 2 and 3 leave the lowest one and two bits of the lower band to data; they are on no
/// RTP stream, and here because the Recommendation's own vectors are of all three.
/// </remarks>
internal struct G722Decoder(int mode = 1)
{
    private static ReadOnlySpan<short> Quantized6 =>
    [
        -136, -136, -136, -136, -24808, -21904, -19008, -16704, -14984, -13512, -12280, -11192, -10232, -9360, -8576, -7856,
        -7192, -6576, -6000, -5456, -4944, -4464, -4008, -3576, -3168, -2776, -2400, -2032, -1688, -1360, -1040, -728,
        24808, 21904, 19008, 16704, 14984, 13512, 12280, 11192, 10232, 9360, 8576, 7856, 7192, 6576, 6000, 5456,
        4944, 4464, 4008, 3576, 3168, 2776, 2400, 2032, 1688, 1360, 1040, 728, 432, 136, -432, -136,
    ];

    private static ReadOnlySpan<short> Quantized5 =>
    [
        -280, -280, -23352, -17560, -14120, -11664, -9752, -8184, -6864, -5712, -4696, -3784, -2960, -2208, -1520, -880,
        23352, 17560, 14120, 11664, 9752, 8184, 6864, 5712, 4696, 3784, 2960, 2208, 1520, 880, 280, -280,
    ];

    private G722Band _low = new(G722.LowestStep);
    private G722Band _high = new(G722.LowestHighStep);
    private G722Encoder.Twelve _even;
    private G722Encoder.Twelve _odd;

    public G722Decoder()
        : this(1)
    {
    }

    /// <summary>Decodes octets and returns the number of samples, two for each.</summary>
    public int Decode(ReadOnlySpan<byte> codes, Span<short> samples)
    {
        const int History = G722Encoder.Twelve.Length - 1;
        Span<int> even = stackalloc int[History + 160];
        Span<int> odd = stackalloc int[History + 160];
        for (var done = 0; done < codes.Length;)
        {
            var part = Math.Min(160, codes.Length - done);
            ((ReadOnlySpan<int>)_even)[1..].CopyTo(even);
            ((ReadOnlySpan<int>)_odd)[1..].CopyTo(odd);
            for (var i = 0; i < part; i++)
            {
                var (low, high) = DecodePair(codes[done + i]);
                even[History + i] = G722Band.Saturate(low + high);
                odd[History + i] = G722Band.Saturate(low - high);
            }

            for (var i = 0; i < part; i++)
            {
                var (first, second) = G722.Filter(even.Slice(i, History + 1), odd.Slice(i, History + 1));
                samples[2 * (done + i)] = (short)G722Band.Saturate(second >> 11);
                samples[(2 * (done + i)) + 1] = (short)G722Band.Saturate(first >> 11);
            }

            even.Slice(part - 1, History + 1).CopyTo(_even);
            odd.Slice(part - 1, History + 1).CopyTo(_odd);
            done += part;
        }

        return 2 * codes.Length;
    }

    private (int Low, int High) DecodePair(byte octet)
    {
        var code = octet & 0x3F;
        var quantized = mode switch
        {
            1 => Quantized6[code],
            2 => Quantized5[code >> 1],
            _ => G722.Quantized4[code >> 2],
        };
        var low = Limit(_low.Estimate + ((_low.Step * quantized) >> 15));
        G722.AdaptLow(ref _low, code);
        var estimate = _high.Estimate;
        var high = Limit(estimate + G722.AdaptHigh(ref _high, octet >> 6));
        return (low, high);
    }

    private static int Limit(int value) => Math.Clamp(value, -16_384, 16_383);
}
