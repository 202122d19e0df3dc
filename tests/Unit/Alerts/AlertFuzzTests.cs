using CsCheck;
using Interop.Bridges.Alerts;

namespace Interop.Tests.Unit.Alerts;

/// <summary>Whatever is sent is read as an alert within its limits, or refused with a reason; nothing throws.</summary>
public sealed class AlertFuzzTests
{
    private const int Rounds = 2_000;

    [Theory]
    [InlineData("gunshot.cap.xml")]
    [InlineData("flood-two-languages.cap.xml")]
    [InlineData("gunshot.alert.json")]
    [InlineData("cancel.alert.json")]
    public void A_damaged_sample_never_throws(string name)
    {
        var sample = AlertSamples.Bytes(name);
        Gen.Select(Gen.Int[0, sample.Length - 1], Gen.Byte, Gen.Int[0, 40], Gen.Int[0, sample.Length - 1])
            .Sample((at, value, cut, from) =>
            {
                var damaged = sample.ToArray();
                damaged[at] = value;
                var length = Math.Min(cut, damaged.Length - from);
                Check(AlertSamples.Read(name, [.. damaged[..from], .. damaged[(from + length)..]]));
            }, iter: Rounds, threads: 1);
    }

    [Fact]
    public void Random_bytes_never_throw() =>
        Gen.Byte.Array[0, 300].Sample(bytes =>
        {
            Check(AlertSamples.Read("x.xml", bytes));
            Check(AlertSamples.Read("x.json", bytes));
        }, iter: Rounds, threads: 1);

    private static void Check(AlertReading reading)
    {
        if (reading.Alert is not { } alert)
        {
            Assert.NotEmpty(reading.Faults);
            Assert.True(reading.Faults.Count <= AlertLimits.Faults);
            return;
        }
        Assert.Empty(reading.Faults);
        Assert.True(alert.Headline.Length <= AlertLimits.LineLength && (alert.Description?.Length ?? 0) <= AlertLimits.TextLength);
        Assert.True(alert.Place is not { Latitude: { } latitude } || Math.Abs(latitude) <= 90);
    }
}
