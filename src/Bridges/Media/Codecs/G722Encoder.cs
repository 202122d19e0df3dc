using System.Runtime.CompilerServices;

namespace Interop.Bridges.Media.Codecs;

/// <summary>The encoder of ITU-T G.722: two samples of 16 kHz become one octet, six bits of it for the lower band and two for the higher.</summary>
/// <remarks>A value: a copy goes on from the same place in the stream.</remarks>
internal struct G722Encoder
{
    private const int HighDecision = 564;

    /// <summary>Table 14: the decision levels of the lower band's 6-bit quantizer, of each sign.</summary>
    private static ReadOnlySpan<short> Decisions =>
    [
        35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714,
        786, 858, 940, 1023, 1121, 1219, 1339, 1458, 1612, 1765, 1980, 2195, 2557, 2919,
    ];

    private G722Band _low = new(G722.LowestStep);
    private G722Band _high = new(G722.LowestHighStep);
    private Twelve _even;
    private Twelve _odd;

    public G722Encoder()
    {
    }

    /// <summary>Encodes an even number of samples and returns the number of octets.</summary>
    public int Encode(ReadOnlySpan<short> samples, Span<byte> codes)
    {
        var count = samples.Length / 2;
        // The histories slide through one stretch of memory, so that nothing is shifted for each sample.
        Span<int> even = stackalloc int[Twelve.Length - 1 + 160];
        Span<int> odd = stackalloc int[Twelve.Length - 1 + 160];
        for (var done = 0; done < count;)
        {
            var part = Math.Min(160, count - done);
            ((ReadOnlySpan<int>)_even)[1..].CopyTo(even);
            ((ReadOnlySpan<int>)_odd)[1..].CopyTo(odd);
            for (var i = 0; i < part; i++)
            {
                even[Twelve.Length - 1 + i] = samples[2 * (done + i)];
                odd[Twelve.Length - 1 + i] = samples[(2 * (done + i)) + 1];
            }

            for (var i = 0; i < part; i++)
            {
                var (first, second) = G722.Filter(even.Slice(i, Twelve.Length), odd.Slice(i, Twelve.Length));
                codes[done + i] = EncodePair(G722Band.Saturate((first + second) >> 14), G722Band.Saturate((second - first) >> 14));
            }

            even.Slice(part - 1, Twelve.Length).CopyTo(_even);
            odd.Slice(part - 1, Twelve.Length).CopyTo(_odd);
            done += part;
        }

        return count;
    }

    private byte EncodePair(int low, int high)
    {
        var code = QuantizeLow(G722Band.Saturate(low - _low.Estimate), _low.Step);
        var highCode = QuantizeHigh(G722Band.Saturate(high - _high.Estimate), _high.Step);
        G722.AdaptLow(ref _low, code);
        G722.AdaptHigh(ref _high, highCode);
        return (byte)((highCode << 6) | code);
    }

    // The codes of table 15: those of positive differences fall from 61, those of negative ones are 63, 62 and then fall from 31.
    private static int QuantizeLow(int difference, int step)
    {
        var magnitude = difference >= 0 ? difference : ~difference;
        int below = 0, above = Decisions.Length;
        while (below < above)
        {
            var middle = (below + above) / 2;
            if (magnitude < (Decisions[middle] * step) >> 12) above = middle;
            else below = middle + 1;
        }

        if (difference >= 0) return 61 - below;
        return below < 2 ? 63 - below : 33 - below;
    }

    private static int QuantizeHigh(int difference, int step)
    {
        var magnitude = difference >= 0 ? difference : ~difference;
        var large = magnitude >= (HighDecision * step) >> 12;
        return (difference < 0, large) switch
        {
            (true, false) => 1,
            (true, true) => 0,
            (false, false) => 3,
            (false, true) => 2,
        };
    }

    [InlineArray(Length)]
    internal struct Twelve
    {
        public const int Length = 12;
        private int _first;
    }
}
