using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Interop.Bridges.Media.Codecs;
using Xunit;

namespace Interop.Tests.Unit.Media;

/// <remarks>
/// The hashes are of what sox 14.4.2 makes: "sox -D -t raw -r 8000 -e signed -b 16 -c 1 all.raw -t raw -e u-law -b 8 out.raw",
/// all.raw being every 16-bit value from -32,768 up, and the way back for the 256 codes. ffmpeg decodes to the same.
/// </remarks>
public sealed class G711Tests
{
    [Fact]
    public void Mu_law_decodes_all_codes_as_sox_and_ffmpeg_do() =>
        Assert.Equal("3dab54339e520bb2c924826e3b72a917a2b612e9fd12fc867500f1d983a75827", HashOfDecoded(G711.DecodeMuLaw));

    [Fact]
    public void A_law_decodes_all_codes_as_sox_and_ffmpeg_do() =>
        Assert.Equal("e04788d110e58ff8c70c93b8480190d973e3b67876b6119abbaec766cc75c174", HashOfDecoded(G711.DecodeALaw));

    [Fact]
    public void Mu_law_encodes_every_sample_as_sox_does() =>
        Assert.Equal("cd03795221187036041e2c68724ebbcc497e1844823ff4ab4ac6e61bc5948fb3", HashOfEncoded(G711.EncodeMuLaw));

    [Fact]
    public void A_law_encodes_every_sample_as_sox_does() =>
        Assert.Equal("9ad77510792fe7c8192acff6bf30d3fe660e5644727b703881516fa61dbabdeb", HashOfEncoded(G711.EncodeALaw));

    [Fact]
    public void Silence_is_the_codes_of_the_recommendation()
    {
        var codes = new byte[2];
        G711.EncodeMuLaw([0], codes);
        G711.EncodeALaw([0], codes.AsSpan(1));
        Assert.Equal([G711.MuLawSilence, G711.ALawSilence], codes);
    }

    private static string HashOfDecoded(Coder<byte, short> decode)
    {
        var linear = new short[256];
        decode([.. Enumerable.Range(0, 256).Select(code => (byte)code)], linear);
        return Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<short>(linear)));
    }

    private static string HashOfEncoded(Coder<short, byte> encode)
    {
        var codes = new byte[65_536];
        encode([.. Enumerable.Range(short.MinValue, 65_536).Select(sample => (short)sample)], codes);
        return Convert.ToHexStringLower(SHA256.HashData(codes));
    }

    private delegate void Coder<TFrom, TTo>(ReadOnlySpan<TFrom> from, Span<TTo> to);
}
