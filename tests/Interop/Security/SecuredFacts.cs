using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Hub;
using Interop.Tests.Peers.Phones;
using Interop.Tests.Peers.Sound;

namespace Interop.Tests.Interop.Security;

public sealed class SecuredLab() : LabFixture("secured");

/// <summary>Phones of two makes protect their voice by SRTP, calling and called, over UDP and TLS, and talk with one that does not.</summary>
public sealed class SecuredFacts(SecuredLab lab) : IClassFixture<SecuredLab>
{
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Judged = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData("4201", "baresip", "udp", "srtp")]
    [InlineData("4202", "baresip", "tls", "srtp-mand")]
    [InlineData("4203", "baresip", "tls", "srtp-mandf")]
    [InlineData("4201", "linphonec", "udp", "srtp")]
    [InlineData("4202", "linphonec", "tls", "srtp-mand")]
    public async Task A_phone_that_calls_in_with_srtp_hears_the_room_and_is_heard(string room, string make, string transport, string secures)
    {
        var name = $"calls-{make}-{transport}-{secures}";
        var listener = await lab.Phone($"ear-of-{room}-{make}-{secures}", 400);
        await using var phone = await Phone(make, new PhonePlan(name, LabFixture.Tone(700), "pcmu", transport) { Secures = secures });
        await listener.Call(lab.Hub.Sip(room));

        await phone.Call($"sip:{room}@{lab.Hub.SipAddressFor(transport)}");

        await Secured(room, name);
        await HearEachOther(listener, phone);
    }

    [Theory]
    [InlineData("4203", "baresip", "udp", "srtp")]
    [InlineData("4201", "baresip", "tls", "srtp-mand")]
    [InlineData("4202", "linphonec", "udp", "srtp-mand")]
    [InlineData("4203", "linphonec", "tcp", "srtp-mand")]
    public async Task A_phone_that_the_room_calls_takes_srtp_and_hears_and_is_heard(string room, string make, string transport, string secures)
    {
        var name = $"called-{make}-{transport}-{secures}";
        var listener = await lab.Phone($"ear-to-{room}-{make}-{secures}", 400);
        await using var phone = await Phone(make, new PhonePlan(name, LabFixture.Tone(700), "pcmu", transport) { Secures = secures });
        await listener.Call(lab.Hub.Sip(room));

        await lab.Hpd.Do($"/api/rooms/{room}/legs", new { uri = Over(phone.Uri, transport) });
        await phone.Answered();

        await Secured(room, name);
        await HearEachOther(listener, phone);
    }

    [Theory]
    [InlineData("4201", "baresip")]
    [InlineData("4202", "linphonec")]
    public async Task A_phone_with_srtp_holds_resumes_and_is_heard_again(string room, string make)
    {
        var listener = await lab.Phone($"ear-hold-{make}", 400);
        await using var phone = await Phone(make, new PhonePlan($"holds-{make}", LabFixture.Tone(700)) { Secures = "srtp-mand" });
        await listener.Call(lab.Hub.Sip(room));
        await phone.Call(lab.Hub.Sip(room));
        await Until.True("the room to hear the phone", () => Hears(listener));

        await phone.Hold();
        await Until.True("the phone to go silent in the room", () => !Hears(listener));
        await phone.Resume();
        await Until.True("the room to hear the phone again", () => Hears(listener));
        await Until.Elapsed(Judged);

        Ear.Hears(listener.Heard().Last(Judged / 2), 700, Judged * 0.45, "The room, after the phone resumed,");
        await Secured(room, $"holds-{make}");
        await phone.HangUp();
    }

    [Fact]
    public async Task Who_listens_on_the_way_hears_no_voice()
    {
        await using var ear = new RtpEar();
        var speaker = await lab.Phone("speaks-secretly", 400);
        await speaker.Call(lab.Hub.Sip("4202"));
        var sdp = $"v=0\no=- 1 1 IN IP4 127.0.0.1\ns=-\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio {ear.Port} RTP/SAVP 0\n"
            + "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj\n";
        await lab.Scripted("overheard", SippScript.Caller("overheard").Invite(sdp).MayReceive(100, 180).Receive(200).Ack().Wait(TimeSpan.FromSeconds(4)).HangUp(), new SippPlan("4202"));

        await Until.True("packets to come by", () => ear.Packets > 100);

        // Noise has as much of any tone as of another.
        var (heard, beside) = (ear.Heard().Measure(400), ear.Heard().Measure(1_130));
        Assert.True(Math.Abs(heard.LevelDb - beside.LevelDb) < 6, $"Who has no key should hear noise, and heard 400 Hz at {heard.LevelDb:0.0} dB beside 1130 Hz at {beside.LevelDb:0.0} dB.");
    }

    /// <summary>Waits for the leg, and until it is shown as protected.</summary>
    private async Task Secured(string room, string party)
    {
        await lab.Hpd.LegOf(room, party, "up");
        await lab.Hpd.Leg(room, $"{party} to be protected", leg =>
            leg.GetProperty("party").GetRawText().Contains(party, StringComparison.Ordinal) && leg.GetProperty("status").GetString() == "up" && leg.GetProperty("security").GetString() is not null);
    }

    private async Task<IPhone> Phone(string make, PhonePlan plan) =>
        make == "baresip" ? await lab.Phone(plan) : await lab.Linphone(plan);

    private static bool Hears(Baresip listener) => listener.Heard().Last(Judged / 4).Measure(700).Present > Judged / 8;

    private static async Task HearEachOther(Baresip listener, IPhone phone)
    {
        await Until.True($"the room to hear {phone.Uri}", () => listener.Heard().Measure(700).Present > TimeSpan.Zero);
        await Until.Elapsed(Talk);
        var room = listener.Heard().Last(Judged);
        await phone.HangUp();
        var heard = phone.Heard();
        await listener.HangUp();

        Ear.Hears(room, 700, Judged * 0.9, $"The room, of {phone.Uri},");
        Ear.Hears(heard, 400, Judged, phone.Uri);
        Ear.DoesNotHear(heard, 700, 400, phone.Uri);
    }

    private static string Over(string uri, string transport) =>
        transport == "udp" || uri.Contains(";transport=", StringComparison.Ordinal) ? uri : $"{uri};transport={transport}";
}
