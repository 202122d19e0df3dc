using System.Diagnostics;
using System.Runtime.InteropServices;
using Interop.Bridges.Media.Codecs;
using Xunit;

namespace Interop.Tests.Unit.Media;

/// <summary>G.722 against another's: what ffmpeg decodes of our octets, and what we decode of its own.</summary>
public sealed class G722PeerTests
{
    [Fact]
    public async Task Ffmpeg_decodes_our_octets_to_the_samples_that_we_do()
    {
        var codes = new byte[16_000];
        new G722Encoder().Encode(Sound(), codes);
        var ours = new short[2 * codes.Length];
        new G722Decoder().Decode(codes, ours);

        var theirs = MemoryMarshal.Cast<byte, short>(await Convert(codes, "-f g722", "-f s16le")).ToArray();
        Assert.Equal(ours.AsSpan(0, theirs.Length).ToArray(), theirs);
    }

    [Fact]
    public async Task We_encode_as_ffmpeg_does_and_decode_what_it_encoded()
    {
        var sound = Sound();
        var theirs = await Convert(MemoryMarshal.AsBytes(sound.AsSpan()).ToArray(), "-f s16le -ar 16000 -ac 1", "-c:a g722 -f g722");
        var ours = new byte[theirs.Length];
        new G722Encoder().Encode(sound.AsSpan(0, 2 * theirs.Length), ours);
        Assert.Equal(ours, theirs);
    }

    // Two tones, one in each band, and noise, from silence to nearly full scale.
    private static short[] Sound()
    {
        var random = new Random(722);
        var sound = new short[32_000];
        for (var i = 0; i < sound.Length; i++)
        {
            var level = 12_000.0 * i / sound.Length;
            sound[i] = (short)(level * (Math.Sin(0.1 * i) + Math.Sin(2.1 * i) + (0.3 * (random.NextDouble() - 0.5))));
        }

        return sound;
    }

    private static async Task<byte[]> Convert(byte[] input, string from, string to)
    {
        var start = new ProcessStartInfo("ffmpeg", $"-v error {from} -i pipe:0 {to} pipe:1") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        Process? ffmpeg = null;
        try
        {
            ffmpeg = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("ffmpeg is not here.");
        }

        using (ffmpeg)
        {
            using var output = new MemoryStream();
            var reading = ffmpeg!.StandardOutput.BaseStream.CopyToAsync(output, TestContext.Current.CancellationToken);
            await ffmpeg.StandardInput.BaseStream.WriteAsync(input, TestContext.Current.CancellationToken);
            ffmpeg.StandardInput.Close();
            await reading;
            await ffmpeg.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, ffmpeg.ExitCode);
            return output.ToArray();
        }
    }
}
