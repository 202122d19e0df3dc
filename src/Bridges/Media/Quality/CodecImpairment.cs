using Interop.Bridges.Media.Codecs;

namespace Interop.Bridges.Media.Quality;

/// <summary>What a coding takes from the quality of a call: the equipment impairment factor and the packet-loss robustness factor of ITU-T G.113.</summary>
/// <param name="Ie">The impairment without any loss, on the scale of R.</param>
/// <param name="Bpl">How well it bears loss: at a loss of so many percent, half of all that can be lost is lost.</param>
/// <remarks>
/// G.113 Appendix I has G.711 with concealment: 0 and 25.1. It has nothing on the narrow-band scale for the wider codings. Their sound
/// is at least as good and is concealed by the same means, so they are given the values of G.711: the figure says what a
/// network does to a call, and does not praise a coding.
/// </remarks>
public readonly record struct CodecImpairment(double Ie, double Bpl)
{
    private static readonly CodecImpairment s_concealedSamples = new(0, 25.1);

    /// <summary>The factors of a coding.</summary>
    public static CodecImpairment Of(RtpFormat format) => format switch
    {
        RtpFormat.Pcmu or RtpFormat.Pcma => s_concealedSamples,
        RtpFormat.G722 or RtpFormat.L16Narrow or RtpFormat.L16Wide or RtpFormat.Opus => s_concealedSamples,
        RtpFormat.TelephoneEvent or RtpFormat.ComfortNoise => s_concealedSamples,
    };
}
