using System.Net;
using System.Security.Cryptography;
using Interop.Bridges.Media;
using Interop.Bridges.Media.Legs;
using Interop.Bridges.Wire.Rtp.Srtp;
using Xunit;

namespace Interop.Tests.Unit.Media;

/// <summary>A phone that agrees to new keys and goes on with others is told from everybody else.</summary>
[Collection(AloneCollection.Name)]
public sealed class KeyWatchTests
{
    private static readonly SrtpProfile s_profile = SrtpProfile.Aes128CmHmacSha1Tag80;
    private static readonly short[] s_voice = new Tone(400).Next();

    [Fact]
    public async Task A_phone_that_goes_on_with_other_keys_is_reported_after_three_seconds_and_once()
    {
        await using var rig = new MediaRig();
        var phone = await rig.AddPhoneAsync("a");
        Renew(rig, phone);
        phone.Security = Pair(Keying(), Keying());
        rig.Ticks(149, () => phone.Send(s_voice));
        Assert.Equal(0, Reported(rig));
        rig.Ticks(10, () => phone.Send(s_voice));
        Assert.Equal(1, Reported(rig));
        rig.Ticks(1000, () => phone.Send(s_voice));
        Assert.Equal(1, Reported(rig));

        // Other keys are another chance, and another judgement.
        Renew(rig, phone);
        rig.Ticks(160, () => phone.Send(s_voice));
        Assert.Equal(2, Reported(rig));
    }

    [Fact]
    public async Task The_first_keys_of_a_call_are_not_watched_so_that_a_broken_phone_is_not_called_for_ever()
    {
        await using var rig = new MediaRig();
        var phone = await rig.AddPhoneAsync("a");
        Renew(rig, phone, renewed: false);
        phone.Security = Pair(Keying(), Keying());
        rig.Ticks(500, () => phone.Send(s_voice));
        Assert.Equal(0, Reported(rig));
    }

    [Fact]
    public async Task One_packet_under_the_keys_acquits_whatever_a_stranger_forges_beside_it()
    {
        await using var rig = new MediaRig();
        var phone = await rig.AddPhoneAsync("a");
        var security = Renew(rig, phone);
        phone.Security = security;
        rig.Ticks(1, () => phone.Send(s_voice));
        // Forged, and from the phone's own address.
        phone.Security = Pair(Keying(), Keying());
        rig.Ticks(500, () => phone.Send(s_voice));
        Assert.Equal(0, Reported(rig));
        Assert.Equal(1, rig.Read("a").PacketsIn);
    }

    [Fact]
    public async Task Packets_from_elsewhere_and_few_packets_prove_nothing()
    {
        await using var rig = new MediaRig();
        var phone = await rig.AddPhoneAsync("a");
        Renew(rig, phone);
        var stranger = new FarEnd(rig.Network, new IPEndPoint(IPAddress.Parse("10.9.9.9"), 4000)) { Ssrc = phone.Ssrc, Remote = phone.Remote };
        rig.Ticks(500, () =>
        {
            for (var i = 0; i < 20; i++) stranger.Send(s_voice);
        });
        phone.Security = Pair(Keying(), Keying());
        rig.Ticks(20, () => phone.Send(s_voice));
        rig.Ticks(500);
        Assert.Equal(0, Reported(rig));
    }

    private static int Reported(MediaRig rig) => rig.Reports.Count(static report => report.Kind == MediaReportKind.KeysIgnored);

    private static (SrtpSender Sender, SrtpReceiver Receiver) Renew(MediaRig rig, FarEnd phone, bool renewed = true)
    {
        var (ours, theirs) = (Keying(), Keying());
        var keys = SrtpKeys.Read(s_profile.Name, Convert.ToBase64String(ours), Convert.ToBase64String(theirs));
        Assert.True(rig.Engine.SetRemote(MediaRig.Room, "a", MediaRig.RemoteOf(phone) with { Keys = keys, KeysRenewed = renewed, Relatch = true }));
        rig.Engine.Step();
        return Pair(theirs, ours);
    }

    private static byte[] Keying() => RandomNumberGenerator.GetBytes(s_profile.KeyingLength);

    private static (SrtpSender Sender, SrtpReceiver Receiver) Pair(byte[] sends, byte[] receives) =>
        (new SrtpSender(s_profile, sends.AsSpan(0, s_profile.KeyLength), sends.AsSpan(s_profile.KeyLength)),
            new SrtpReceiver(s_profile, receives.AsSpan(0, s_profile.KeyLength), receives.AsSpan(s_profile.KeyLength)));
}
