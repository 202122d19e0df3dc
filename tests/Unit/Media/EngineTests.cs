using System.Net;
using CsCheck;
using Interop.Bridges.Media;
using Interop.Bridges.Media.Codecs;
using Interop.Bridges.Media.Legs;
using Interop.Bridges.Media.Sockets;
using Interop.Bridges.Media.Ticks;
using Xunit;

namespace Interop.Tests.Unit.Media;

[Collection(AloneCollection.Name)]
public sealed class EngineTests
{
    [Fact]
    public async Task A_tick_allocates_nothing_in_steady_state()
    {
        await using var rig = new MediaRig(new MediaOptions());
        var phones = new List<FarEnd>();
        // Every coding that there is, talkers and listeners of both bands, level control at work.
        var formats = Enum.GetValues<RtpFormat>().Where(format => AudioCodec.For(format) is not null).ToArray();
        for (var i = 0; i < 12; i++) phones.Add(await rig.AddPhoneAsync($"{i}", formats[i % formats.Length], packetTime: 10 + (i % 6 * 10)));
        rig.Phones.Clear();
        phones[1].Ssrc = 0xF000_0001;
        // Two of them mix: they are told whose sound they are sent, and one brings the room's own back, some of the time.
        rig.Engine.SetFocus(MediaRig.Room, "0", true);
        rig.Engine.SetFocus(MediaRig.Room, "9", true);
        IPEndPoint receive = new(IPAddress.Parse("10.0.0.9"), 5004), gateway = new(IPAddress.Parse("10.0.1.9"), 5004);
        Assert.Null(await rig.Engine.OpenRadioAsync(MediaRig.Room, "radio", new RadioSettings { Receive = receive, Transmit = gateway }));
        var radio = new FarEnd(rig.Network, gateway) { Remote = new Destination(receive) };
        var voices = phones.Select(phone => new Tone(400, rate: 50 * phone.Codec.Band.FrameSamples()).Next(phone.Codec.Band.FrameSamples())).ToArray();
        var voice = new Tone(400).Next();
        Assert.True(rig.Engine.Record(MediaRig.Room, true));
        long allocated = 0;
        for (var tick = 0; tick < 1200; tick++)
        {
            // Phones and the radio talk in turns, with pauses, losses and a stranger; RTCP falls due many times.
            for (var i = 0; i < phones.Count; i++)
            {
                phones[i].Contributing = i == 0 ? [tick / 150 % 2 == 0 ? phones[1].Ssrc : 0xF000_7777, 0xF000_8888] : [];
                if (i is < 6 && tick / 100 % 2 == 0 && tick % 17 != 0) phones[i].Send(voices[i]);
                else phones[i].Lose();
                phones[i].Ignore();
            }

            if (tick / 100 % 2 == 1) radio.Send(voice);
            radio.Ignore();
            rig.Time.Advance(AudioFrame.Duration);
            if (tick % 10 == 0) rig.Recorder.Step();
            var before = GC.GetAllocatedBytesForCurrentThread();
            rig.Engine.Step();
            var after = GC.GetAllocatedBytesForCurrentThread();
            while (rig.Engine.Reports.TryRead(out _))
            {
            }

            if (tick >= 600) allocated += after - before;
        }

        Assert.True(rig.Read("0").PacketsOut > 1000);
        Assert.True(rig.Read("radio").PacketsOut > 100 && rig.Read("radio").PacketsIn > 100);
        Assert.True(rig.Read("0").Loops > 0);
        Assert.True(rig.Recorder.Finished.Count > 20);
        Assert.Equal(0, allocated);
    }

    [Fact]
    public async Task After_a_stall_stale_audio_is_thrown_away_and_the_fence_is_asked()
    {
        var fence = new TestFence();
        await using var rig = new MediaRig(fence: fence);
        var phone = await rig.AddPhoneAsync("a");
        rig.Ticks(10, () => phone.Send(new Tone(400).Next()));
        var sent = phone.Headers.Count;
        for (var i = 0; i < 30; i++) phone.Send(new Tone(400).Next());
        rig.Time.Advance(TimeSpan.FromMilliseconds(1200));
        rig.Engine.Step();
        Assert.Equal(0, phone.Receive());
        Assert.Equal(30, rig.Read("a").DroppedBy(DropReason.Stale));
        Assert.Contains(rig.Reports, report => report.Kind == MediaReportKind.Stalled);
        rig.Ticks(5);
        Assert.Equal(sent, phone.Headers.Count);
        Assert.True(rig.Read("a").DroppedBy(DropReason.Fenced) >= 10);

        fence.MaySend = true;
        rig.Ticks(1);
        Assert.Equal(sent + 1, phone.Headers.Count);
        Assert.Equal(1, phone.Headers[^1].Sequence.DistanceFrom(phone.Headers[^2].Sequence));
        Assert.True(phone.Headers[^1].Timestamp - phone.Headers[^2].Timestamp > 1200 * 8, "media time went on");
    }

    [Fact]
    public void Missed_ticks_are_caught_up_to_a_cap_and_then_skipped()
    {
        var start = TimeSpan.FromSeconds(3);
        var schedule = new TickSchedule(start);
        Assert.Equal(new TickPlan(1, 0, TimeSpan.Zero), schedule.Advance(start));
        Assert.Equal(default, schedule.Advance(start + TimeSpan.FromMilliseconds(19)));
        Assert.Equal(new TickPlan(3, 0, TimeSpan.FromMilliseconds(45)), schedule.Advance(start + TimeSpan.FromMilliseconds(65)));
        Assert.Equal(new TickPlan(5, 5, TimeSpan.FromMilliseconds(180)), schedule.Advance(start + TimeSpan.FromMilliseconds(260)));
        Assert.Equal(start + TimeSpan.FromMilliseconds(280), schedule.Next);
    }

    [Fact]
    public async Task Reports_that_nobody_reads_are_bounded_and_the_tick_goes_on()
    {
        await using var rig = new MediaRig(new MediaOptions { MaxReports = 4 });
        var phone = await rig.AddPhoneAsync("a");
        for (var i = 0; i < 5; i++)
        {
            rig.Ticks(3, () => phone.Send(new Tone(400).Next()));
            rig.Ticks(40, () => phone.Send(new short[160]));
        }

        Assert.Equal(4, rig.Reports.Count);
        Assert.Equal(215, phone.Headers.Count);
    }

    [Fact]
    public async Task Changes_beyond_the_queue_are_refused_and_not_waited_for()
    {
        await using var rig = new MediaRig(new MediaOptions { MaxCommands = 4 });
        await rig.AddPhoneAsync("a");
        Assert.True(rig.Engine.SetMode(MediaRig.Room, "a", LegMode.Muted));
        Assert.False(rig.Engine.SetMode(MediaRig.Room, "a", LegMode.Talk));
        var applied = rig.Engine.WhenAppliedAsync();
        rig.Tick();
        rig.Tick();
        await applied.WaitAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(LegMode.Muted, rig.Read("a").Mode);
        Assert.False(rig.Engine.SetMode(MediaRig.Room, "nobody", LegMode.Talk));
    }

    [Fact]
    public async Task Rtcp_tells_the_round_trip_and_false_lengths_are_dropped()
    {
        await using var rig = new MediaRig();
        var phone = await rig.AddPhoneAsync("a");
        var reports = rig.Network.TryBind(new IPEndPoint(phone.Local.Address, phone.Local.Port + 1))!;
        var hub = new Destination(new IPEndPoint(phone.Remote!.EndPoint.Address, phone.Remote.EndPoint.Port + 1));
        rig.Ticks(50, () => phone.Send(new short[160]));
        reports.Send([0x80, 200, 0, 99, 1, 2, 3, 4], hub);
        rig.Ticks(20);
        Assert.Equal(1, rig.Read("a").DroppedBy(DropReason.MalformedRtcp));

        var compound = new byte[1500];
        var length = 0;
        for (var i = 0; i < 500 && length <= 0; i++)
        {
            rig.Tick();
            length = reports.Receive(compound, out _);
        }

        Assert.True(Interop.Bridges.Wire.Rtp.Rtcp.RtcpReader.TryOpen(compound.AsSpan(0, length), out var reader, out _));
        Assert.True(reader.TryRead(out var report));
        Assert.Equal(phone.Headers[0].Ssrc, report.Ssrc);
        Assert.Equal(phone.Ssrc, report.Report(0).Ssrc);
        var (ssrc, middle) = (report.Ssrc, report.Sender.Ntp.Middle);
        rig.Ticks(5);
        var answer = new byte[100];
        var writer = new Interop.Bridges.Wire.Rtp.Rtcp.RtcpWriter(answer);
        writer.TryWriteReceiverReport(phone.Ssrc, [new(ssrc, 64, 10, 0, 0, middle, 0)]);
        reports.Send(answer.AsSpan(0, writer.Length), hub);
        rig.Ticks(10);
        Assert.InRange(rig.Read("a").RoundTrip!.Value.TotalMilliseconds, 90, 310);
        Assert.Equal(0.25, rig.Read("a").FarEndLoss);
    }

    [Fact]
    public async Task Whatever_arrives_never_stops_the_engine()
    {
        await using var rig = new MediaRig();
        var phone = await rig.AddPhoneAsync("a");
        rig.Engine.SetRemote(MediaRig.Room, "a", MediaRig.RemoteOf(phone) with { RtcpMux = true });
        rig.Ticks(1, () => phone.Send(new short[160]));
        Gen.Byte.Array[0, 700].Select(Gen.Bool, Gen.Int[0, 255]).Sample((datagram, likely, type) =>
        {
            // Half of it looks like RTP or RTCP at first sight, so that more than the version check is met.
            if (likely && datagram.Length > 1) (datagram[0], datagram[1]) = ((byte)(0x80 | (datagram[0] & 0x3F)), (byte)type);
            phone.SendRaw(datagram);
            rig.Tick();
        }, iter: 20_000, threads: 1);
        Assert.True(phone.Headers.Count > 20_000);
    }

    private sealed class TestFence : IMediaFence
    {
        public bool MaySend { get; set; } = true;

        public void Revalidate() => MaySend = false;
    }
}
