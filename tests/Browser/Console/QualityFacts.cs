using Interop.Tests.Peers;
using Interop.Tests.Peers.Phones;
using Interop.Tests.Peers.Sound;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Interop.Tests.Browser.Console;

/// <summary>What a dispatcher reads of voices, and how one is made quieter.</summary>
public sealed class QualityFacts(ConsoleLab lab) : IClassFixture<ConsoleLab>
{
    // Reports of a phone come every few seconds, and a direction is dead only after ten.
    private const float Patience = 60_000;

    [Fact]
    public Task A_healthy_voice_a_dead_one_and_a_gain_are_told_in_words() => lab.SignedIn("quality", async page =>
    {
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "First standing room" }).ClickAsync();
        await using var phone = await Baresip.Start(lab.Place, new PhonePlan("engine7", ToneFile.Samples(new Stretch(400, TimeSpan.FromSeconds(120)))));
        await phone.Call(lab.Hub.Sip("4201"));
        var script = SippScript.Caller("ladder3", "Ladder 3").Invite(SippScript.Sdp()).MayReceive(100, 180).Receive(200).Ack().Wait(TimeSpan.FromSeconds(100)).HangUp();
        await using var mute = await Sipp.Start(lab.Place, "no-sound", script, lab.Hub.SipAddress, new SippPlan("4201"));

        var heard = page.Locator("li[data-leg]", new() { HasText = "engine7" });
        await Expect(heard.GetByText("Voice good")).ToBeVisibleAsync(new() { Timeout = Patience });
        await heard.GetByText("Voice good").ClickAsync();
        await Expect(heard.GetByText("The room hears them.")).ToBeVisibleAsync();
        await Expect(heard.GetByText("They hear the room: their phone reports that our sound arrives.")).ToBeVisibleAsync(new() { Timeout = Patience });

        var dead = page.Locator("li[data-leg]", new() { HasText = "Ladder 3" });
        await Expect(dead.GetByText("The room does not hear Ladder 3. No sound arrives from their phone.")).ToBeVisibleAsync(new() { Timeout = Patience });
        await Expect(dead).ToHaveAttributeAsync("data-status", "up");

        await heard.GetByRole(AriaRole.Button, new() { Name = "Quieter: " }).ClickAsync();
        await Expect(heard.GetByText("−3 dB", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Contains("\"gain\":-3", (await lab.Api.Room("4201")).GetProperty("legs").GetRawText(), StringComparison.Ordinal);
    });
}
