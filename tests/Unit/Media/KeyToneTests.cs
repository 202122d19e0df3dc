using System.Diagnostics;
using Interop.Bridges.Media;
using Interop.Bridges.Media.Codecs;
using Interop.Bridges.Media.Keys;
using Interop.Bridges.Media.Mixing;
using Xunit;
using static Interop.Tests.Unit.Media.KeyTone;

namespace Interop.Tests.Unit.Media;

public sealed class KeyToneTests
{
    [Fact]
    public void Every_key_is_heard_once_at_any_offset_in_the_frame()
    {
        foreach (var key in Characters)
            for (var offset = 0.0; offset < 20; offset += 1.25)
            {
                var audio = Silence(0.4);
                Press(audio, key, Milliseconds(100 + offset), Milliseconds(40));
                Assert.Equal($"{key}", Listen(audio).Keys);
            }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-10)]
    [InlineData(-20)]
    [InlineData(-30)]
    public void Every_level_and_twist_that_lines_bring_is_heard(double level)
    {
        foreach (var twist in (double[])[-6, -3, 0, 3, 6])
            foreach (var key in Characters)
            {
                var audio = Silence(0.4);
                Press(audio, key, Milliseconds(107), Milliseconds(50), twist > 0 ? level - twist : level, twist);
                Assert.Equal($"{key}", Listen(audio).Keys);
            }
    }

    [Fact]
    public void A_sender_that_is_off_by_a_percent_and_a_half_is_heard_and_one_that_is_off_by_three_and_a_half_is_not()
    {
        foreach (var off in (double[])[-0.035, -0.015, 0.015, 0.035])
            foreach (var key in Characters)
            {
                var audio = Silence(0.4);
                Press(audio, key, Milliseconds(103), Milliseconds(60), detuned: off);
                Assert.Equal(Math.Abs(off) < 0.02 ? $"{key}" : "", Listen(audio).Keys);
            }
    }

    [Fact]
    public void Eight_keys_a_second_are_all_heard_and_the_same_key_twice_is_two()
    {
        var audio = Silence(3);
        const string dialled = "1199*#00DD5588A2";
        for (var i = 0; i < dialled.Length; i++) Press(audio, dialled[i], Milliseconds(103 + (125 * i)), Milliseconds(50));
        Assert.Equal(dialled, Listen(audio).Keys);
    }

    [Fact]
    public void A_key_with_a_gap_of_ten_milliseconds_is_one_and_a_tone_of_twenty_is_none()
    {
        for (var offset = 0.0; offset < 20; offset += 1.25)
        {
            var gap = Silence(0.4);
            Press(gap, '7', Milliseconds(100 + offset), Milliseconds(50));
            Press(gap, '7', Milliseconds(160 + offset), Milliseconds(50));
            Assert.Equal("7", Listen(gap).Keys);
            var blip = Silence(0.4);
            Press(blip, '7', Milliseconds(100 + offset), Milliseconds(20));
            Assert.Equal("", Listen(blip).Keys);
        }
    }

    [Fact]
    public void No_sample_of_a_key_is_left_over_whenever_it_begins()
    {
        foreach (var key in Characters)
            for (var offset = 0.0; offset < 20; offset += 0.625)
                foreach (var duration in (double[])[40, 55, 100, 333])
                {
                    var audio = Silence(0.8);
                    Press(audio, key, Milliseconds(100 + offset), Milliseconds(duration));
                    Assert.Equal(0, Listen(audio).LoudestHeard);
                }
    }

    [Fact]
    public void A_key_on_a_noisy_line_is_heard()
    {
        var audio = Noise(0.6, 400);
        Press(audio, '5', Milliseconds(200), Milliseconds(60), level: -15);
        Assert.Equal("5", Listen(audio).Keys);
    }

    [Fact]
    public void Noise_and_single_tones_are_no_keys_and_are_left_alone()
    {
        var heard = Listen(Noise(60, 3000));
        Assert.Equal("", heard.Keys);
        Assert.True(heard.Silenced < 3, $"{heard.Silenced} frames of noise were silenced");
        foreach (var frequency in (double[])[350, 425, 440, 480, 697, 1000, 1209, 1633, 2100])
            Assert.Equal("", Listen(new Tone(frequency).Next(16_000)).Keys);
    }

    [Theory]
    [InlineData("en-us", 50)]
    [InlineData("en-us+f3", 60)]
    [InlineData("en-gb+m4", 30)]
    [InlineData("es", 50)]
    [InlineData("es+f2", 70)]
    public void Speech_presses_no_key_and_is_hardly_ever_silenced(string voice, int pitch)
    {
        if (Speak(voice, pitch) is not { } audio)
        {
            Assert.Skip("espeak-ng is not installed");
            return;
        }

        var heard = Listen(audio);
        var seconds = audio.Length / AudioFrame.SampleRate;
        Assert.True(seconds > 60, $"{seconds} s of speech");
        Assert.Equal("", heard.Keys);
        Assert.True(heard.Silenced * 2 < seconds, $"{heard.Silenced} frames silenced in {seconds} s");
    }

    [Fact]
    public void Listening_allocates_nothing()
    {
        var tones = new KeyTones();
        var audio = Noise(2, 3000);
        Press(audio, '5', Milliseconds(200), Milliseconds(60), level: -5);
        // The tables are made with the first frame that anybody hears.
        tones.Hear(audio.AsSpan(0, AudioFrame.Samples), repeated: false, talking: false);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var at = 0; at < audio.Length; at += AudioFrame.Samples) tones.Hear(audio.AsSpan(at, AudioFrame.Samples), repeated: false, talking: false);
        tones.HearNothing();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static short[] Noise(double seconds, int amplitude)
    {
        var audio = Silence(seconds);
        var random = new Random(1);
        for (var i = 0; i < audio.Length; i++) audio[i] = (short)random.Next(-amplitude, amplitude + 1);
        return audio;
    }

    private static (string Keys, int Silenced, int LoudestHeard) Listen(short[] audio)
    {
        var tones = new KeyTones();
        var talk = new TalkerDetector();
        var keys = "";
        var silenced = 0;
        var loudest = 0;
        var code = new byte[AudioFrame.Samples];
        var frame = new short[AudioFrame.Samples];
        for (var at = 0; at + frame.Length <= audio.Length; at += frame.Length)
        {
            G711.EncodeMuLaw(audio.AsSpan(at, frame.Length), code);
            G711.DecodeMuLaw(code, frame);
            var verdict = tones.Hear(frame, repeated: false, talk.Talking);
            if (verdict.Silence) talk.HearNothing();
            else talk.Hear(frame);
            if (verdict.Pressed != '\0') keys += verdict.Pressed;
            if (verdict.Silence) silenced++;
            else foreach (var sample in frame) loudest = Math.Max(loudest, Math.Abs((int)sample));
        }

        return (keys, silenced, loudest);
    }

    /// <summary>A few minutes of speech as a phone hears it, or null where no voice is installed.</summary>
    private static short[]? Speak(string voice, int pitch)
    {
        try
        {
            var start = new ProcessStartInfo("espeak-ng") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardInput = true };
            foreach (var argument in (string[])["-v", voice, "-p", $"{pitch}", "-s", "150", "--stdin", "--stdout"]) start.ArgumentList.Add(argument);
            using var speaker = Process.Start(start)!;
            speaker.StandardInput.Write(string.Join("\n", Enumerable.Repeat(Text, 3)));
            speaker.StandardInput.Close();
            using var wave = new MemoryStream();
            speaker.StandardOutput.BaseStream.CopyTo(wave);
            return Phone(wave.GetBuffer().AsSpan(44, (int)wave.Length - 44));
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    // From 22,050 Hz by straight lines: what that adds above the band makes it a harder test.
    private static short[] Phone(ReadOnlySpan<byte> wave)
    {
        var samples = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, short>(wave);
        var audio = new short[(int)(samples.Length / 22_050.0 * AudioFrame.SampleRate) / AudioFrame.Samples * AudioFrame.Samples];
        for (var i = 0; i < audio.Length; i++)
        {
            var at = i * 22_050.0 / AudioFrame.SampleRate;
            var (left, part) = ((int)at, at - (int)at);
            audio[i] = (short)((samples[left] * (1 - part)) + (samples[Math.Min(left + 1, samples.Length - 1)] * part));
        }

        return audio;
    }

    private const string Text = """
        All units, shots fired at the corner of Park and Main. Two people are down in front of the store, and a dark sedan left north at speed.
        Engine seven is on scene, heavy smoke from the second floor, we have people at the windows, start another alarm. Copy, staging at the old station.
        Who called the army hospital about our evening arrival? Are you alone over there? Aunt Nora saw an odd arrow on our northern wall, ah, oh, eh, ooh, ee.
        Suspect is a white male, about forty, blue jacket, last seen running along the river towards the railway yard. Hold the perimeter until we have air support.
        Todas las unidades, hay disparos en la esquina. Necesitamos una ambulancia ahora mismo, hay dos heridos delante de la tienda.
        Medic four, one patient, conscious and breathing, pulse one hundred and twelve, pressure ninety over sixty, we will be at the door in eleven minutes.
        Five, nine, zero, one. Four oh, four oh. Romeo, Oscar, Mike, Alpha, Lima, Yankee. Roger, over and out. Now, how, our hour, on and on and on.
        """;
}
