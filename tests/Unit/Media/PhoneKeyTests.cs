using System.Net;
using Interop.Bridges.Media;
using Interop.Bridges.Media.Codecs;
using Interop.Bridges.Media.Legs;
using Interop.Bridges.Media.Prompts;
using Interop.Bridges.Media.Sockets;
using Interop.Bridges.Wire.Rtp;
using Xunit;
using static Interop.Tests.Unit.Media.KeyTone;

namespace Interop.Tests.Unit.Media;

[Collection(AloneCollection.Name)]
public sealed class PhoneKeyTests
{
    private const byte Events = 101;

    [Fact]
    public async Task A_press_told_by_events_is_one_key_at_its_first_packet_and_no_sound()
    {
        await using var rig = new MediaRig();
        var a = await rig.AddPhoneAsync("a");
        var b = await rig.AddPhoneAsync("b");
        rig.Ticks(10, () => a.Send(new short[160]));
        for (byte number = 0; number < 16; number++)
        {
            SendEvent(a, number, 160, marker: true);
            rig.Tick();
            Assert.Equal("0123456789*#ABCD"[..(number + 1)], Keys(rig, "a"));
            for (var i = 2; i < 6; i++)
            {
                SendEvent(a, number, 160 * i);
                rig.Tick();
            }

            for (var i = 0; i < 3; i++) SendEvent(a, number, 800, end: true);
            a.Timestamp += 800;
            rig.Ticks(5, () => a.Send(new short[160]));
        }

        Assert.Equal("0123456789*#ABCD", Keys(rig, "a"));
        Assert.DoesNotContain(rig.Reports, report => report.Kind == MediaReportKind.TalkStarted);
        Assert.All(b.Heard, sample => Assert.Equal(0, sample));
        Assert.Equal(0, rig.Read("a").Lost);
    }

    [Fact]
    public async Task Lost_first_and_end_packets_order_and_repeats_do_not_change_the_number_of_presses()
    {
        await using var rig = new MediaRig();
        var a = await rig.AddPhoneAsync("a");
        rig.Ticks(10, () => a.Send(new short[160]));

        // No marker and no end; then at once the same key again, whose first packets are overtaken by later ones.
        SendEvent(a, 4, 480);
        SendEvent(a, 4, 640);
        a.Timestamp += 1600;
        var sequence = a.Sequence;
        a.Sequence = sequence.Plus(1);
        SendEvent(a, 4, 320);
        a.Sequence = sequence;
        SendEvent(a, 4, 160, marker: true);
        a.Sequence = sequence.Plus(2);
        SendEvent(a, 4, 480, end: true);
        rig.Tick();
        Assert.Equal("44", Keys(rig, "a"));

        // Only the end packets of a third one arrive.
        a.Timestamp += 1600;
        for (var i = 0; i < 3; i++) SendEvent(a, 9, 800, end: true);
        rig.Tick();
        Assert.Equal("449", Keys(rig, "a"));
    }

    [Fact]
    public async Task A_long_press_told_in_segments_and_a_timestamp_that_moves_on_during_a_press_are_one_key()
    {
        await using var rig = new MediaRig();
        var a = await rig.AddPhoneAsync("a");
        rig.Ticks(10, () => a.Send(new short[160]));
        SendEvent(a, 5, 0xFF60, marker: true);
        SendEvent(a, 5, 0xFFFF);
        a.Timestamp += 0xFFFF;
        for (var i = 1; i < 5; i++) SendEvent(a, 5, 160 * i);
        SendEvent(a, 5, 800, end: true);
        rig.Tick();
        Assert.Equal("5", Keys(rig, "a"));

        a.Timestamp += 4000;
        for (var i = 1; i < 6; i++)
        {
            SendEvent(a, 6, 160 * i, marker: i == 1);
            a.Timestamp += 160;
            rig.Tick();
        }

        Assert.Equal("56", Keys(rig, "a"));
    }

    [Fact]
    public async Task A_phone_whose_timestamp_stands_still_between_presses_presses_each()
    {
        await using var rig = new MediaRig();
        var a = await rig.AddPhoneAsync("a");
        rig.Ticks(10, () => a.Send(new short[160]));
        for (var press = 0; press < 3; press++)
        {
            SendEvent(a, 1, 160, marker: true);
            SendEvent(a, 1, 320, end: true);
            SendEvent(a, 1, 320, end: true);
            rig.Ticks(3);
        }

        Assert.Equal("111", Keys(rig, "a"));
    }

    [Fact]
    public async Task Any_payload_type_may_carry_events_and_events_beyond_the_keys_are_none()
    {
        await using var rig = new MediaRig();
        var a = await rig.AddPhoneAsync("a");
        rig.Engine.SetRemote(MediaRig.Room, "a", MediaRig.RemoteOf(a) with { Accept = [a.Format, new PayloadFormat(96, RtpFormat.TelephoneEvent), new PayloadFormat(110, RtpFormat.TelephoneEvent)] });
        rig.Ticks(10, () => a.Send(new short[160]));
        SendEvent(a, 7, 160, marker: true, payloadType: 96);
        a.Timestamp += 9600;
        SendEvent(a, 8, 960, marker: true, payloadType: 110);
        a.Timestamp += 9600;
        SendEvent(a, 16, 960, marker: true, payloadType: 110);
        SendRaw(a, [1, 2], 96);
        rig.Tick();
        Assert.Equal("78", Keys(rig, "a"));
    }

    [Fact]
    public async Task A_tone_in_the_audio_is_a_key_that_nobody_hears_that_lights_no_light_and_keys_no_radio()
    {
        await using var rig = new MediaRig();
        var a = await rig.AddPhoneAsync("a");
        var b = await rig.AddPhoneAsync("b");
        IPEndPoint receive = new(IPAddress.Parse("10.0.0.9"), 5004), gateway = new(IPAddress.Parse("10.0.1.9"), 5004);
        Assert.Null(await rig.Engine.OpenRadioAsync(MediaRig.Room, "radio", new RadioSettings { Receive = receive, Transmit = gateway }));
        var radio = new FarEnd(rig.Network, gateway);
        var audio = Silence(8);
        for (var i = 0; i < Characters.Length; i++) Press(audio, Characters[i], Milliseconds(200 + (487.3 * i)), Milliseconds(60 + (7 * i)));
        for (var at = 0; at < audio.Length; at += 160)
        {
            a.Send(audio.AsSpan(at, 160));
            rig.Tick();
        }

        rig.Ticks(20);
        Assert.Equal(Characters, Keys(rig, "a"));
        Assert.All(b.Heard, sample => Assert.Equal(0, sample));
        Assert.Equal(0, radio.Receive());
        Assert.DoesNotContain(rig.Reports, report => report.Kind is MediaReportKind.TalkStarted or MediaReportKind.FloorTaken or MediaReportKind.RadioKeyed);
    }

    [Fact]
    public async Task A_gateway_that_sends_the_tone_and_the_event_presses_once_and_neither_is_heard()
    {
        await using var rig = new MediaRig();
        var a = await rig.AddPhoneAsync("a");
        var b = await rig.AddPhoneAsync("b");
        var audio = Silence(3);
        for (var press = 0; press < 3; press++) Press(audio, '2', Milliseconds(400 + (800 * press)), Milliseconds(200));
        for (var tick = 0; tick < 140; tick++)
        {
            a.Send(audio.AsSpan(160 * tick, 160));
            var since = (tick - 24) % 40;
            if (tick >= 24 && since < 8) SendEvent(a, 2, 160 * (since + 1), marker: since == 0, end: since == 7, timestamp: a.Timestamp - (160u * (uint)since));
            rig.Tick();
        }

        Assert.Equal("222", Keys(rig, "a"));
        Assert.All(b.Heard, sample => Assert.Equal(0, sample));
    }

    [Fact]
    public async Task A_leg_on_hold_presses_keys_while_it_hears_a_prompt_and_the_tick_allocates_nothing_for_it()
    {
        await using var rig = new MediaRig();
        var a = await rig.AddPhoneAsync("a", mode: LegMode.Hold);
        var b = await rig.AddPhoneAsync("b");
        rig.Phones.Clear();
        var prompt = new PromptAudio(new Tone(1000, 3000).Next(40 * 8000));
        var playing = rig.Engine.PlayAsync(MediaRig.Room, "a", [prompt]);
        var overRoom = rig.Engine.PlayAsync(MediaRig.Room, "b", [prompt]);
        var audio = Silence(20);
        for (var i = 0; i < 30; i++) Press(audio, '7', Milliseconds(503 + (600 * i)), Milliseconds(60));
        var voice = new Tone(400).Next();
        long allocated = 0;
        var keys = 0;
        for (var tick = 0; tick < 1000; tick++)
        {
            a.Send(audio.AsSpan(160 * tick, 160));
            b.Send(voice);
            SendEvent(b, 1, 160, marker: true);
            b.Timestamp += 160;
            a.Ignore();
            b.Ignore();
            rig.Time.Advance(AudioFrame.Duration);
            var before = GC.GetAllocatedBytesForCurrentThread();
            rig.Engine.Step();
            if (tick > 200) allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            while (rig.Engine.Reports.TryRead(out var report))
                if (report is { Kind: MediaReportKind.Key, Leg: "a", Key: '7' }) keys++;
        }

        Assert.Equal(30, keys);
        Assert.False(playing.IsCompleted || overRoom.IsCompleted);
        Assert.Equal(0, allocated);
    }

    [Fact]
    public async Task The_radio_carries_the_higher_priority_from_the_tick_in_which_it_talks()
    {
        await using var rig = new MediaRig();
        var a = await rig.AddPhoneAsync("a");
        var b = await rig.AddPhoneAsync("b");
        IPEndPoint receive = new(IPAddress.Parse("10.0.0.9"), 5004), gateway = new(IPAddress.Parse("10.0.1.9"), 5004);
        Assert.Null(await rig.Engine.OpenRadioAsync(MediaRig.Room, "radio", new RadioSettings { Receive = receive, Transmit = gateway }));
        Assert.True(rig.Engine.SetPriority(MediaRig.Room, "b", 2));
        var radio = new FarEnd(rig.Network, gateway);
        Tone low = new(400), high = new(1300);
        rig.Ticks(20, () => a.Send(low.Next()));
        rig.Ticks(20, () =>
        {
            a.Send(low.Next());
            b.Send(high.Next());
        });
        radio.Receive();
        short[] last = [.. radio.Heard.TakeLast(1600)];
        Assert.InRange(Tone.AmplitudeOf(1300, last), 7500, 8300);
        Assert.InRange(Tone.AmplitudeOf(400, last), 0, 50);
        Assert.Equal(["a", "b"], rig.Reports.Where(report => report.Kind == MediaReportKind.FloorTaken).Select(report => report.Leg!));
    }

    private static string Keys(MediaRig rig, string leg) =>
        string.Concat(rig.Reports.Where(report => report.Kind == MediaReportKind.Key && report.Leg == leg).Select(report => report.Key));

    private static void SendEvent(FarEnd phone, byte number, int duration, bool marker = false, bool end = false, byte payloadType = Events, uint? timestamp = null) =>
        SendRaw(phone, [number, (byte)(end ? 0x8A : 0x0A), (byte)(duration >> 8), (byte)duration], payloadType, marker, timestamp);

    private static void SendRaw(FarEnd phone, ReadOnlySpan<byte> payload, byte payloadType, bool marker = false, uint? timestamp = null)
    {
        Span<byte> datagram = stackalloc byte[RtpHeader.FixedLength + 4];
        new RtpHeader { Marker = marker, PayloadType = payloadType, Sequence = phone.Sequence, Timestamp = timestamp ?? phone.Timestamp, Ssrc = phone.Ssrc }.TryWrite(datagram);
        payload.CopyTo(datagram[RtpHeader.FixedLength..]);
        phone.SendRaw(datagram[..(RtpHeader.FixedLength + payload.Length)]);
        phone.Sequence = phone.Sequence.Next;
    }
}
