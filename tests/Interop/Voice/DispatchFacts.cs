using System.Net;
using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Phones;
using Interop.Tests.Peers.Sound;

namespace Interop.Tests.Interop.Voice;

public sealed class DispatchLab() : LabFixture("dispatch");

/// <summary>What a dispatcher does to a leg is what the others hear.</summary>
[Collection(AloneCollection.Name)]
public sealed class DispatchFacts(DispatchLab lab) : IClassFixture<DispatchLab>
{
    private static readonly TimeSpan Run = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_phone_that_the_room_dials_hears_the_room_and_is_heard()
    {
        var caller = await lab.Phone("caller", 400);
        var dialled = await lab.Phone("dialled", 700);
        await caller.Call(lab.Hub.Sip("4201"));

        var leg = await lab.Hpd.Do("/api/rooms/4201/legs", new { uri = dialled.Uri, name = "On call" });
        await dialled.Answered();
        await lab.Hpd.LegOf("4201", dialled.Uri, "up");
        await Until.Elapsed(Run);
        var heard = await Task.WhenAll(caller.Finish(), dialled.Finish());

        Assert.True(leg.GetProperty("dialled").GetBoolean());
        Ear.Hears(heard[0], 700, Settled, "The caller");
        Ear.Hears(heard[1], 400, Settled, "The dialled phone");
        Ear.DoesNotHear(heard[1], 700, 400, "The dialled phone");
    }

    [Fact]
    public async Task A_muted_leg_a_listener_and_a_dropped_leg_are_no_longer_heard()
    {
        var first = await lab.Phone("first", 400);
        var second = await lab.Phone("second", 700);
        var third = await lab.Phone("third", 1_000);
        foreach (var phone in new[] { first, second, third })
            await phone.Call(lab.Hub.Sip("4202"));

        await SetMode("first", "muted");
        await Until.Elapsed(Run);
        Ear.DoesNotHear(third.Heard().Last(Settled), 400, 700, "The third phone, with the first one muted");

        await SetMode("first", "talk");
        await SetMode("second", "listen");
        await Until.Elapsed(Run);
        Ear.DoesNotHear(third.Heard().Last(Settled), 700, 400, "The third phone, with the second one listening");
        Ear.Hears(second.Heard().Last(Settled), 1_000, Settled * 0.9, "The listening phone");

        var dropped = await lab.Hpd.Delete($"/api/rooms/4202/legs/{await Id("first")}");
        await first.Closed();
        await lab.Hpd.LegOf("4202", "first", "gone");
        await Until.Elapsed(Run);
        Ear.HearsNone(third.Heard().Last(Settled), 400, "The third phone, with the first one dropped");
        Assert.Equal(HttpStatusCode.NoContent, dropped.Status);
        Assert.Equal(1, first.Calls);
    }

    [Fact]
    public async Task A_closed_room_lets_its_callers_go_only_after_the_time_to_undo()
    {
        var phone = await lab.Phone("held", 400);
        var room = (await lab.Hpd.Do("/api/rooms", new { title = "Soon over", type = "drill", admits = new[] { "trunk:lab" } }))
            .GetProperty("code").GetString()!;
        await phone.Call(lab.Hub.Sip(room));

        await lab.Hpd.Do($"/api/rooms/{room}/close", new { reason = "mistake" });
        var closing = await lab.Hpd.Room(room);
        await lab.Hpd.Do($"/api/rooms/{room}/reopen", new { });
        var reopened = await lab.Hpd.Room(room);
        Assert.True(phone.InCall, "The call must outlive a closing that is undone.");
        await lab.Hpd.Do($"/api/rooms/{room}/close", new { reason = "over" });
        await phone.Closed(TimeSpan.FromSeconds(20));

        Assert.Equal("closing", closing.GetProperty("state").GetString());
        Assert.Equal("open", reopened.GetProperty("state").GetString());
    }

    private async Task SetMode(string phone, string mode)
    {
        var answer = await lab.Hpd.Patch($"/api/rooms/4202/legs/{await Id(phone)}", new { mode });
        Assert.True(answer.Status == HttpStatusCode.OK, $"Making {phone} {mode} was answered {(int)answer.Status}: {answer.Text}");
    }

    private async Task<string> Id(string phone) => (await lab.Hpd.LegOf("4202", phone, "up")).GetProperty("id").GetString()!;
}
