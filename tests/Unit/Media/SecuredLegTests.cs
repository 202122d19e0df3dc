using System.Net;
using System.Security.Cryptography;
using Interop.Bridges.Media;
using Interop.Bridges.Media.Legs;
using Interop.Bridges.Media.Sockets;
using Interop.Bridges.Wire.Rtp;
using Interop.Bridges.Wire.Rtp.Srtp;
using Xunit;

namespace Interop.Tests.Unit.Media;

/// <summary>A phone leg whose RTP and RTCP are protected by SRTP.</summary>
[Collection(AloneCollection.Name)]
public sealed class SecuredLegTests
{
    private static readonly IPEndPoint s_moved = new(IPAddress.Parse("10.9.9.9"), 4000);

    public static TheoryData<string> All() => [.. SrtpProfile.All.Select(profile => profile.Name)];

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_secured_phone_and_a_plain_one_hear_each_other(string suite)
    {
        await using var rig = new MediaRig();
        var secured = await rig.AddPhoneAsync("secured");
        var plain = await rig.AddPhoneAsync("plain");
        Secure(rig, "secured", secured, suite);
        Tone low = new(400), high = new(1300);
        rig.Ticks(100, () =>
        {
            secured.Send(low.Next());
            plain.Send(high.Next());
        });

        Assert.InRange(Tone.AmplitudeOf(1300, secured.LastSecond()), 7800, 8200);
        Assert.InRange(Tone.AmplitudeOf(400, plain.LastSecond()), 7800, 8200);
        Assert.Equal((0, suite, null), (secured.Unopened, rig.Read("secured").Security, rig.Read("plain").Security));
        Assert.Equal(100, rig.Read("secured").PacketsIn);
    }

    [Fact]
    public async Task What_is_in_the_clear_forged_or_replayed_is_neither_heard_nor_latched_to()
    {
        await using var rig = new MediaRig();
        var phone = await rig.AddPhoneAsync("a");
        Secure(rig, "a", phone, SrtpProfile.AeadAes128Gcm.Name);
        var stranger = new FarEnd(rig.Network, s_moved) { Ssrc = phone.Ssrc, Sequence = new(40_000), Remote = phone.Remote };
        var voice = new Tone(400).Next();
        rig.Ticks(20, () =>
        {
            stranger.Send(voice);
            stranger.Send(voice);
        });
        Assert.Equal(0, rig.Read("a").PacketsIn);
        Assert.Equal(40, rig.Read("a").DroppedBy(DropReason.Unauthenticated));
        Assert.Null(rig.Read("a").Latched);

        rig.Ticks(10, () => phone.Send(voice));
        var replayed = new byte[400];
        var length = phone.Compose(voice);
        phone.SendRaw(replayed.AsSpan(0, Copy(phone, replayed, length)));
        phone.Lose();
        rig.Tick();
        for (var i = 0; i < 5; i++) stranger.SendRaw(replayed.AsSpan(0, length));
        rig.Tick();

        Assert.Equal(5, rig.Read("a").DroppedBy(DropReason.Replayed));
        Assert.Equal(phone.Local, rig.Read("a").Latched);
        Assert.Equal(0, stranger.Receive());
    }

    [Fact]
    public async Task Ten_thousand_forged_packets_end_nothing()
    {
        await using var rig = new MediaRig();
        var phone = await rig.AddPhoneAsync("a");
        Secure(rig, "a", phone, SrtpProfile.Aes128CmHmacSha1Tag80.Name);
        var stranger = new FarEnd(rig.Network, s_moved) { Ssrc = phone.Ssrc, Remote = phone.Remote };
        var (mine, theirs) = (new Tone(400), new Tone(900).Next());
        rig.Ticks(500, () =>
        {
            phone.Send(mine.Next());
            for (var i = 0; i < 20; i++) stranger.Send(theirs);
        });

        // The one that has the number of a genuine packet is told from it by that number alone.
        Assert.Equal((9_999L, 1L), (rig.Read("a").DroppedBy(DropReason.Unauthenticated), rig.Read("a").DroppedBy(DropReason.Replayed)));
        Assert.Equal((500L, 0L), (rig.Read("a").PacketsIn, rig.Read("a").Lost));
        Assert.Equal(phone.Local, rig.Read("a").Latched);
    }

    [Fact]
    public async Task A_phone_that_proves_itself_is_followed_to_another_address_at_once()
    {
        await using var rig = new MediaRig();
        var phone = await rig.AddPhoneAsync("a");
        Secure(rig, "a", phone, SrtpProfile.AeadAes256Gcm.Name);
        var voice = new Tone(400).Next();
        rig.Ticks(200, () => phone.Send(voice));
        var late = new byte[400];
        var length = phone.Compose(voice);
        Copy(phone, late, length);
        phone.Lose();
        var elsewhere = new FarEnd(rig.Network, s_moved) { Ssrc = phone.Ssrc, Sequence = phone.Sequence, Timestamp = phone.Timestamp, Remote = phone.Remote, Security = phone.Security };
        rig.Ticks(3, () => elsewhere.Send(voice));
        phone.SendRaw(late.AsSpan(0, length));
        rig.Tick();

        Assert.Equal(s_moved, rig.Read("a").Latched);
        Assert.Equal(204, rig.Read("a").PacketsIn);
        Assert.True(elsewhere.Receive() > 0);
    }

    [Fact]
    public async Task The_same_keys_go_on_and_new_ones_begin_another_stream()
    {
        await using var rig = new MediaRig();
        var phone = await rig.AddPhoneAsync("a");
        var keys = Secure(rig, "a", phone, SrtpProfile.Aes128CmHmacSha1Tag80.Name);
        rig.Ticks(10);
        var first = phone.Headers[^1];
        Tell(rig, "a", phone, keys);
        rig.Ticks(10);

        Assert.Equal((first.Ssrc, 0), (phone.Headers[^1].Ssrc, phone.Unopened));
        Assert.Equal(10, phone.Headers[^1].Sequence.DistanceFrom(first.Sequence));

        phone.Headers.Clear();
        Secure(rig, "a", phone, SrtpProfile.Aes128CmHmacSha1Tag80.Name);
        rig.Ticks(10);

        Assert.NotEqual(first.Ssrc, phone.Headers[0].Ssrc);
        Assert.True(phone.Headers[0].Sequence.Value < 32_768 && phone.Headers[0].Marker);
        Assert.Equal((10, 0), (phone.Headers.Count, phone.Unopened));
    }

    [Fact]
    public async Task What_is_on_its_way_under_the_old_key_is_heard_until_the_new_one_is_used()
    {
        await using var rig = new MediaRig();
        var phone = await rig.AddPhoneAsync("a");
        Secure(rig, "a", phone, SrtpProfile.Aes128CmHmacSha1Tag80.Name);
        var voice = new Tone(400).Next();
        rig.Ticks(10, () => phone.Send(voice));
        var old = phone.Security;
        Secure(rig, "a", phone, SrtpProfile.AeadAes128Gcm.Name);
        var renewed = phone.Security;

        phone.Security = old;
        rig.Ticks(3, () => phone.Send(voice));
        Assert.Equal(13, rig.Read("a").PacketsIn);

        phone.Security = renewed;
        rig.Ticks(3, () => phone.Send(voice));
        Assert.Equal(16, rig.Read("a").PacketsIn);

        phone.Security = old;
        rig.Ticks(3, () => phone.Send(voice));
        Assert.Equal((16L, 3L), (rig.Read("a").PacketsIn, rig.Read("a").DroppedBy(DropReason.Unauthenticated)));
    }

    [Fact]
    public async Task A_packet_that_the_fence_stopped_has_used_its_number_up()
    {
        var fence = new TestFence();
        await using var rig = new MediaRig(fence: fence);
        var phone = await rig.AddPhoneAsync("a");
        Secure(rig, "a", phone, SrtpProfile.Aes128CmHmacSha1Tag80.Name);
        rig.Ticks(5);
        fence.MaySend = false;
        rig.Ticks(5);
        fence.MaySend = true;
        rig.Ticks(5);

        Assert.Equal((10, 0), (phone.Headers.Count, phone.Unopened));
        Assert.Equal(6, phone.Headers[5].Sequence.DistanceFrom(phone.Headers[4].Sequence));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Reports_are_protected_both_ways(string suite)
    {
        await using var rig = new MediaRig();
        var phone = await rig.AddPhoneAsync("a");
        Secure(rig, "a", phone, suite);
        using var rtcp = rig.Network.TryBind(new IPEndPoint(phone.Local.Address, phone.Local.Port + 1))!;
        var control = new Destination(new IPEndPoint(phone.Remote!.EndPoint.Address, phone.Remote.EndPoint.Port + 1));
        var voice = new Tone(400).Next();
        rig.Ticks(500, () => phone.Send(voice));

        var buffer = new byte[400];
        var read = 0;
        for (int length; (length = rtcp.Receive(buffer, out _)) >= 0; read++)
            Assert.True(phone.Security!.Value.Receiver.TryUnprotectRtcp(buffer.AsSpan(0, length), out _, out var fault), fault.ToString());
        Assert.True(read > 0);

        byte[] clear = [0x80, 201, 0, 1, 0, 0, 16, 0];
        rtcp.Send(clear, control);
        clear.CopyTo(buffer, 0);
        Assert.True(phone.Security!.Value.Sender.TryProtectRtcp(buffer, clear.Length, out var protectedLength, out _));
        rtcp.Send(buffer.AsSpan(0, protectedLength), control);
        rig.Tick();
        Assert.Equal((1L, 0L), (rig.Read("a").DroppedBy(DropReason.MalformedRtcp) + rig.Read("a").DroppedBy(DropReason.Unauthenticated), rig.Read("a").DroppedBy(DropReason.Replayed)));
    }

    [Theory]
    [InlineData("AES_CM_128_HMAC_SHA1_80")]
    [InlineData("AEAD_AES_128_GCM")]
    public async Task A_tick_of_secured_legs_allocates_nothing(string suite)
    {
        await using var rig = new MediaRig();
        var phones = new List<FarEnd>();
        for (var i = 0; i < 6; i++)
        {
            phones.Add(await rig.AddPhoneAsync($"{i}"));
            Secure(rig, $"{i}", phones[i], suite);
        }

        rig.Phones.Clear();
        var voice = new Tone(400).Next();
        long allocated = 0;
        for (var tick = 0; tick < 900; tick++)
        {
            foreach (var phone in phones)
            {
                phone.Send(voice);
                phone.Ignore();
            }

            rig.Time.Advance(AudioFrame.Duration);
            var before = GC.GetAllocatedBytesForCurrentThread();
            rig.Engine.Step();
            if (tick >= 600) allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            while (rig.Engine.Reports.TryRead(out _))
            {
            }
        }

        Assert.Equal(900, rig.Read("0").PacketsIn);
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Keys_that_do_not_fit_or_are_one_and_the_same_are_refused_and_none_is_printed()
    {
        var (one, other) = (Key(30), Key(30));
        Assert.NotNull(SrtpKeys.Read("AES_CM_128_HMAC_SHA1_80", one, other));
        Assert.Null(SrtpKeys.Read("AES_CM_128_HMAC_SHA1_80", one, one));
        Assert.Null(SrtpKeys.Read("AES_CM_128_HMAC_SHA1_80", one, Key(29)));
        Assert.Null(SrtpKeys.Read("AEAD_AES_128_GCM", one, other));
        Assert.Null(SrtpKeys.Read("F8_128_HMAC_SHA1_80", one, other));
        Assert.Null(SrtpKeys.Read("AES_CM_128_HMAC_SHA1_80", one, "no base64 !"));
        Assert.DoesNotContain(one, SrtpKeys.Read("AES_CM_128_HMAC_SHA1_80", one, other)!.ToString(), StringComparison.Ordinal);
    }

    private static string Key(int length) => Convert.ToBase64String(RandomNumberGenerator.GetBytes(length));

    private static SrtpKeys Secure(MediaRig rig, string leg, FarEnd phone, string suite)
    {
        var profile = SrtpProfile.Find(suite)!;
        var (ours, theirs) = (RandomNumberGenerator.GetBytes(profile.KeyingLength), RandomNumberGenerator.GetBytes(profile.KeyingLength));
        var keys = SrtpKeys.Read(suite, Convert.ToBase64String(ours), Convert.ToBase64String(theirs))!;
        phone.Security = (new SrtpSender(profile, theirs.AsSpan(0, profile.KeyLength), theirs.AsSpan(profile.KeyLength)), new SrtpReceiver(profile, ours.AsSpan(0, profile.KeyLength), ours.AsSpan(profile.KeyLength)));
        Tell(rig, leg, phone, keys);
        return keys;
    }

    private static void Tell(MediaRig rig, string leg, FarEnd phone, SrtpKeys keys)
    {
        Assert.True(rig.Engine.SetRemote(MediaRig.Room, leg, MediaRig.RemoteOf(phone) with { Keys = keys, Relatch = true }));
        rig.Engine.Step();
    }

    private static int Copy(FarEnd phone, Span<byte> to, int length)
    {
        phone.Composed[..length].CopyTo(to);
        return length;
    }

    private sealed class TestFence : IMediaFence
    {
        public bool MaySend { get; set; } = true;

        public void Revalidate() => MaySend = true;
    }
}
