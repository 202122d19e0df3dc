using Interop.Console.Demo.Script;
using Interop.Console.Demo.Speech;
using Xunit;

namespace Interop.Tests.Unit.Demo;

public sealed class SpokenLineTests
{
    private const int Megabyte = 1024 * 1024;

    public static TheoryData<string> Lines =>
        [.. Hartford.Exercise.Opening.Cues.Concat(Hartford.Exercise.Traffic.Cues).Select(cue => cue.Act).OfType<Says>().Select(says => says.Line).Distinct()];

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_line_is_short_and_not_silent(string name)
    {
        var line = SpokenLine.Load(name);
        Assert.InRange(line.Length, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
        Assert.True(Loudness(line) > 500, $"{name} is as quiet as {Loudness(line):F0}");
    }

    [Fact]
    public void Every_file_is_spoken_and_all_together_stay_small()
    {
        var files = typeof(SpokenLine).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".ulaw", StringComparison.Ordinal)).ToList();
        var spoken = Hartford.Exercise.Opening.Cues.Concat(Hartford.Exercise.Traffic.Cues).Select(cue => cue.Act).OfType<Says>().Select(says => $"{says.Line}.ulaw");

        Assert.Empty(files.Except(spoken));
        Assert.True(files.Sum(Length) < Megabyte);
    }

    [Fact]
    public void A_line_that_there_is_not_is_named() =>
        Assert.Contains("nobody", Assert.Throws<ArgumentException>(() => SpokenLine.Load("nobody")).Message, StringComparison.Ordinal);

    private static long Length(string resource)
    {
        using var stream = typeof(SpokenLine).Assembly.GetManifestResourceStream(resource)!;
        return stream.Length;
    }

    private static double Loudness(SpokenLine line)
    {
        double sum = 0;
        foreach (var sample in line.Samples.Span)
            sum += (double)sample * sample;
        return Math.Sqrt(sum / line.Samples.Length);
    }
}
