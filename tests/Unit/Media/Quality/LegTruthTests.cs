using System.Net;
using Interop.Bridges.Media;
using Interop.Bridges.Media.Codecs;
using Interop.Bridges.Media.Legs;
using Interop.Bridges.Media.Sockets;
using Interop.Bridges.Wire.Rtp;
using Interop.Bridges.Wire.Rtp.Rtcp;
using Xunit;

namespace Interop.Tests.Unit.Media.Quality;

/// <summary>What the engine counts of each direction, for those who judge it.</summary>
public sealed class LegTruthTests
{
    [Fact]
    public async Task Every_fourth_packet_lost_on_the_way_is_a_quarter()
    {
        await using var rig = new MediaRig();
        var phone = await rig.AddPhoneAsync("a");
        var number = 0;
        rig.Ticks(400, () =>
        {
            if (++number % 4 == 2) phone.Lose();
            else phone.Send(new short[160]);
        });

        var leg = rig.Read("a");
        Assert.Equal((400L, 100L), (leg.Expected, leg.LostOnTheWay));
        Assert.Equal((RtpFormat.Pcmu, AudioFrame.Duration), (leg.Codec, leg.PacketTime));
    }

    [Fact]
    public async Task Comfort_noise_is_a_packet_and_no_voice()
    {
        await using var rig = new MediaRig();
        var phone = await rig.AddPhoneAsync("a");
        rig.Engine.SetRemote(MediaRig.Room, "a", MediaRig.RemoteOf(phone) with { Accept = [phone.Format, new PayloadFormat(13, RtpFormat.ComfortNoise)] });
        Assert.Null(rig.Read("a").SinceLastVoice);
        rig.Ticks(10, () => phone.Send(new short[160]));
        rig.Ticks(50);
        phone.SendPayload([60], 13);
        rig.Ticks(50);
        Assert.InRange(rig.Read("a").SinceLastVoice!.Value.TotalSeconds, 1.98, 2.05);
        Assert.InRange(rig.Read("a").SinceLastPacket!.Value.TotalSeconds, 0.98, 1.02);
    }

    [Fact]
    public async Task A_phone_that_sends_no_sound_may_report_on_ours_and_nobody_else_may()
    {
        await using var rig = new MediaRig();
        var phone = await rig.AddPhoneAsync("a");
        rig.Ticks(5);
        using var control = rig.Network.TryBind(new IPEndPoint(phone.Local.Address, phone.Local.Port + 1))!;
        using var stranger = rig.Network.TryBind(new IPEndPoint(IPAddress.Parse("10.9.9.9"), 4001))!;
        var hub = new Destination(new IPEndPoint(phone.Remote!.EndPoint.Address, phone.Remote.EndPoint.Port + 1));
        var own = phone.Headers[0].Ssrc;

        stranger.Send(Report(phone.Ssrc, own, 5), hub);
        rig.Ticks(1);
        Assert.Equal(1, rig.Read("a").DroppedBy(DropReason.ForeignSource));
        Assert.Null(rig.Read("a").SinceFarEndControl);

        control.Send(Report(phone.Ssrc, own, 5), hub);
        rig.Ticks(100);
        control.Send(Report(phone.Ssrc, own, 5), hub);
        rig.Ticks(1);
        var leg = rig.Read("a");
        Assert.Equal(TimeSpan.Zero, leg.SinceFarEndReport);
        Assert.Equal(TimeSpan.FromSeconds(2), leg.SinceFarEndAdvance);
        Assert.Equal((0L, 64 / 256.0), (leg.FarEndSent, leg.FarEndLoss));
    }

    [Fact]
    public async Task Talking_is_timed_from_its_first_syllable_without_a_pause()
    {
        await using var rig = new MediaRig();
        var phone = await rig.AddPhoneAsync("a");
        var tone = new Tone(400);
        rig.Ticks(100, () => phone.Send(tone.Next()));
        Assert.InRange(rig.Read("a").TalkingFor!.Value.TotalSeconds, 1.9, 2);
        rig.Ticks(50, () => phone.Send(new short[160]));
        Assert.Null(rig.Read("a").TalkingFor);
    }

    private static byte[] Report(uint from, uint on, uint highest)
    {
        var report = new byte[64];
        var writer = new RtcpWriter(report);
        writer.TryWriteReceiverReport(from, [new ReportBlock(on, 64, 0, highest, 0, 0, 0)]);
        return report[..writer.Length];
    }
}
