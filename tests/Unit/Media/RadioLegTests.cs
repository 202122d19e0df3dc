using System.Net;
using Interop.Bridges.Media;
using Interop.Bridges.Media.Floors;
using Interop.Bridges.Media.Legs;
using Interop.Bridges.Media.Sockets;
using Xunit;

namespace Interop.Tests.Unit.Media;

public sealed class RadioLegTests
{
    private static readonly IPEndPoint s_receive = new(IPAddress.Parse("10.0.0.9"), 5004);
    private static readonly IPEndPoint s_gateway = new(IPAddress.Parse("10.0.1.9"), 5004);
    private static readonly RadioSettings s_settings = new() { Receive = s_receive, Transmit = s_gateway };

    [Fact]
    public async Task Phones_hear_what_the_radio_hears_until_the_hang_time_is_over()
    {
        await using var rig = new MediaRig();
        var phone = await rig.AddPhoneAsync("phone");
        var gateway = await AddRadioAsync(rig, "radio", s_settings);
        Tone tone = new(700);
        rig.Ticks(50, () => gateway.Send(tone.Next()));
        Assert.InRange(Tone.AmplitudeOf(700, phone.Heard.TakeLast(4000).ToArray()), 7800, 8200);
        Assert.True(rig.Read("radio").Talking);
        rig.Ticks(9);
        Assert.True(rig.Read("radio").Talking);
        rig.Ticks(2);
        Assert.False(rig.Read("radio").Talking);
        Assert.Equal(0, gateway.Receive());
    }

    [Fact]
    public async Task A_phone_keys_the_radio_with_its_own_voice_marker_first_and_never_the_mix()
    {
        await using var rig = new MediaRig();
        var first = await rig.AddPhoneAsync("first");
        var second = await rig.AddPhoneAsync("second");
        var gateway = await AddRadioAsync(rig, "radio", s_settings);
        Tone low = new(400), high = new(1300);
        rig.Ticks(5, () => first.Send(low.Next()));
        rig.Ticks(100, () =>
        {
            first.Send(low.Next());
            second.Send(high.Next());
        });
        gateway.Receive();
        Assert.InRange(Tone.AmplitudeOf(400, gateway.LastSecond()), 7800, 8200);
        Assert.InRange(Tone.AmplitudeOf(1300, gateway.LastSecond()), 0, 30);
        Assert.True(gateway.Headers[0].Marker);
        Assert.All(gateway.Headers.Skip(1), header => Assert.False(header.Marker));
        Assert.Equal(["RadioKeyed radio", "FloorTaken first"], rig.Reports.Where(report => report.Kind is MediaReportKind.RadioKeyed or MediaReportKind.FloorTaken).Select(report => $"{report.Kind} {report.Leg}").Order(StringComparer.Ordinal).Reverse());
    }

    [Fact]
    public async Task The_radio_is_unkeyed_when_the_holder_stops_and_each_transmission_has_a_marker()
    {
        await using var rig = new MediaRig();
        var phone = await rig.AddPhoneAsync("phone");
        var gateway = await AddRadioAsync(rig, "radio", s_settings);
        rig.Ticks(20, () => phone.Send(new Tone(400).Next()));
        rig.Ticks(60, () => phone.Send(new short[160]));
        Assert.False(rig.Read("radio").Keyed);
        gateway.Receive();
        var sent = gateway.Headers.Count;
        rig.Ticks(20);
        Assert.Equal(0, gateway.Receive());
        rig.Ticks(5, () => phone.Send(new Tone(400).Next()));
        gateway.Receive();
        Assert.True(gateway.Headers[sent].Marker);
        Assert.Equal(1, gateway.Headers[sent].Sequence.DistanceFrom(gateway.Headers[sent - 1].Sequence));
        Assert.True(gateway.Headers[sent].Timestamp - gateway.Headers[sent - 1].Timestamp > 20 * 160);
        Assert.Single(rig.Reports, report => report.Kind == MediaReportKind.RadioUnkeyed);
    }

    [Fact]
    public async Task A_repeater_tail_is_counted_and_neither_heard_nor_keys_anything()
    {
        await using var rig = new MediaRig();
        var phone = await rig.AddPhoneAsync("phone");
        var gateway = await AddRadioAsync(rig, "radio", s_settings);
        var other = await AddRadioAsync(rig, "other", s_settings with { Receive = new(s_receive.Address, 5006), Transmit = new(s_gateway.Address, 5006) });
        Tone repeated = new(900);
        void Repeat() => gateway.Send(repeated.Next());
        rig.Ticks(20, () =>
        {
            phone.Send(new Tone(400).Next());
            if (rig.Read("radio").Keyed) Repeat();
        });
        while (rig.Read("radio").Keyed) rig.Ticks(1, Repeat);
        other.Receive();
        other.Heard.Clear();
        rig.Ticks(23, Repeat);
        other.Receive();
        Assert.All(phone.Heard, sample => Assert.Equal(0, sample));
        Assert.Empty(other.Heard);
        Assert.Equal(0, rig.Read("radio").PacketsIn);
        Assert.True(rig.Read("radio").DroppedBy(DropReason.RadioTail) > 50);
        rig.Ticks(10, Repeat);
        Assert.True(rig.Read("radio").PacketsIn > 0, "after the tail time the channel is heard again");
    }

    [Fact]
    public async Task One_radio_is_passed_on_to_the_other_and_never_back_to_itself()
    {
        await using var rig = new MediaRig();
        var near = await AddRadioAsync(rig, "near", s_settings);
        var far = await AddRadioAsync(rig, "far", s_settings with { Receive = new(s_receive.Address, 5006), Transmit = new(s_gateway.Address, 5006) });
        Tone tone = new(700);
        rig.Ticks(60, () => near.Send(tone.Next()));
        far.Receive();
        Assert.InRange(Tone.AmplitudeOf(700, far.LastSecond()), 7000, 8200);
        Assert.Equal(0, near.Receive());
        Assert.Contains(rig.Reports, report => report is { Kind: MediaReportKind.FloorTaken, Leg: "near" });
    }

    [Fact]
    public async Task A_channel_that_talks_is_not_keyed_until_it_pauses()
    {
        await using var rig = new MediaRig();
        var phone = await rig.AddPhoneAsync("phone");
        var near = await AddRadioAsync(rig, "near", s_settings);
        var far = await AddRadioAsync(rig, "far", s_settings with { Receive = new(s_receive.Address, 5006), Transmit = new(s_gateway.Address, 5006) });
        rig.Ticks(10, () => near.Send(new Tone(700).Next()));
        rig.Ticks(10, () =>
        {
            near.Send(new Tone(700).Next());
            phone.Send(new Tone(400).Next());
        });
        Assert.False(rig.Read("near").Keyed);
        Assert.True(rig.Read("far").Keyed);
    }

    [Fact]
    public async Task The_radios_time_out_lets_it_go_until_the_key_is_released()
    {
        await using var rig = new MediaRig();
        var phone = await rig.AddPhoneAsync("phone");
        await AddRadioAsync(rig, "radio", s_settings with { TimeOut = TimeSpan.FromSeconds(2) });
        Tone tone = new(400);
        rig.Ticks(95, () => phone.Send(tone.Next()));
        Assert.True(rig.Read("radio").Keyed);
        rig.Ticks(50, () => phone.Send(tone.Next()));
        Assert.False(rig.Read("radio").Keyed);
        rig.Ticks(30, () => phone.Send(new short[160]));
        rig.Ticks(5, () => phone.Send(tone.Next()));
        Assert.True(rig.Read("radio").Keyed);
    }

    [Fact]
    public async Task A_holder_who_times_out_loses_the_floor_to_the_next_and_must_pause()
    {
        await using var rig = new MediaRig();
        var first = await rig.AddPhoneAsync("first");
        var second = await rig.AddPhoneAsync("second");
        await AddRadioAsync(rig, "radio", s_settings);
        rig.Engine.SetFloor(MediaRig.Room, new FloorSettings { TimeOut = TimeSpan.FromSeconds(1) });
        Tone low = new(400), high = new(1300);
        rig.Ticks(5, () => first.Send(low.Next()));
        rig.Ticks(120, () =>
        {
            first.Send(low.Next());
            second.Send(high.Next());
        });
        Assert.Equal(["first", "second", null], rig.Reports.Where(report => report.Kind is MediaReportKind.FloorTaken or MediaReportKind.FloorFreed).Select(report => report.Leg));
    }

    [Fact]
    public async Task Our_own_packets_returned_by_multicast_are_ignored()
    {
        await using var rig = new MediaRig();
        var phone = await rig.AddPhoneAsync("phone");
        var gateway = await AddRadioAsync(rig, "radio", s_settings);
        rig.Ticks(10, () => phone.Send(new Tone(400).Next()));
        gateway.Receive();
        gateway.Ssrc = gateway.Headers[0].Ssrc;
        rig.Ticks(5, () => gateway.Send(new Tone(400).Next()));
        Assert.Equal(5, rig.Read("radio").DroppedBy(DropReason.OwnEcho));
    }

    [Fact]
    public async Task Longer_packet_times_carry_several_frames_and_lose_none_at_the_end()
    {
        await using var rig = new MediaRig();
        var phone = await rig.AddPhoneAsync("phone");
        var gateway = await AddRadioAsync(rig, "radio", s_settings with { PacketTime = TimeSpan.FromMilliseconds(60) });
        rig.Ticks(11, () => phone.Send(new Tone(400).Next()));
        rig.Ticks(50);
        gateway.Receive();
        Assert.Equal(0, gateway.Heard.Count % 160);
        Assert.All(gateway.Headers.SkipLast(1).Zip(gateway.Headers.Skip(1)), pair => Assert.Equal(480u, pair.Second.Timestamp - pair.First.Timestamp));
    }

    [Fact]
    public async Task Settings_that_cannot_be_are_refused_with_a_reason()
    {
        await using var rig = new MediaRig();
        Assert.NotNull(await rig.Engine.OpenRadioAsync("r", "1", new RadioSettings()));
        Assert.NotNull(await rig.Engine.OpenRadioAsync("r", "1", s_settings with { Hang = TimeSpan.FromSeconds(1) }));
        Assert.NotNull(await rig.Engine.OpenRadioAsync("r", "1", s_settings with { PacketTime = TimeSpan.FromMilliseconds(30) }));
        Assert.Null(await rig.Engine.OpenRadioAsync("r", "1", s_settings));
        Assert.Null(await rig.Engine.OpenRadioAsync("r", "1", s_settings));
        Assert.Equal("radio-address", (await rig.Engine.OpenRadioAsync("r", "2", s_settings))?.Code);
    }

    [Fact]
    public async Task A_channel_is_heard_in_every_room_that_it_is_lent_to_keyed_from_one_and_gives_its_socket_back_with_the_last()
    {
        await using var rig = new MediaRig();
        var shared = s_settings with { Net = "hpd/north" };
        var phone = await rig.AddPhoneAsync("phone");
        var gateway = await AddRadioAsync(rig, "radio", shared);
        Assert.Null(await rig.Engine.OpenRadioAsync("second", "radio", shared with { Transmit = null }));
        Assert.Null(await rig.Engine.OpenRadioAsync("third", "radio", shared with { Mode = LegMode.Listen, Transmit = null }));
        Assert.NotNull(await rig.Engine.OpenRadioAsync("second", "other", s_settings with { Net = "hpd/south" }));
        Tone tone = new(700);
        rig.Ticks(10, () => gateway.Send(tone.Next()));
        bool Talks(string room) => rig.Engine.Read(room, "radio")!.Talking;
        Assert.Equal((true, true, false), (Talks(MediaRig.Room), Talks("second"), Talks("third")));

        rig.Engine.Close(MediaRig.Room, "radio");
        rig.Ticks(10, () => gateway.Send(tone.Next()));
        Assert.True(Talks("second"), "a room goes on hearing when another one lets go");
        rig.Engine.Close("second", "radio");
        rig.Engine.CloseRoom("third");
        rig.Ticks(1);
        var again = await rig.Engine.OpenRadioAsync(MediaRig.Room, "again", s_settings with { Net = "hpd/south" });
        Assert.Null(again);
    }

    private static async Task<FarEnd> AddRadioAsync(MediaRig rig, string leg, RadioSettings settings)
    {
        Assert.Null(await rig.Engine.OpenRadioAsync(MediaRig.Room, leg, settings));
        return new FarEnd(rig.Network, settings.Transmit!) { Remote = new Destination(settings.Receive!), Ssrc = 0xAAAA };
    }
}
