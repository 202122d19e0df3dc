using System.Text.Json;
using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Hub;
using Interop.Tests.Peers.Phones;
using Interop.Tests.Peers.Sound;

namespace Interop.Tests.Interop.Invitees;

/// <summary>A hub whose directory names the duty desk of the invited agency.</summary>
public sealed class InviteeLab() : LabFixture("invitees")
{
    /// <summary>What is said in the room: above what a voice has much of, so that no prompt is taken for it.</summary>
    public const double RoomTone = 3_350;

    /// <summary>What whoever is asked says all the while.</summary>
    public const double AskedTone = 1_700;

    private static readonly TimeSpan Judged = TimeSpan.FromSeconds(1);
    private Baresip? _desk;

    /// <summary>The duty desk.</summary>
    public Baresip Desk => _desk!;

    /// <summary>A room that somebody talks in.</summary>
    public async Task<(string Room, Baresip Talker)> TalkedIn(string name)
    {
        var opened = await Hpd.Do("/api/rooms", new { title = name, type = "shooting", admits = new[] { "trunk:lab" } });
        var room = opened.GetProperty("code").GetString()!;
        var talker = await Phone($"talks-{name}", RoomTone);
        await talker.Call(Hub.Sip(room));
        return (room, talker);
    }

    /// <summary>A phone to be asked, which says its tone.</summary>
    public Task<Baresip> Asked(string name) => Phone($"asked-{name}", AskedTone);

    /// <summary>Invites the agency, at its own desk unless another address is given.</summary>
    public Task<JsonElement> Invite(string room, string? call = null) =>
        Hpd.Do($"/api/rooms/{room}/invites", new { agency = "ctic", purpose = "Two officers are down at Park and Main", call });

    /// <summary>The room's only invitation.</summary>
    public async Task<JsonElement> Invitation(string room) => (await Hpd.Room(room)).GetProperty("invites").EnumerateArray().Single();

    /// <summary>Waits until the room's only invitation is in this status.</summary>
    public Task Invitation(string room, string status) => Until.Found(
        $"the invitation to be {status}",
        async () => (await Invitation(room)).GetProperty("status").GetString() == status ? status : null);

    /// <summary>Waits until a phone has heard so much more than it has by now.</summary>
    public static async Task HearsSound(Baresip phone, TimeSpan more)
    {
        var enough = phone.Heard().Sounding + more;
        await Until.True($"{phone.Uri} to hear a voice for {more.TotalSeconds} s", () => phone.Heard().Sounding >= enough, 2 * Until.Soon);
    }

    /// <summary>Waits until a tone is what a phone hears, steadily.</summary>
    public static Task HearsTone(Baresip phone, double hertz) => Until.True(
        $"{phone.Uri} to hear {hertz} Hz",
        () => phone.Heard() is var heard && heard.Length > Judged && heard.Last(Judged).Measure(hertz).Present >= Judged * 0.9,
        2 * Until.Soon);

    /// <inheritdoc />
    protected override async Task<string> Provisioning()
    {
        _desk = await Asked("desk");
        return LabProvisioning.Text(desk: _desk.Uri);
    }
}
