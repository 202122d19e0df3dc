using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Hub;
using Interop.Tests.Peers.Phones;
using Interop.Tests.Peers.Sound;

namespace Interop.Tests.Interop.Voice;

public sealed class MakesLab() : LabFixture("makes", LabProvisioning.Text(endpoints: """
    { "id": "desk-1", "agency": "hpd", "name": "Desk 1", "user": "desk1", "password": "correct-horse", "md5": true },
    { "id": "desk-2", "agency": "hpd", "name": "Desk 2", "user": "desk2", "password": "battery-staple" }
    """));

/// <summary>Phones of two makes call the room and are called by it, over each transport, in both codecs, registered and not.</summary>
public sealed class MakesFacts(MakesLab lab) : IClassFixture<MakesLab>
{
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Judged = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData("4201", "baresip", "udp", "pcma")]
    [InlineData("4202", "baresip", "tls", "pcmu")]
    [InlineData("4203", "linphonec", "udp", "pcmu")]
    [InlineData("4201", "linphonec", "tcp", "pcma")]
    [InlineData("4202", "linphonec", "tls", "pcmu")]
    public async Task A_phone_calls_the_room_hears_it_and_is_heard(string room, string make, string transport, string codec)
    {
        var listener = await lab.Phone($"hears-{make}-{transport}", 400);
        var phone = await Phone(make, new PhonePlan($"calls-{make}-{transport}", LabFixture.Tone(700), codec, transport));
        await listener.Call(lab.Hub.Sip(room));

        await phone.Call($"sip:{room}@{lab.Hub.SipAddressFor(transport)}");

        await HearEachOther(listener, phone);
    }

    [Theory]
    [InlineData("4203", "baresip", "tcp", "pcma")]
    [InlineData("4203", "baresip", "tls", "pcmu")]
    [InlineData("4201", "linphonec", "udp", "pcma")]
    [InlineData("4202", "linphonec", "tcp", "pcmu")]
    public async Task A_phone_that_the_room_calls_hears_it_and_is_heard(string room, string make, string transport, string codec)
    {
        var listener = await lab.Phone($"waits-for-{make}-{transport}", 400);
        var phone = await Phone(make, new PhonePlan($"called-{make}-{transport}", LabFixture.Tone(700), codec, transport));
        await listener.Call(lab.Hub.Sip(room));

        await lab.Hpd.Do($"/api/rooms/{room}/legs", new { uri = Over(phone.Uri, transport) });
        await phone.Answered();

        await HearEachOther(listener, phone);
    }

    [Theory]
    [InlineData("4203", "baresip", "udp", "desk1", "correct-horse")]
    [InlineData("4201", "linphonec", "tcp", "desk2", "battery-staple")]
    [InlineData("4202", "linphonec", "tls", "desk2", "battery-staple")]
    public async Task A_phone_that_registered_with_the_hub_is_called_by_its_user_name(
        string room, string make, string transport, string user, string password)
    {
        var listener = await lab.Phone($"calls-{user}-{make}-{transport}", 400);
        var account = new Account(lab.Hub.SipAddressFor(transport), user, password);
        await using var phone = await Phone(make, new PhonePlan($"{user}-{make}-{transport}", LabFixture.Tone(700), "pcmu", transport, account));
        await listener.Call(lab.Hub.Sip(room));

        await lab.Hpd.Do($"/api/rooms/{room}/legs", new { uri = lab.Hub.Sip(user) });
        await phone.Answered();

        await HearEachOther(listener, phone);
    }

    private async Task<IPhone> Phone(string make, PhonePlan plan) =>
        make == "baresip" ? await lab.Phone(plan) : await lab.Linphone(plan);

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
