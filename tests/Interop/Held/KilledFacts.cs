using System.Text.Json;
using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Phones;
using Interop.Tests.Peers.Sound;

namespace Interop.Tests.Interop.Held;

public sealed class KilledLab() : LabFixture("killed");

/// <summary>The hub is killed with kill -9 in the middle of calls, and started again.</summary>
[Collection(AloneCollection.Name)]
public sealed class KilledFacts(KilledLab lab, ITestOutputHelper output) : IClassFixture<KilledLab>
{
    private static readonly TimeSpan Return = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Rooms_and_calls_come_back_without_anybody_redialling_and_who_hung_up_is_not_rung()
    {
        var caller = await lab.Phone("caller", 400);
        var other = await lab.Phone("other", 700, transport: "tcp");
        var dialled = await lab.Phone("dialled", 1_000);
        var gone = await lab.Phone("gone", 1_300);
        await SetTheScene(caller, other, dialled, gone);
        var before = await lab.Hpd.Room("4201");

        await lab.Hub.Kill();
        var (killed, heard) = (TimeProvider.System.GetTimestamp(), caller.HeardBytes);
        await lab.Hub.StartAgain();
        await Until.True("the caller to hear something again", () => caller.HeardBytes > heard, Return, () => lab.Hub.Tail);
        var silence = TimeProvider.System.GetElapsedTime(killed);
        foreach (var party in new[] { "caller", "other", dialled.Uri })
            await lab.Hpd.LegOf("4201", party, "up", Return);
        await Until.Elapsed(3 * Second);

        output.WriteLine($"From kill -9 to the first packet heard again: {silence.TotalSeconds:0.0} s.");
        AssertKept(before, await lab.Hpd.Room("4201"));
        Assert.Equal((1, 1, 1, 1), (caller.Calls, other.Calls, dialled.Calls, gone.Calls));
        Assert.True(caller.InCall && other.InCall && dialled.InCall, "Every call that was up must still be the same call.");
        AssertHearEachOther([(caller, 400), (other, 700), (dialled, 1_000)]);
        Assert.Equal("gone", (await lab.Hpd.LegOf("4201", gone.Uri, "gone")).GetProperty("status").GetString());
    }

    private async Task SetTheScene(Baresip caller, Baresip other, Baresip dialled, Baresip gone)
    {
        await caller.Call(lab.Hub.Sip("4201"));
        await other.Call(lab.Hub.Sip("4201"));
        foreach (var phone in new[] { dialled, gone })
        {
            await lab.Hpd.Do("/api/rooms/4201/legs", new { uri = phone.Uri });
            await phone.Answered();
            await lab.Hpd.LegOf("4201", phone.Uri, "up");
        }

        await gone.HangUp();
        await lab.Hpd.LegOf("4201", gone.Uri, "gone");
        await lab.Hpd.Do("/api/rooms/4201/invites", new { agency = "ctic" });
        await lab.Hpd.Do("/api/rooms/4201/video", new { title = "Pole camera", url = "https://video.example/12" });
        await lab.Hpd.PostText("/api/alerts", """{ "source": "shotspotter", "id": "k-1", "event": "gunshot", "headline": "Shots", "areaDesc": "Kept" }""", "application/json");
        await Until.Found("the alert's room", async () => await Rooms() is { } text && text.Contains("Shots fired: Kept", StringComparison.Ordinal) ? text : null);
        // The last acknowledged change before the kill: it must not be lost.
        await lab.Hpd.Do("/api/rooms/4201/chat", new { text = "Hold the perimeter" });
    }

    private static void AssertKept(JsonElement before, JsonElement after)
    {
        foreach (var part in new[] { "invites", "chat", "videos", "alerts" })
            Assert.Equal(before.GetProperty(part).GetRawText(), after.GetProperty(part).GetRawText());
        Assert.Contains("Hold the perimeter", after.GetProperty("chat").GetRawText(), StringComparison.Ordinal);
        Assert.Equal(Roster(before), Roster(after));
    }

    private static void AssertHearEachOther((Baresip Phone, double Hertz)[] parties)
    {
        foreach (var (phone, own) in parties)
        {
            var heard = phone.Heard().Last(2 * Second);
            foreach (var (_, hertz) in parties.Where(party => party.Hertz != own))
            {
                Ear.Hears(heard, hertz, 1.8 * Second, $"After the return the phone of {own} Hz");
                Ear.DoesNotHear(heard, own, hertz, $"After the return the phone of {own} Hz");
            }
        }
    }

    private async Task<string> Rooms() => (await lab.Hpd.Get("/api/rooms")).Text;

    private static string Roster(JsonElement room) => string.Join('\n', room.GetProperty("legs").EnumerateArray()
        .Select(leg => $"{leg.GetProperty("id")} {leg.GetProperty("party").GetRawText()} {leg.GetProperty("mode")} {leg.GetProperty("status")}"));
}
