using Interop.Bridges.Media.Legs;
using Xunit;

namespace Interop.Tests.Unit.Media;

public sealed class LentPhoneTests
{
    [Fact]
    public async Task A_phone_that_is_lent_to_be_listened_to_is_heard_and_hears_nothing_however_many_talk()
    {
        await using var rig = new MediaRig();
        var listener = await rig.AddPhoneAsync("listener");
        var lent = await rig.AddPhoneAsync("lent", mode: LegMode.Speak);
        var talker = await rig.AddPhoneAsync("talker");
        Tone low = new(400), high = new(1300);
        // Alone, so that packets would be passed on; then with the lent one beside it.
        rig.Ticks(60, () => talker.Send(low.Next()));
        rig.Ticks(100, () =>
        {
            talker.Send(low.Next());
            lent.Send(high.Next());
        });
        Assert.All(lent.Heard, sample => Assert.Equal(0, sample));
        Assert.InRange(Tone.AmplitudeOf(1300, listener.LastSecond()), 7000, 8300);
        Assert.InRange(Tone.AmplitudeOf(400, listener.LastSecond()), 7000, 8300);
        rig.Engine.SetMode(MediaRig.Room, "lent", LegMode.Talk);
        rig.Ticks(60, () => talker.Send(low.Next()));
        Assert.InRange(Tone.AmplitudeOf(400, lent.LastSecond()), 7000, 8300);
    }
}
