using System.Text.Json;
using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Phones;

namespace Interop.Tests.Interop.Held;

public sealed class StoredDialogLab() : LabFixture("stored-dialogs");

/// <summary>The hub is killed with kill -9, and what its phones say in their calls is served from the stored dialogs.</summary>
/// <remarks>What is sent while the hub is down is repeated by the phone until the hub is back, which sends a re-INVITE of its own then.</remarks>
[Collection(AloneCollection.Name)]
public sealed class StoredDialogFacts(StoredDialogLab lab) : IClassFixture<StoredDialogLab>
{
    private const string Allow = "Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, MESSAGE, INFO";
    private static readonly TimeSpan UntilKilled = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Return = TimeSpan.FromSeconds(45);

    [Fact]
    public async Task Who_hangs_up_writes_or_presses_while_the_hub_is_down_has_done_so_and_is_not_called_back()
    {
        var leaver = await Calls("leaves", "4201", script => script.InCallAcross("BYE", 200));
        var holder = await Calls("holds", "4201", script => script
            .OfferAcross(SippScript.Sdp("sendonly", version: 2)).InCallAcross("BYE", 200));
        var writer = await Calls("writes", "4203", script => script
            .InCallAcross("MESSAGE", 202, body: ("text/plain", "Written while it was down"))
            .InCallAcross("BYE", 200));
        var presser = await Calls("presses", "4201", script => script
            .InCallAcross("INFO", 200, body: Key('*')).InCallAcross("INFO", 200, body: Key('0'))
            .TakeAcross("BYE").AnswerInCall());
        Sipp[] phones = [leaver, holder, writer, presser];
        foreach (var user in (string[])["leaves", "holds", "presses"])
            await lab.Hpd.LegOf("4201", $"{user}@", "up");
        await lab.Hpd.LegOf("4203", "writes@", "up");

        // The roster has a caller from its admission on; its call is up with the ACK.
        foreach (var phone in phones)
            await Until.True("the ACK of a call", () => phone.Count("ACK sip:") > 0, context: () => phone.Messages);
        await lab.Hub.Kill();
        foreach (var (phone, said) in phones.Zip((string[])["BYE sip:", "a=sendonly", "Written while", "Signal=*"]))
            await Until.True($"a phone to send {said} to the hub that is down", () => phone.Count(said) > 0, 2 * Until.Soon, context: () => phone.Messages);
        await lab.Hub.StartAgain();

        foreach (var phone in phones)
            await phone.Succeeded(Return);
        foreach (var user in (string[])["leaves", "holds"])
            await lab.Hpd.LegOf("4201", $"{user}@", "gone");
        await lab.Hpd.LegOf("4203", "writes@", "gone");
        Assert.Equal("left by key", (await lab.Hpd.LegOf("4201", "presses@", "gone")).GetProperty("cause").GetString());
        Assert.Single(await Lines("4203"), line => line.GetProperty("text").GetString() == "Written while it was down");
        await Until.Elapsed(TimeSpan.FromSeconds(6));
        Assert.All((await lab.Hpd.Room("4201")).GetProperty("legs").EnumerateArray(), leg => Assert.Equal("gone", leg.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task After_its_own_re_INVITE_the_hub_serves_offers_keys_and_lines_of_the_call_and_sends_the_rooms()
    {
        var phone = await Calls("goes-on", "4202", script => script
            .TakeBody("MESSAGE", "Before the cut").AnswerInCall()
            .Take("INVITE").AnswerInCall(200, SippScript.Sdp(version: 2)).Take("ACK")
            .InCall("MESSAGE", body: ("text/plain", "Still here")).Receive(202)
            .Reinvite(SippScript.Sdp("sendonly", version: 3)).MayReceive(100).Receive(200).Ack()
            .Reinvite(SippScript.Sdp(version: 4)).MayReceive(100).Receive(200).Ack()
            .InCall("INFO", body: Key('*')).Receive(200).InCall("INFO", body: Key('1')).Receive(200)
            .TakeBody("MESSAGE", "After the cut").AnswerInCall()
            .HangUp(), waits: false);
        await lab.Hpd.LegOf("4202", "goes-on@", "up");
        await lab.Hpd.Do("/api/rooms/4202/chat", new { text = "Before the cut" });
        await Until.True("the line before the cut to be taken", () => phone.Count("Before the cut") > 0, context: () => phone.Messages);
        await Delivered("4202", "Before the cut");

        await lab.Hub.Kill();
        await lab.Hub.StartAgain();
        await lab.Hpd.Leg("4202", "the phone to have muted itself", leg => leg.GetProperty("own").GetString() == "muted", Return);
        await lab.Hpd.Do("/api/rooms/4202/chat", new { text = "After the cut" });
        await phone.Succeeded(Return);

        await lab.Hpd.LegOf("4202", "goes-on@", "gone");
        Assert.Equal(["Before the cut", "Still here", "After the cut"], (await Lines("4202")).Select(line => line.GetProperty("text").GetString()));
        await Delivered("4202", "After the cut");
    }

    [Fact]
    public async Task A_phone_that_hangs_up_over_the_re_INVITE_has_left()
    {
        var phone = await Calls("crosses", "4202", script => script.Take("INVITE").HangUp(), waits: false);
        await lab.Hpd.LegOf("4202", "crosses@", "up");
        await Until.True("the ACK of the call", () => phone.Count("ACK sip:") > 0, context: () => phone.Messages);

        await lab.Hub.Kill();
        await lab.Hub.StartAgain();

        await phone.Succeeded(Return);
        Assert.Equal("hung up", (await lab.Hpd.LegOf("4202", "crosses@", "gone")).GetProperty("cause").GetString());
    }

    private static (string, string) Key(char key) => ("application/dtmf-relay", $"Signal={key}\nDuration=160\n");

    /// <summary>A phone in the room; it waits for the hub to be killed, unless it has something else to wait for.</summary>
    private Task<Sipp> Calls(string user, string room, Func<SippScript, SippScript> then, bool waits = true)
    {
        var script = SippScript.Caller(user, user).Invite(SippScript.Sdp(), Allow).MayReceive(100, 180).Receive(200).Ack();
        return lab.Scripted(user, then(waits ? script.Wait(UntilKilled) : script), new SippPlan(room));
    }

    private async Task<JsonElement[]> Lines(string room) => [.. (await lab.Hpd.Room(room)).GetProperty("chat").EnumerateArray()];

    private async Task Delivered(string room, string text) => await Until.Found(
        $"the line \"{text}\" to be delivered to all",
        async () => (await Lines(room)).Any(line => line.GetProperty("text").GetString() == text && line.GetProperty("undelivered").GetArrayLength() == 0) ? "yes" : null);
}
