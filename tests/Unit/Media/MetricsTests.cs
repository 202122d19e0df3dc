using System.Diagnostics.Metrics;
using Interop.Bridges.Media;
using Xunit;

namespace Interop.Tests.Unit.Media;

public sealed class MetricsTests
{
    // Engines of other tests have a meter of the same name: only what is made in this flow is listened to.
    private static readonly AsyncLocal<bool> s_making = new();

    [Fact]
    public async Task The_meter_tells_packets_and_why_others_were_dropped()
    {
        var seen = new Dictionary<string, double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == MediaMetrics.MeterName && s_making.Value) self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => seen[$"{instrument.Name}{(tags.IsEmpty ? "" : $" {tags[0].Value}")}"] = value);
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => seen[instrument.Name] = value);
        listener.Start();
        s_making.Value = true;
        await using var rig = new MediaRig();
        s_making.Value = false;

        var phone = await rig.AddPhoneAsync("a");
        rig.Ticks(10, () => phone.Send(new short[160]));
        rig.Ticks(3, () => phone.SendRaw([1, 2, 3]));
        listener.RecordObservableInstruments();
        Assert.Equal(10, seen["interop.media.packets.in"]);
        Assert.Equal(13, seen["interop.media.packets.out"]);
        Assert.Equal(3, seen["interop.media.packets.dropped Malformed"]);
        Assert.Equal(1, seen["interop.media.legs"]);
    }
}
