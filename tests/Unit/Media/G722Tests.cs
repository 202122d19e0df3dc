using System.Runtime.InteropServices;
using Interop.Bridges.Media.Codecs;
using Interop.Tests.Unit.Wire.Sip;
using Xunit;

namespace Interop.Tests.Unit.Media;

/// <summary>G.722 against the vectors of the ITU's software tool library, and against itself.</summary>
public sealed class G722Tests
{
    [Fact]
    public void Encodes_the_published_speech_to_the_published_octets()
    {
        var speech = MemoryMarshal.Cast<byte, short>(Published("inpsp.bin"));
        var codes = new byte[speech.Length / 2];
        var encoder = new G722Encoder();
        // In frames of 20 ms, as legs do: the state goes on across them.
        for (var at = 0; at < codes.Length; at += 160)
        {
            var count = Math.Min(160, codes.Length - at);
            encoder.Encode(speech.Slice(2 * at, 2 * count), codes.AsSpan(at));
        }

        Assert.Equal(Published("codsp-raw.g722"), codes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Decodes_the_published_octets_to_the_published_samples_in_each_mode(int mode)
    {
        var codes = Published("codsp-raw.g722");
        var samples = new short[2 * codes.Length];
        var decoder = new G722Decoder(mode);
        for (var at = 0; at < codes.Length; at += 77) decoder.Decode(codes.AsSpan(at, Math.Min(77, codes.Length - at)), samples.AsSpan(2 * at));
        Assert.Equal(MemoryMarshal.Cast<byte, short>(Published($"outsp{mode}.bin")).ToArray(), samples);
    }

    private static byte[] Published(string file)
    {
        if (PublishedCases.Find(Path.Combine("itu-stl-g722", file)) is not { } path)
        {
            Assert.Skip("The ITU's G.722 vectors are not here.");
            return [];
        }

        return File.ReadAllBytes(path);
    }
}
