using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Sound;

namespace Interop.Tests.Interop.Held;

public sealed class LostPhoneLab() : LabFixture("lost-phone");

/// <summary>A phone that vanished is brought back; one that said goodbye is left alone.</summary>
[Collection(AloneCollection.Name)]
public sealed class LostPhoneFacts(LostPhoneLab lab) : IClassFixture<LostPhoneLab>
{
    private static readonly TimeSpan Noticed = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task A_dialled_phone_that_crashes_is_called_again_when_it_listens_again()
    {
        var caller = await lab.Phone("caller", 400);
        var dialled = await lab.Phone("dialled", 700);
        await caller.Call(lab.Hub.Sip("4201"));
        await lab.Hpd.Do("/api/rooms/4201/legs", new { uri = dialled.Uri });
        await dialled.Answered();
        await lab.Hpd.LegOf("4201", dialled.Uri, "up");

        await dialled.Crash();
        await lab.Hpd.LegOf("4201", dialled.Uri, "lost", Noticed);
        await dialled.Run();
        await dialled.Answered(limit: Noticed);
        await lab.Hpd.LegOf("4201", dialled.Uri, "up");
        await Until.Elapsed(TimeSpan.FromSeconds(2));

        Ear.Hears(caller.Heard().Last(TimeSpan.FromSeconds(1)), 700, TimeSpan.FromSeconds(0.9), "The caller, with the dialled phone back,");
    }

    [Fact]
    public async Task A_dialled_phone_that_hangs_up_is_not_rung_again()
    {
        var dialled = await lab.Phone("goodbye", 700);
        await lab.Hpd.Do("/api/rooms/4202/legs", new { uri = dialled.Uri });
        await dialled.Answered();
        await lab.Hpd.LegOf("4202", dialled.Uri, "up");

        await dialled.HangUp();
        await lab.Hpd.LegOf("4202", dialled.Uri, "gone");
        await Until.Elapsed(TimeSpan.FromSeconds(6));

        Assert.Equal(1, dialled.Calls);
        Assert.DoesNotContain(dialled.Events, happened => happened.Type == "CALL_INCOMING" && dialled.InCall);
    }
}
