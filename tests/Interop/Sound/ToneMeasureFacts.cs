using Interop.Tests.Peers.Sound;

namespace Interop.Tests.Interop.Sound;

/// <summary>The measure that every proof by sound rests on, held to signals that are known.</summary>
public sealed class ToneMeasureFacts
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void A_steady_tone_is_there_all_the_time_and_no_other_tone_is()
    {
        var recording = new Recording(ToneFile.Samples(new Stretch(500, 2 * Second)));

        var tone = recording.Measure(500);
        var other = recording.Measure(900);

        Assert.Equal(1, tone.Fraction);
        Assert.Equal(TimeSpan.Zero, tone.LongestGap);
        Assert.InRange(tone.LevelDb, -12.1, -12.0);
        Assert.Equal(0, other.Fraction);
        Assert.True(other.LevelDb < tone.LevelDb - 60, $"900 Hz is at {other.LevelDb} dB.");
    }

    [Fact]
    public void A_hole_is_measured_between_the_first_and_the_last_presence()
    {
        var recording = new Recording(ToneFile.Samples(
            new Stretch(null, Second), new Stretch(500, Second), new Stretch(null, 0.5 * Second), new Stretch(500, Second), new Stretch(null, Second)));

        var tone = recording.Measure(500);

        Assert.Equal(2 * Second, tone.Present);
        Assert.Equal(0.5 * Second, tone.LongestGap);
        Assert.Equal(Second, tone.First);
        Assert.Equal(3.48 * Second, tone.Last);
    }

    [Fact]
    public void Two_tones_at_once_are_both_found_at_their_own_level()
    {
        var one = ToneFile.Samples(new Stretch(500, Second));
        var two = ToneFile.Samples(new Stretch(900, Second));
        var sum = new Recording([.. one.Zip(two, (left, right) => (short)(left + (right / 2)))]);

        Assert.InRange(sum.Measure(500).LevelDb - sum.Measure(900).LevelDb, 5.9, 6.1);
    }

    [Fact]
    public void A_leak_of_40_dB_below_is_measured_as_such_through_a_phone_codec()
    {
        var own = ToneFile.Samples(new Stretch(500, Second));
        var other = ToneFile.Samples(new Stretch(900, Second));
        var heard = new Recording([.. other.Zip(own, (loud, leak) => (short)(loud + (leak / 100)))]);

        Assert.InRange(heard.Measure(500).LevelDb - heard.Measure(900).LevelDb, -41, -39);
    }

    [Fact]
    public void A_recording_whose_writer_was_killed_is_read_to_its_end()
    {
        var path = Path.GetTempFileName();
        try
        {
            ToneFile.WriteWav(path, ToneFile.Samples(new Stretch(500, Second)));
            using (var file = File.OpenWrite(path))
            {
                file.Position = 40;
                file.Write([0, 0, 0, 0]);
            }

            Assert.Equal(Second, Recording.Read(path).Length);
        }
        finally
        {
            File.Delete(path);
        }
    }

    // ITU-T G.711, tables 1a and 2a: the ends of the scale, zero, and the first step on each side.
    [Theory]
    [InlineData(0, 0xFF, 0xD5)]
    [InlineData(32_767, 0x80, 0xAA)]
    [InlineData(-32_768, 0x00, 0x2A)]
    [InlineData(-8, 0x7E, 0x55)]
    public void G711_codes_its_known_values(short sample, byte muLaw, byte aLaw)
    {
        Assert.Equal(muLaw, Assert.Single(G711.ToMuLaw([sample])));
        Assert.Equal(aLaw, Assert.Single(G711.ToALaw([sample])));
    }
}
