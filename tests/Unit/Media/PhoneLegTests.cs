using System.Net;
using Interop.Bridges.Media;
using Interop.Bridges.Media.Codecs;
using Interop.Bridges.Media.Legs;
using Interop.Bridges.Media.Sockets;
using Xunit;

namespace Interop.Tests.Unit.Media;

public sealed class PhoneLegTests
{
    private static readonly IPEndPoint s_stranger = new(IPAddress.Parse("10.9.9.9"), 4000);

    [Fact]
    public async Task Two_phones_of_different_codings_hear_each_other_and_a_third_hears_both()
    {
        await using var rig = new MediaRig();
        var a = await rig.AddPhoneAsync("a");
        var b = await rig.AddPhoneAsync("b", RtpFormat.Pcma);
        var c = await rig.AddPhoneAsync("c");
        Tone low = new(400), high = new(1300);
        rig.Ticks(100, () =>
        {
            a.Send(low.Next());
            b.Send(high.Next());
        });

        Assert.InRange(Tone.AmplitudeOf(1300, a.LastSecond()), 7800, 8200);
        Assert.InRange(Tone.AmplitudeOf(400, a.LastSecond()), 0, 50);
        Assert.InRange(Tone.AmplitudeOf(400, b.LastSecond()), 7800, 8200);
        Assert.InRange(Tone.AmplitudeOf(1300, b.LastSecond()), 0, 50);
        Assert.InRange(Tone.AmplitudeOf(400, c.LastSecond()), 7800, 8200);
        Assert.InRange(Tone.AmplitudeOf(1300, c.LastSecond()), 7800, 8200);
        Assert.Equal(0, rig.Read("a").Lost);
        Assert.Equal(100, rig.Read("a").PacketsIn);
    }

    [Fact]
    public async Task A_leg_always_gets_packets_with_continuous_numbers_silence_included()
    {
        await using var rig = new MediaRig();
        var a = await rig.AddPhoneAsync("a");
        rig.Ticks(50);
        Assert.Equal(50, a.Headers.Count);
        Assert.True(a.Headers[0].Marker);
        for (var i = 1; i < a.Headers.Count; i++)
        {
            Assert.Equal(1, a.Headers[i].Sequence.DistanceFrom(a.Headers[i - 1].Sequence));
            Assert.Equal(160u, a.Headers[i].Timestamp - a.Headers[i - 1].Timestamp);
            Assert.False(a.Headers[i].Marker);
        }

        Assert.All(a.Heard, sample => Assert.Equal(0, sample));
    }

    [Theory]
    [InlineData(LegMode.Talk, true, true)]
    [InlineData(LegMode.Listen, false, true)]
    [InlineData(LegMode.Muted, false, true)]
    [InlineData(LegMode.Hold, false, false)]
    public async Task A_mode_rules_from_the_next_tick_who_is_heard_and_who_hears(LegMode mode, bool isHeard, bool hears)
    {
        await using var rig = new MediaRig();
        var a = await rig.AddPhoneAsync("a");
        var b = await rig.AddPhoneAsync("b");
        Tone low = new(400), high = new(1300);
        void Talk()
        {
            a.Send(low.Next());
            b.Send(high.Next());
        }

        rig.Ticks(50, Talk);
        Assert.True(rig.Engine.SetMode(MediaRig.Room, "a", mode));
        rig.Ticks(1, Talk);
        foreach (var phone in rig.Phones) phone.Heard.Clear();
        rig.Ticks(50, Talk);
        Assert.Equal(isHeard, Tone.AmplitudeOf(400, [.. b.Heard]) > 4000);
        Assert.Equal(hears, Tone.AmplitudeOf(1300, [.. a.Heard]) > 4000);
        if (!isHeard) Assert.All(b.Heard, sample => Assert.Equal(0, sample));
        Assert.Equal(mode, rig.Read("a").Mode);
    }

    [Fact]
    public async Task After_latching_a_stranger_gets_nothing_in_and_nothing_out()
    {
        await using var rig = new MediaRig();
        var a = await rig.AddPhoneAsync("a");
        var b = await rig.AddPhoneAsync("b");
        var stranger = new FarEnd(rig.Network, s_stranger) { Remote = a.Remote, Ssrc = 0xBAD };
        Tone low = new(400), bad = new(2130);
        rig.Ticks(60, () =>
        {
            a.Send(low.Next());
            stranger.Send(bad.Next());
        });

        Assert.InRange(Tone.AmplitudeOf(2130, [.. b.Heard]), 0, 20);
        Assert.InRange(Tone.AmplitudeOf(400, b.LastSecond()), 7000, 8200);
        Assert.Equal(0, stranger.Receive());
        Assert.Equal(a.Local, rig.Read("a").Latched);
        Assert.Equal(60, rig.Read("a").PacketsIn);
    }

    [Fact]
    public async Task A_stranger_who_sprays_first_never_latches_once_the_sdp_address_speaks()
    {
        await using var rig = new MediaRig();
        var a = await rig.AddPhoneAsync("a");
        var stranger = new FarEnd(rig.Network, s_stranger) { Remote = a.Remote, Ssrc = 0xBAD };
        rig.Ticks(5, () => stranger.Send(new Tone(2000).Next()));
        Assert.Equal(0, rig.Read("a").PacketsIn);
        Assert.Equal(5, rig.Read("a").DroppedBy(DropReason.ForeignSource));
        rig.Ticks(5, () => a.Send(new Tone(400).Next()));
        Assert.Equal(a.Local, rig.Read("a").Latched);
        Assert.Equal(0, stranger.Receive());
    }

    [Fact]
    public async Task A_phone_behind_nat_is_latched_after_it_proved_itself_and_then_answered_where_it_is()
    {
        await using var rig = new MediaRig();
        var a = await rig.AddPhoneAsync("a");
        var nat = new FarEnd(rig.Network, s_stranger) { Remote = a.Remote };
        rig.Ticks(20, () => nat.Send(new Tone(400).Next()));
        Assert.Equal(s_stranger, rig.Read("a").Latched);
        Assert.Equal(11, rig.Read("a").PacketsIn);
        Assert.True(nat.Receive() >= 10);
    }

    [Theory]
    [InlineData("10.0.0.1", "10.0.0.1", false)]
    [InlineData("203.0.113.5", "198.51.100.7", false)]
    [InlineData("10.0.0.1", "198.51.100.7", true)]
    [InlineData("100.64.3.1", "198.51.100.7", true)]
    [InlineData("172.31.0.9", "198.51.100.7", true)]
    public async Task An_address_that_is_neither_the_sdps_nor_the_signallings_is_latched_only_behind_a_nat(string said, string signals, bool latches)
    {
        await using var rig = new MediaRig();
        var a = await rig.AddPhoneAsync("a");
        rig.Engine.SetRemote(MediaRig.Room, "a", MediaRig.RemoteOf(a) with { Rtp = new(IPAddress.Parse(said), 5000), Signals = IPAddress.Parse(signals) });
        var other = new FarEnd(rig.Network, s_stranger) { Remote = a.Remote };
        rig.Ticks(30, () => other.Send(new Tone(400).Next()));
        Assert.Equal(latches ? s_stranger : null, rig.Read("a").Latched);
        Assert.Equal(latches, other.Receive() > 0);
    }

    [Fact]
    public async Task A_phone_that_wants_no_voice_is_known_by_where_its_own_comes_from()
    {
        await using var rig = new MediaRig();
        var a = await rig.AddPhoneAsync("a");
        rig.Engine.SetRemote(MediaRig.Room, "a", MediaRig.RemoteOf(a) with { Rtp = new(IPAddress.Any, 0), From = a.Local, Signals = a.Local.Address });
        var stranger = new FarEnd(rig.Network, s_stranger) { Remote = a.Remote };
        rig.Ticks(30, () => stranger.Send(new Tone(2000).Next()));
        Assert.Null(rig.Read("a").Latched);
        rig.Ticks(2, () => a.Send(new Tone(400).Next()));
        Assert.Equal(a.Local, rig.Read("a").Latched);
    }

    [Fact]
    public async Task A_re_invite_with_a_new_address_latches_anew_and_an_unchanged_one_does_not()
    {
        await using var rig = new MediaRig();
        var a = await rig.AddPhoneAsync("a");
        var moved = new FarEnd(rig.Network, s_stranger) { Remote = a.Remote, Ssrc = 0x2222 };
        rig.Ticks(5, () => a.Send(new Tone(400).Next()));
        rig.Engine.SetRemote(MediaRig.Room, "a", MediaRig.RemoteOf(a));
        rig.Ticks(5, () => moved.Send(new Tone(400).Next()));
        Assert.Equal(a.Local, rig.Read("a").Latched);

        rig.Engine.SetRemote(MediaRig.Room, "a", MediaRig.RemoteOf(moved));
        rig.Ticks(5, () => moved.Send(new Tone(400).Next()));
        Assert.Equal(moved.Local, rig.Read("a").Latched);
        Assert.Equal(5, moved.Receive());
    }

    [Fact]
    public async Task A_new_ssrc_from_the_same_address_is_taken_up_once_two_packets_prove_it()
    {
        await using var rig = new MediaRig();
        var a = await rig.AddPhoneAsync("a");
        var b = await rig.AddPhoneAsync("b");
        Tone tone = new(400);
        rig.Ticks(50, () => a.Send(tone.Next()));
        a.Ssrc = 0x9999;
        a.Sequence = new(12);
        a.Timestamp = 99;
        rig.Ticks(60, () => a.Send(tone.Next()));
        Assert.Equal(1, rig.Read("a").DroppedBy(DropReason.ForeignSsrc));
        Assert.Equal(1, rig.Read("a").Resyncs);
        Assert.Equal(0, rig.Read("a").Lost);
        Assert.InRange(Tone.AmplitudeOf(400, b.LastSecond()), 7000, 8200);
    }

    [Fact]
    public async Task A_single_forged_ssrc_changes_nothing()
    {
        await using var rig = new MediaRig();
        var a = await rig.AddPhoneAsync("a");
        Tone tone = new(400);
        rig.Ticks(10, () => a.Send(tone.Next()));
        var (ssrc, sequence, timestamp) = (a.Ssrc, a.Sequence, a.Timestamp);
        (a.Ssrc, a.Sequence) = (0xBAD, new(4711));
        a.Send(tone.Next());
        (a.Ssrc, a.Sequence, a.Timestamp) = (ssrc, sequence, timestamp);
        rig.Ticks(10, () => a.Send(tone.Next()));
        Assert.Equal(0, rig.Read("a").Resyncs);
        Assert.Equal(20, rig.Read("a").PacketsIn);
    }

    [Fact]
    public async Task The_coding_may_change_within_a_stream_and_telephone_events_are_not_heard()
    {
        await using var rig = new MediaRig();
        var a = await rig.AddPhoneAsync("a");
        var b = await rig.AddPhoneAsync("b");
        rig.Engine.SetRemote(MediaRig.Room, "a", MediaRig.RemoteOf(a) with { Accept = [new(0, RtpFormat.Pcmu), new(8, RtpFormat.Pcma), new(101, RtpFormat.TelephoneEvent)] });
        rig.Ticks(5, () => a.Send(new short[160], payloadType: 101));
        Assert.All(b.Heard, sample => Assert.Equal(0, sample));
        Assert.Equal(5, rig.Read("a").PacketsIn);

        // Silence in A-law, declared as what it is: 0xD5. Taken for µ-law it would be loud.
        rig.Ticks(5, () => a.Send(new short[160]));
        var aLaw = new FarEnd(rig.Network, new IPEndPoint(a.Local.Address, 9000), RtpFormat.Pcma) { Ssrc = a.Ssrc, Sequence = a.Sequence, Timestamp = a.Timestamp };
        rig.Ticks(5, () =>
        {
            aLaw.Compose(new short[160]);
            a.SendRaw(Silence(aLaw));
        });
        Assert.Equal(15, rig.Read("a").PacketsIn);
        Assert.All(b.Heard, sample => Assert.InRange(sample, -8, 8));
        Assert.Equal(0, rig.Read("a").DroppedBy(DropReason.UnknownPayload));
    }

    [Fact]
    public async Task Unknown_payload_types_and_broken_packets_are_counted_and_do_not_latch()
    {
        await using var rig = new MediaRig();
        var a = await rig.AddPhoneAsync("a");
        rig.Ticks(3, () => a.Send(new short[160], payloadType: 55));
        rig.Ticks(2, () => a.SendRaw([0x80, 0, 1]));
        rig.Ticks(2, () => a.SendRaw([]));
        var statistics = rig.Read("a");
        Assert.Equal(3, statistics.DroppedBy(DropReason.UnknownPayload));
        Assert.Equal(4, statistics.DroppedBy(DropReason.Malformed));
        Assert.Null(statistics.Latched);
        Assert.Null(statistics.SinceLastPacket);
    }

    [Fact]
    public async Task Talking_is_reported_at_its_first_frame_and_its_end_after_the_hang_time()
    {
        await using var rig = new MediaRig();
        var a = await rig.AddPhoneAsync("a");
        rig.Ticks(10, () => a.Send(new short[160]));
        Assert.Contains(rig.Reports, report => report is { Kind: MediaReportKind.FirstPacket, Leg: "a" });
        Assert.DoesNotContain(rig.Reports, report => report.Kind == MediaReportKind.TalkStarted);
        var start = rig.Time.GetUtcNow();
        rig.Ticks(10, () => a.Send(new Tone(400).Next()));
        rig.Ticks(60, () => a.Send(new short[160]));
        var started = Assert.Single(rig.Reports, report => report.Kind == MediaReportKind.TalkStarted);
        var stopped = Assert.Single(rig.Reports, report => report.Kind == MediaReportKind.TalkStopped);
        Assert.InRange((stopped.At - started.At).TotalMilliseconds, 680, 720);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(30)]
    [InlineData(40)]
    [InlineData(60)]
    public async Task Ssrc_coding_numbers_and_packet_time_may_change_in_a_call_and_no_marker_is_missed(int milliseconds)
    {
        await using var rig = new MediaRig();
        var a = await rig.AddPhoneAsync("a");
        rig.Engine.SetRemote(MediaRig.Room, "a", MediaRig.RemoteOf(a) with { Accept = [a.Format, new PayloadFormat(8, RtpFormat.Pcma)] });
        var b = await rig.AddPhoneAsync("b");
        var tone = new Tone(400);
        rig.Ticks(20, () => a.Send(tone.Next()));

        a.Ssrc++;
        a.Sequence = new Interop.Bridges.Wire.Rtp.SequenceNumber(99);
        a.Timestamp = 5;
        rig.Ticks(40, () => a.Send(tone.Next()));
        Assert.Equal(1, rig.Read("a").DroppedBy(DropReason.ForeignSsrc));

        var due = 0;
        rig.Ticks(180, () =>
        {
            for (due += 20; due >= milliseconds; due -= milliseconds) a.Send(tone.Next(8 * milliseconds));
        });
        var statistics = rig.Read("a");
        Assert.Equal(0, statistics.Lost);
        Assert.InRange(statistics.Concealed, 0, 8);
        Assert.InRange(Tone.AmplitudeOf(400, b.LastSecond()), 7800, 8200);

        // The same stream goes on in A-law: silence now, whose codes would be noise in µ-law.
        rig.Ticks(60, () =>
        {
            var datagram = Silence(a);
            a.SendRaw(datagram);
        });
        Assert.True(Tone.AmplitudeOf(400, [.. b.Heard.TakeLast(4000)]) < 10);
        Assert.All(b.Heard.TakeLast(4000), sample => Assert.InRange(sample, -8, 8));
        Assert.Equal(0, statistics.DroppedBy(DropReason.UnknownPayload));
    }

    [Fact]
    public async Task A_phone_on_hold_sends_nothing_into_the_room_be_it_late_or_music_of_another_stream()
    {
        await using var rig = new MediaRig();
        var a = await rig.AddPhoneAsync("a");
        var b = await rig.AddPhoneAsync("b");
        Tone voice = new(400), music = new(900);
        rig.Ticks(50, () => a.Send(voice.Next()));
        rig.Engine.SetRemote(MediaRig.Room, "a", MediaRig.RemoteOf(a) with { Accept = [], Relatch = true });
        rig.Tick();
        b.Heard.Clear();
        var server = new FarEnd(rig.Network, s_stranger) { Remote = a.Remote, Ssrc = 0xCAFE };
        rig.Ticks(50, () =>
        {
            a.Send(voice.Next());
            server.Send(music.Next());
        });
        Assert.All(b.Heard, sample => Assert.Equal(0, sample));
        Assert.Equal(0, server.Receive());

        rig.Engine.SetRemote(MediaRig.Room, "a", MediaRig.RemoteOf(a));
        rig.Ticks(50, () => a.Send(voice.Next()));
        Assert.InRange(Tone.AmplitudeOf(400, [.. b.Heard.TakeLast(4000)]), 7800, 8200);
    }

    [Fact]
    public async Task Opening_twice_finds_the_same_port_and_closing_twice_is_nothing()
    {
        await using var rig = new MediaRig();
        var first = await rig.Engine.OpenPhoneAsync("r", "l", new PhoneSettings());
        var second = await rig.Engine.OpenPhoneAsync("r", "l", new PhoneSettings());
        Assert.Equal(first, second);
        rig.Engine.Close("r", "l");
        rig.Engine.Close("r", "l");
        rig.Engine.CloseRoom("r");
        rig.Engine.CloseRoom("r");
        rig.Tick();
        Assert.Null(rig.Engine.Read("r", "l"));
    }

    [Fact]
    public async Task Ports_run_out_as_a_refusal_and_come_back_when_legs_close()
    {
        await using var rig = new MediaRig(new MediaOptions { Ports = new PortRange(10_001, 10_006) });
        Assert.Equal(10_002, (await rig.Engine.OpenPhoneAsync("r", "1", new PhoneSettings()))?.Local.Port);
        Assert.Equal(10_004, (await rig.Engine.OpenPhoneAsync("r", "2", new PhoneSettings()))?.Local.Port);
        Assert.Null(await rig.Engine.OpenPhoneAsync("r", "3", new PhoneSettings()));
        rig.Engine.Close("r", "1");
        rig.Tick();
        Assert.Equal(10_002, (await rig.Engine.OpenPhoneAsync("r", "3", new PhoneSettings()))?.Local.Port);
    }

    [Fact]
    public async Task Legs_beyond_the_limit_are_refused()
    {
        await using var rig = new MediaRig(new MediaOptions { MaxLegs = 1 });
        Assert.NotNull(await rig.Engine.OpenPhoneAsync("r", "1", new PhoneSettings()));
        Assert.Null(await rig.Engine.OpenPhoneAsync("r", "2", new PhoneSettings()));
        Assert.Equal("legs-exhausted", (await rig.Engine.OpenRadioAsync("r", "3", new RadioSettings()))?.Code);
    }

    private static byte[] Silence(FarEnd aLaw)
    {
        var datagram = new byte[172];
        new Interop.Bridges.Wire.Rtp.RtpHeader { PayloadType = 8, Sequence = aLaw.Sequence, Timestamp = aLaw.Timestamp, Ssrc = aLaw.Ssrc }.TryWrite(datagram);
        datagram.AsSpan(12).Fill(G711.ALawSilence);
        aLaw.Lose();
        return datagram;
    }
}
