using Interop.Bridges.Media;
using Xunit;

namespace Interop.Tests.Unit.Media;

public sealed class PacketTimeTests
{
    [Theory]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(30)]
    [InlineData(40)]
    [InlineData(50)]
    [InlineData(60)]
    public async Task A_phone_gets_the_whole_sound_in_packets_of_the_time_it_likes(int packetTime)
    {
        await using var rig = new MediaRig();
        var talker = await rig.AddPhoneAsync("talker");
        var listener = await rig.AddPhoneAsync("listener", packetTime: packetTime);
        var voice = new Tone(400);
        rig.Ticks(150, () => talker.Send(voice.Next()));

        // A packet of 20 ms is passed on, and so was not yet due at the tick.
        var packets = (3000 / packetTime) + (packetTime == 20 ? 1 : 0);
        Assert.Equal(packets, listener.Headers.Count);
        Assert.Equal(packets * packetTime * 8, listener.Heard.Count);
        Assert.All(listener.Headers.Zip(listener.Headers.Skip(1)), pair =>
        {
            Assert.Equal(1, pair.Second.Sequence.DistanceFrom(pair.First.Sequence));
            Assert.Equal((uint)packetTime * 8, pair.Second.Timestamp - pair.First.Timestamp);
        });
        Assert.True(listener.Headers[0].Marker);
        Assert.Single(listener.Headers, header => header.Marker);
        Assert.InRange(Tone.AmplitudeOf(400, listener.LastSecond()), 7800, 8200);
    }

    [Fact]
    public async Task A_re_invite_with_another_packet_time_loses_nothing_of_what_was_held()
    {
        await using var rig = new MediaRig();
        var phone = await rig.AddPhoneAsync("a", packetTime: 60);
        rig.Ticks(4);
        rig.Engine.SetRemote(MediaRig.Room, "a", MediaRig.RemoteOf(phone) with { PacketTime = TimeSpan.FromMilliseconds(10) });
        rig.Ticks(1);

        Assert.Equal([480u, 160u, 80u], phone.Headers.Zip(phone.Headers.Skip(1), (first, second) => second.Timestamp - first.Timestamp));
        Assert.Equal(5 * AudioFrame.Samples, phone.Heard.Count);
    }

    [Theory]
    [InlineData(0, 80)]
    [InlineData(200, 480)]
    public async Task A_packet_time_beyond_what_a_datagram_holds_is_cut_to_it(int packetTime, int samples)
    {
        await using var rig = new MediaRig();
        var phone = await rig.AddPhoneAsync("a", packetTime: packetTime);
        rig.Ticks(6);

        Assert.Equal(6 * AudioFrame.Samples, phone.Heard.Count);
        Assert.Equal(6 * AudioFrame.Samples / samples, phone.Headers.Count);
    }
}
