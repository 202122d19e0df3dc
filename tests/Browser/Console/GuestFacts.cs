using Interop.Tests.Peers;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Interop.Tests.Browser.Console;

/// <summary>Somebody without an account follows a link in a real Chromium.</summary>
public sealed class GuestFacts(ConsoleLab lab) : IClassFixture<ConsoleLab>
{
    [Fact]
    public Task A_guest_comes_by_link_sees_writes_and_talks_outlives_a_reload_and_is_out_when_the_link_is_withdrawn() => lab.SignedIn("guest-host", async page =>
    {
        var room = await VoicePage.OpenRoom(page, "Barricade at Park Street");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a link" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("For whom").FillAsync("Incident commander");
        await dialog.GetByLabel("What for").FillAsync("Your decision on entry");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Make the link" }).ClickAsync();
        var shown = page.GetByLabel("Link", new() { Exact = true });
        var address = await shown.InputValueAsync();
        await Expect(page.GetByText("The link as a QR code")).ToBeAttachedAsync();
        await page.Keyboard.PressAsync("Escape");

        await lab.SignedOut("guest", async guest =>
        {
            await guest.GotoAsync(address);
            await Expect(guest.GetByRole(AriaRole.Heading, new() { Name = "asks you in" })).ToBeVisibleAsync();
            await Expect(guest.GetByText("Your decision on entry")).ToBeVisibleAsync();
            await Expect(guest.GetByText("Barricade")).Not.ToBeVisibleAsync();
            await guest.GetByLabel("Your name").FillAsync("Jo Park");
            await guest.GetByRole(AriaRole.Button, new() { Name = "Accept and go in" }).ClickAsync();
            await Expect(guest.GetByRole(AriaRole.Heading, new() { Name = "Barricade at Park Street" })).ToBeVisibleAsync();

            await guest.GetByLabel("Write to the room").FillAsync("On my way");
            await guest.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Log).GetByText("On my way")).ToBeVisibleAsync();

            await guest.ReloadAsync();
            await Expect(guest.GetByRole(AriaRole.Log).GetByText("On my way")).ToBeVisibleAsync();
            await guest.GetByRole(AriaRole.Button, new() { Name = "Listen here" }).ClickAsync();
            await Expect(guest.Locator("[data-voice='heard']")).ToBeVisibleAsync();
            await guest.Locator("body").ClickAsync(new() { Position = new() { X = 2, Y = 2 } });
            await guest.Keyboard.DownAsync("Space");
            await Expect(guest.GetByRole(AriaRole.Region, new() { Name = "Your voice" }).Locator("button[aria-pressed]")).ToHaveTextAsync("TALK");
            var leg = page.Locator("li[data-leg]", new() { HasText = "Jo Park (by link of Dana Ortiz)" });
            await Expect(leg.GetByLabel("Talking")).ToBeVisibleAsync();
            await guest.Keyboard.UpAsync("Space");

            await page.GetByRole(AriaRole.Button, new() { Name = "Withdraw the link for Incident commander" }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Withdraw", Exact = true }).Last.ClickAsync();
            await Expect(guest.GetByRole(AriaRole.Heading, new() { Name = "Your visit is over" })).ToBeVisibleAsync();
            await lab.Api.LegOf(room, "Jo Park (by link of Dana Ortiz)", "gone");
            await guest.ReloadAsync();
            await Expect(guest.GetByText("This link cannot be used")).ToBeVisibleAsync();
        });
    });
}
