using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Sound;

namespace Interop.Tests.Interop.Voice;

public sealed class PassingLab() : LabFixture("passing");

/// <summary>A real phone hears one talker, then two, then one again, and its recording is searched for holes and clicks.</summary>
/// <remarks>The voices are as loud as telephones are made for, so that nothing about them has to be changed.</remarks>
[Collection(AloneCollection.Name)]
public sealed class PassingFacts(PassingLab lab) : IClassFixture<PassingLab>
{
    private const int Amplitude = short.MaxValue / 8;
    private const double First = 400;
    private const double Second = 650;

    [Fact]
    public async Task From_one_talker_to_two_and_back_there_is_neither_a_hole_nor_a_click()
    {
        var listener = await lab.Phone("hears-both", new short[60 * ToneFile.Rate]);
        var first = await lab.Phone("talks-first", Quieter(Talks(First, 10), Says(2), Talks(First, 60)));
        var second = await lab.Phone("talks-second", Quieter(Says(3), Talks(Second, 2), Says(60)));
        await listener.Call(lab.Hub.Sip("4201"));
        await first.Call(lab.Hub.Sip("4201"));
        await second.Call(lab.Hub.Sip("4201"));
        await Until.Elapsed(TimeSpan.FromSeconds(15));
        var heard = await listener.Finish();

        // Ten seconds, a pause of two, and the rest.
        var voice = heard.Measure(First);
        var words = Words(heard, First);
        Assert.True(words.Count == 2, $"The first voice should be heard in two pieces, and was in {words.Count}: {string.Join(", ", words)}. In all {voice}.");
        // What is made up at the take-over moves the voice by as much, and so prolongs it.
        Assert.InRange(words[0].TotalSeconds, 9.5, 10.2);
        Assert.True(Words(heard, Second) is [{ TotalSeconds: > 1.94 and < 2.1 }], $"The second voice, which said 2 s, was heard {string.Join(", ", Words(heard, Second))}.");
        Assert.Equal([], Clicks(heard));
    }

    private static Stretch Talks(double hertz, int seconds) => new(hertz, TimeSpan.FromSeconds(seconds));

    private static Stretch Says(int seconds) => new(null, TimeSpan.FromSeconds(seconds));

    private static short[] Quieter(params ReadOnlySpan<Stretch> stretches) => [.. ToneFile.Samples(stretches).Select(sample => (short)(sample / 2))];

    /// <summary>How long a tone was there each time; a hole of less than 60 ms, as concealment of one frame may leave, does not end it.</summary>
    private static List<TimeSpan> Words(Recording heard, double hertz)
    {
        var (words, length, gap) = (new List<TimeSpan>(), 0, 0);
        foreach (var frame in heard.Samples.Chunk(heard.Rate / 50))
        {
            gap = new Recording(frame, heard.Rate).Measure(hertz).Present > TimeSpan.Zero ? 0 : gap + 1;
            if (gap == 0) length++;
            else if (gap == 3 && length > 2) words.Add(TimeSpan.FromMilliseconds(20 * length));
            if (gap >= 3) length = 0;
        }

        if (length > 2) words.Add(TimeSpan.FromMilliseconds(20 * length));
        return words;
    }

    /// <summary>Where two samples are further apart than any of these tones' are, both at once included.</summary>
    private static double[] Clicks(Recording heard)
    {
        var most = 1.15 * Amplitude * 2 * Math.PI * (First + Second) / heard.Rate;
        return [.. Enumerable.Range(1, heard.Samples.Length - 1).Where(at => Math.Abs(heard.Samples[at] - heard.Samples[at - 1]) > most).Select(at => (double)at / heard.Rate)];
    }
}
