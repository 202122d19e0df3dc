using System.Net;
using Interop.Bridges.Media;
using Interop.Bridges.Media.Legs;
using Interop.Bridges.Media.Prompts;
using Interop.Bridges.Media.Sockets;
using Xunit;

namespace Interop.Tests.Unit.Media;

public sealed class PromptTests
{
    private static readonly PromptAudio s_prompt = new(new Tone(1000, 3000).Next(4000));

    [Fact]
    public async Task A_leg_on_hold_hears_the_prompt_alone_and_nobody_else_does()
    {
        await using var rig = new MediaRig();
        var asked = await rig.AddPhoneAsync("asked", mode: LegMode.Hold);
        var talker = await rig.AddPhoneAsync("talker");
        var voice = new Tone(400);
        var playing = rig.Engine.PlayAsync(MediaRig.Room, "asked", [s_prompt, s_prompt]);
        rig.Ticks(50, () =>
        {
            talker.Send(voice.Next());
            asked.Send(new Tone(2000).Next());
        });
        Assert.Equal(PromptEnd.Played, await playing.WaitAsync(TimeSpan.FromSeconds(5)));
        Assert.InRange(Tone.AmplitudeOf(1000, [.. asked.Heard.Take(4000)]), 2900, 3100);
        Assert.InRange(Tone.AmplitudeOf(1000, [.. asked.Heard.Skip(4000).Take(4000)]), 2900, 3100);
        Assert.InRange(Tone.AmplitudeOf(400, [.. asked.Heard]), 0, 20);
        Assert.InRange(Tone.AmplitudeOf(1000, [.. talker.Heard]), 0, 20);
        Assert.InRange(Tone.AmplitudeOf(2000, [.. talker.Heard]), 0, 20);
    }

    [Fact]
    public async Task A_leg_in_the_room_hears_the_prompt_over_the_room_which_goes_on_twelve_decibels_down()
    {
        await using var rig = new MediaRig();
        var a = await rig.AddPhoneAsync("a");
        var b = await rig.AddPhoneAsync("b");
        Tone low = new(400), own = new(2000);
        void Talk()
        {
            b.Send(low.Next());
            a.Send(own.Next());
        }

        rig.Ticks(20, Talk);
        a.Heard.Clear();
        var playing = rig.Engine.PlayAsync(MediaRig.Room, "a", [PromptAudio.Silence(TimeSpan.FromMilliseconds(40)), s_prompt]);
        rig.Ticks(40, Talk);
        Assert.Equal(PromptEnd.Played, await playing.WaitAsync(TimeSpan.FromSeconds(5)));
        short[] during = [.. a.Heard.Skip(480).Take(3200)], after = [.. a.Heard.TakeLast(1600)];
        Assert.InRange(Tone.AmplitudeOf(1000, during), 2900, 3100);
        Assert.InRange(Tone.AmplitudeOf(400, during), 1950, 2050);
        Assert.InRange(Tone.AmplitudeOf(2000, during), 0, 30);
        Assert.InRange(Tone.AmplitudeOf(400, after), 7800, 8200);
    }

    [Fact]
    public async Task A_prompt_ends_when_it_is_cancelled_replaced_or_its_leg_closes_and_radios_take_none()
    {
        await using var rig = new MediaRig();
        var a = await rig.AddPhoneAsync("a");
        using var cancel = new CancellationTokenSource();
        var cancelled = rig.Engine.PlayAsync(MediaRig.Room, "a", [s_prompt], cancel.Token);
        rig.Ticks(5);
        await cancel.CancelAsync();
        a.Heard.Clear();
        rig.Ticks(5);
        Assert.Equal(PromptEnd.Cut, await cancelled.WaitAsync(TimeSpan.FromSeconds(5)));
        Assert.All(a.Heard, sample => Assert.Equal(0, sample));

        var replaced = rig.Engine.PlayAsync(MediaRig.Room, "a", [s_prompt]);
        rig.Ticks(5);
        var closed = rig.Engine.PlayAsync(MediaRig.Room, "a", [s_prompt]);
        rig.Ticks(5);
        Assert.Equal(PromptEnd.Cut, await replaced.WaitAsync(TimeSpan.FromSeconds(5)));
        rig.Engine.Close(MediaRig.Room, "a");
        rig.Ticks(1);
        Assert.Equal(PromptEnd.Gone, await closed.WaitAsync(TimeSpan.FromSeconds(5)));

        IPEndPoint receive = new(IPAddress.Parse("10.0.0.9"), 5004), gateway = new(IPAddress.Parse("10.0.1.9"), 5004);
        Assert.Null(await rig.Engine.OpenRadioAsync(MediaRig.Room, "radio", new RadioSettings { Receive = receive, Transmit = gateway }));
        Assert.Equal(PromptEnd.Refused, await rig.Engine.PlayAsync(MediaRig.Room, "radio", [s_prompt]));
        Assert.Equal(PromptEnd.Refused, await rig.Engine.PlayAsync(MediaRig.Room, "nobody", [s_prompt]));
        Assert.Equal(PromptEnd.Refused, await rig.Engine.PlayAsync(MediaRig.Room, "a", [.. Enumerable.Repeat(s_prompt, 129)]));
    }

    [Fact]
    public async Task A_prompt_waits_until_the_phone_can_be_sent_to()
    {
        await using var rig = new MediaRig();
        Assert.NotNull(await rig.Engine.OpenPhoneAsync(MediaRig.Room, "late", new PhoneSettings { Mode = LegMode.Hold }));
        var playing = rig.Engine.PlayAsync(MediaRig.Room, "late", [s_prompt]);
        rig.Ticks(50);
        Assert.False(playing.IsCompleted);
        var phone = new FarEnd(rig.Network, new IPEndPoint(IPAddress.Parse("10.0.0.1"), 4000));
        rig.Engine.SetRemote(MediaRig.Room, "late", MediaRig.RemoteOf(phone));
        rig.Ticks(30);
        phone.Receive();
        Assert.Equal(PromptEnd.Played, await playing.WaitAsync(TimeSpan.FromSeconds(5)));
        Assert.InRange(Tone.AmplitudeOf(1000, [.. phone.Heard.Take(4000)]), 2900, 3100);
    }
}
