using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Phones;
using Interop.Tests.Peers.Sound;

namespace Interop.Tests.Interop.Voice;

public sealed class WidebandLab() : LabFixture("wideband");

/// <summary>Phones of wideband codecs, of two makes, in rooms with others of other codecs.</summary>
[Collection(AloneCollection.Name)]
public sealed class WidebandFacts(WidebandLab lab) : IClassFixture<WidebandLab>
{
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Judged = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData("4201", "baresip", "G722/16000/1")]
    [InlineData("4202", "baresip", "L16/16000/1")]
    [InlineData("4203", "baresip", "opus/48000/2")]
    [InlineData("4201", "linphonec", "G722/16000/1")]
    [InlineData("4202", "linphonec", "opus/48000/2")]
    public async Task A_wideband_phone_and_a_phone_of_pcmu_hear_each_other(string room, string make, string codec)
    {
        var name = $"{make}-{codec.Split('/')[0].ToLowerInvariant()}";
        var narrow = await lab.Phone($"hears-{name}", 400);
        var plan = new PhonePlan($"calls-{name}", Says(make, codec, 700), codec);
        IPhone wide = make == "baresip" ? await lab.Phone(plan) : await lab.Linphone(plan);
        await narrow.Call(lab.Hub.Sip(room));
        await wide.Call(lab.Hub.Sip(room));
        await Until.True($"the room to hear {wide.Uri}", () => narrow.Heard().Measure(700).Present > TimeSpan.Zero);
        await Until.Elapsed(Talk);
        var heardOfIt = narrow.Heard().Last(Judged);
        await wide.HangUp();
        var heard = wide.Heard();
        await narrow.HangUp();

        Ear.Hears(heardOfIt, 700, Judged * 0.9, $"The room, of {name},");
        Ear.Hears(heard, 400, Judged, name);
        Ear.DoesNotHear(heard, 700, 400, name);
    }

    [Fact]
    public async Task Sound_of_5_kHz_gets_from_a_G722_phone_to_one_of_Opus_and_not_as_3_kHz_to_one_of_PCMU()
    {
        var talker = await lab.Phone(new PhonePlan("says-5-khz", Says("baresip", "G722/16000/1", 5000), "G722/16000/1"));
        var wide = await lab.Phone(new PhonePlan("hears-5-khz", Says("baresip", "opus/48000/2", null), "opus/48000/2"));
        var narrow = await lab.Phone("hears-no-5-khz", new short[60 * ToneFile.Rate]);
        await wide.Call(lab.Hub.Sip("4203"));
        await narrow.Call(lab.Hub.Sip("4203"));
        await talker.Call(lab.Hub.Sip("4203"));
        await Until.True("5 kHz to be heard", () => wide.Heard().Measure(5000).Present > TimeSpan.Zero);
        await Until.Elapsed(Talk);
        var (heard, none) = (wide.Heard().Last(Judged), narrow.Heard().Last(Judged));

        Ear.Hears(heard, 5000, Judged * 0.9, "The phone of Opus");
        Assert.True(heard.Measure(3000).LevelDb < heard.Measure(5000).LevelDb - 30, $"3 kHz is at {heard.Measure(3000)} beside {heard.Measure(5000)}");
        Assert.True(none.Measure(3000).LevelDb < heard.Measure(5000).LevelDb - 30, $"The phone of PCMU hears 3 kHz: {none.Measure(3000)}");
    }

    // linphonec brings its file to the codec's rate, baresip does not.
    private static short[] Says(string make, string codec, double? hertz) =>
        ToneFile.SamplesAt(make == "baresip" ? new PhonePlan("", [], codec).Rate : ToneFile.Rate, new Stretch(hertz, TimeSpan.FromSeconds(120)));
}
