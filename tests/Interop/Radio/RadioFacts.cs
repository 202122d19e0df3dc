using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Hub;
using Interop.Tests.Peers.Radio;
using Interop.Tests.Peers.Sound;

namespace Interop.Tests.Interop.Radio;

/// <summary>A hub with one channel by unicast, one by multicast, and one behind a repeater.</summary>
public sealed class RadioLab : LabFixture
{
    // The administratively scoped block of RFC 2365, on this machine's loopback only.
    private const string Group = "239.255.71";

    private readonly Dictionary<string, string> _rooms = [];

    private RadioLab((int Receive, int Transmit) unicast, (int Receive, int Transmit) multicast, (int Receive, int Transmit) repeater)
        : base("radio", LabProvisioning.Text(channels: string.Join(',', [
            Channel("patrol-north", $"127.0.0.1:{unicast.Receive}", $"127.0.0.1:{unicast.Transmit}"),
            Channel("fireground", $"{Group}.1:{multicast.Receive}", $"{Group}.2:{multicast.Transmit}"),
            Channel("ridge", $"127.0.0.1:{repeater.Receive}", $"127.0.0.1:{repeater.Transmit}"),
        ])))
    {
        Channels = new Dictionary<string, (string, string)>
        {
            ["patrol-north"] = ($"127.0.0.1:{unicast.Receive}", $"127.0.0.1:{unicast.Transmit}"),
            ["fireground"] = ($"{Group}.1:{multicast.Receive}", $"{Group}.2:{multicast.Transmit}"),
        };
        RepeaterPorts = repeater;
    }

    public RadioLab()
        : this((Ports.One(), Ports.One()), (Ports.One(), Ports.One()), (Ports.One(), Ports.One()))
    {
    }

    /// <summary>Where the hub receives and transmits, by channel.</summary>
    public IReadOnlyDictionary<string, (string Receive, string Transmit)> Channels { get; }

    /// <summary>The same for the channel named ridge.</summary>
    public (int Receive, int Transmit) RepeaterPorts { get; }

    /// <summary>The code of the room into which a channel is lent and which the laboratory's phones may call; a channel is in one room only.</summary>
    public async Task<string> RoomWith(string channel)
    {
        if (_rooms.TryGetValue(channel, out var open))
            return open;
        var room = await Hpd.Do("/api/rooms", new { title = $"With {channel}", type = "drill", admits = new[] { "trunk:lab" } });
        var code = room.GetProperty("code").GetString()!;
        await Hpd.Do($"/api/rooms/{code}/shares", new { resource = channel });
        await Hpd.LegOf(code, channel, "up");
        _rooms[channel] = code;
        return code;
    }

    private static string Channel(string id, string receive, string transmit) =>
        $$"""{ "id": "{{id}}", "agency": "hpd", "name": "{{id}}", "gateway": { "kind": "rtp", "receive": "{{receive}}", "transmit": "{{transmit}}" } }""";
}

/// <summary>A half-duplex channel takes part: it is heard, and it is keyed with the one who holds the floor.</summary>
public sealed class RadioFacts(RadioLab lab) : IClassFixture<RadioLab>
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData("patrol-north")]
    [InlineData("fireground")]
    public async Task Phones_hear_what_the_radio_hears(string channel)
    {
        var room = await lab.RoomWith(channel);
        var phone = await lab.Phone($"hears-{channel}", ToneFile.Samples(new Stretch(null, 60 * Second)));
        await phone.Call(lab.Hub.Sip(room));

        await FfmpegRadio.Speak(lab.Place, lab.Channels[channel].Receive, 1_000, 3 * Second);
        await Until.Elapsed(Second);
        var heard = await phone.Finish();

        Ear.Hears(heard, 1_000, 2.8 * Second, "The phone");
        Assert.InRange(heard.Measure(1_000).Present, 2.8 * Second, 3.2 * Second);
    }

    [Theory]
    [InlineData("patrol-north")]
    [InlineData("fireground")]
    public async Task The_radio_is_keyed_with_the_floor_holder_alone_and_only_while_it_talks(string channel)
    {
        var room = await lab.RoomWith(channel);
        await using var radio = await FfmpegRadio.Record(lab.Place, lab.Channels[channel].Transmit);
        var holder = await lab.Phone($"holder-{channel}", ToneFile.Samples(
            new Stretch(null, Second), new Stretch(400, 3 * Second), new Stretch(null, 60 * Second)));
        var other = await lab.Phone($"other-{channel}", ToneFile.Samples(
            new Stretch(null, 2 * Second), new Stretch(700, Second), new Stretch(null, 60 * Second)));
        await other.Call(lab.Hub.Sip(room));
        await holder.Call(lab.Hub.Sip(room));

        await Until.Elapsed(6 * Second);
        var transmitted = await radio.Finish();
        var heard = await Task.WhenAll(holder.Finish(), other.Finish());

        Ear.Hears(transmitted, 400, 2.7 * Second, "The radio");
        Ear.DoesNotHear(transmitted, 700, 400, "The radio");
        Assert.True(transmitted.Length < 4.5 * Second, $"The radio was keyed for {transmitted.Length.TotalSeconds} s by a talk of 3 s.");
        Ear.Hears(heard[0], 700, 0.9 * Second, "The phone that holds the floor hears the other one, for phones are full duplex; it");
        Ear.Hears(heard[1], 400, 2.7 * Second, "The other phone");
    }

    [Fact]
    public async Task Key_tones_in_the_voice_of_the_floor_holder_reach_neither_the_radio_nor_the_other_phones()
    {
        // Far from every key's tones, so that its edges are not taken for one.
        const double Voice = 2_500;
        var room = await lab.RoomWith("patrol-north");
        await using var radio = await FfmpegRadio.Record(lab.Place, lab.Channels["patrol-north"].Transmit);
        var listener = await lab.Phone("hears-keys", ToneFile.Samples(new Stretch(null, 60 * Second)));
        short[] talk = ToneFile.Samples(new Stretch(Voice, 3 * Second));
        // The first key is pressed in the midst of a word, the others after a breath.
        short[] keys = [.. "159D".SelectMany(key => KeySound.Samples(key, 0.12 * Second).Concat(new short[ToneFile.Rate / 5]))];
        var presser = await lab.Phone("keys-radio", [.. new short[ToneFile.Rate], .. talk, .. keys, .. talk, .. new short[60 * ToneFile.Rate]]);
        await listener.Call(lab.Hub.Sip(room));
        await presser.Call(lab.Hub.Sip(room));

        await Until.Elapsed(10 * Second);
        var (transmitted, heard) = (await radio.Finish(), await listener.Finish());
        await presser.HangUp();

        foreach (var (recording, who) in new[] { (transmitted, "The radio"), (heard, "The other phone") })
        {
            Assert.True(recording.Measure(Voice).Present >= 5 * Second, $"{who} should hear the voice before and after the keys, and heard {recording.Measure(Voice)}.");
            foreach (var hertz in KeySound.Frequencies)
                Ear.HearsNone(recording, hertz, who);
        }
    }

    [Fact]
    public async Task A_repeater_and_its_tail_do_not_key_the_radio_again_and_are_not_heard_as_a_radio()
    {
        var room = await lab.RoomWith("ridge");
        await using var repeater = new Repeater(lab.RepeaterPorts.Transmit, lab.RepeaterPorts.Receive, tail: TimeSpan.FromMilliseconds(300));
        var talker = await lab.Phone("talker", ToneFile.Samples(
            new Stretch(null, Second), new Stretch(400, Second), new Stretch(null, 3 * Second), new Stretch(400, Second), new Stretch(null, 60 * Second)));
        var listener = await lab.Phone("listener", ToneFile.Samples(new Stretch(null, 60 * Second)));
        await listener.Call(lab.Hub.Sip(room));
        await talker.Call(lab.Hub.Sip(room));

        await Until.Elapsed(8 * Second);
        var heard = await Task.WhenAll(talker.Finish(), listener.Finish());

        Assert.Equal(2, repeater.Keyings);
        Assert.True(repeater.TailPackets > 0, "The repeater never sent a tail, so this proves nothing.");
        Ear.HearsNone(heard[0], 400, "The talker, through the repeater,");
        Assert.InRange(heard[1].Measure(400).Present, 1.8 * Second, 2.2 * Second);
    }
}
