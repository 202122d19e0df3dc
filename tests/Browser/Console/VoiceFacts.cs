using Interop.Tests.Peers;
using Interop.Tests.Peers.Phones;
using Interop.Tests.Peers.Sound;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Interop.Tests.Browser.Console;

/// <summary>A real Chromium and a real phone hear each other through the hub.</summary>
public sealed class VoiceFacts(ConsoleLab lab) : IClassFixture<ConsoleLab>
{
    private const double PhoneTone = 400;

    /// <summary>Keeps the page's connections where a test can ask them what they hear; headless, there is no sound device to listen at.</summary>
    private const string Watch = """
        const Real = window.RTCPeerConnection;
        window.peers = [];
        window.RTCPeerConnection = class extends Real { constructor(...all) { super(...all); window.peers.push(this); } };
        """;

    private const string Energy = """
        async () => {
          let energy = 0;
          for (const peer of window.peers)
            for (const stat of (await peer.getStats()).values())
              if (stat.type === 'inbound-rtp' && stat.kind === 'audio') energy += stat.totalAudioEnergy ?? 0;
          return energy;
        }
        """;

    [Fact]
    public Task A_browser_hears_a_phone_and_the_phone_hears_the_browser_while_its_key_is_held() => lab.SignedIn("voice", async page =>
    {
        await page.AddInitScriptAsync(Watch);
        var room = await VoicePage.OpenRoom(page, "Voices at Albany Avenue");
        await page.GetByRole(AriaRole.Button, new() { Name = "Listen here" }).ClickAsync();
        await Expect(page.Locator("[data-voice='heard']")).ToBeVisibleAsync();
        var own = page.Locator("li[data-leg]", new() { HasText = "Dana Ortiz" });
        await Expect(own).ToHaveAttributeAsync("data-status", "up");

        await using var phone = await Baresip.Start(
            lab.Place, new PhonePlan("engine9", ToneFile.Samples(new Stretch(null, TimeSpan.FromSeconds(1)), new Stretch(PhoneTone, TimeSpan.FromSeconds(4)), new Stretch(null, TimeSpan.FromSeconds(120)))));
        await phone.Call(lab.Hub.Sip(room));
        await Until.Found("the browser to hear the phone's tone", async () => await page.EvaluateAsync<double>(Energy) > 0.01 ? "heard" : null);
        await Expect(page.Locator("li[data-leg]", new() { HasText = "engine9" }).GetByLabel("Silent")).ToBeVisibleAsync();
        Assert.True(phone.Heard().Sounding < TimeSpan.FromSeconds(0.2), "the phone heard the browser before its key was held");

        var key = page.GetByRole(AriaRole.Region, new() { Name = "Your voice" }).Locator("button[aria-pressed]");
        await page.Locator("body").ClickAsync(new() { Position = new() { X = 2, Y = 2 } });
        await page.Keyboard.DownAsync("Space");
        await Expect(key).ToHaveTextAsync("TALK");
        await Expect(own.GetByLabel("Talking")).ToBeVisibleAsync();
        await Until.True("the phone to hear the browser's beeps", () => phone.Heard().Sounding > TimeSpan.FromSeconds(0.3), context: () => phone.Heard().Sounding.ToString());

        await page.Keyboard.UpAsync("Space");
        await Expect(key).Not.ToHaveTextAsync("TALK");
        await Expect(own.GetByLabel("Silent")).ToBeVisibleAsync();
    });

    [Fact]
    public Task A_browser_whose_page_is_left_has_left_the_room() => lab.SignedIn("voice-left", async page =>
    {
        var room = await VoicePage.OpenRoom(page, "A page is left");
        await page.GetByRole(AriaRole.Button, new() { Name = "Listen here" }).ClickAsync();
        await lab.Api.LegOf(room, "Dana Ortiz", "up");
        await page.GotoAsync("about:blank");
        await lab.Api.LegOf(room, "Dana Ortiz", "gone");
    });

}
