using System.Text.RegularExpressions;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Phones;
using Interop.Tests.Peers.Sound;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Interop.Tests.Browser.Console;

/// <summary>A dispatcher's work in the console, with real phones in the rooms.</summary>
public sealed partial class ConsoleFacts(ConsoleLab lab) : IClassFixture<ConsoleLab>
{
    [Fact]
    public Task The_first_administrator_signs_in_again_by_password_and_sees_live_state() => lab.SignedOut("sign-in", async page =>
    {
        await page.GotoAsync("/");
        await page.GetByLabel("E-mail").FillAsync(ConsoleLab.Email);
        await page.GetByLabel("Password").First.FillAsync("not this one at all");
        await Button(page, "Sign in").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert).First).ToBeVisibleAsync();

        await page.GetByLabel("Password").First.FillAsync(ConsoleLab.Password);
        await Button(page, "Sign in").ClickAsync();

        await Expect(page.GetByText("Dana Ortiz")).ToBeVisibleAsync();
        await Expect(page.GetByText("Live", new() { Exact = true })).ToBeVisibleAsync();
    });

    [Fact]
    public Task The_one_time_link_works_once() => lab.SignedOut("link-twice", async page =>
    {
        await page.GotoAsync(lab.Hub.SetupLink.ToString());
        await page.GetByLabel("Agency").FillAsync("Somebody Else");
        await page.GetByLabel("Short id").FillAsync("else");
        await page.GetByLabel("Your name").FillAsync("Somebody");
        await page.GetByLabel("E-mail").FillAsync("somebody@else.example");
        await page.GetByLabel("Password").First.FillAsync(ConsoleLab.Password);
        await page.GetByLabel("Password, once more").FillAsync(ConsoleLab.Password);
        await Button(page, "Set up and go in").ClickAsync();

        await Expect(page.GetByRole(AriaRole.Alert).First).ToBeVisibleAsync();
        await Expect(Button(page, "Sign out")).ToHaveCountAsync(0);
    });

    [Fact]
    public Task A_dispatcher_opens_a_room_sees_a_caller_talk_and_mutes_it() => lab.SignedIn("talk", async page =>
    {
        var room = await OpenRoom(page, "Albany Avenue");
        await using var phone = await Baresip.Start(
            lab.Place,
            new PhonePlan("engine7", ToneFile.Samples(new Stretch(null, TimeSpan.FromSeconds(2)), new Stretch(400, TimeSpan.FromSeconds(120)))));

        await phone.Call(lab.Hub.Sip(room));
        var row = page.Locator("li[data-leg]", new() { HasText = "engine7" });
        await Expect(row).ToHaveAttributeAsync("data-status", "up");
        await Expect(row.GetByLabel("Talking")).ToBeVisibleAsync();

        await Button(row, "Muted").ClickAsync();
        await Expect(Button(row, "Muted")).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(row.GetByLabel("Silent")).ToBeVisibleAsync();

        await phone.HangUp();
        await Expect(row).ToHaveCountAsync(0);
        await Expect(page.GetByText("1 gone")).ToBeVisibleAsync();
    });

    [Fact]
    public Task A_line_goes_to_the_phone_and_the_phones_line_comes_back() => lab.SignedIn("chat", async page =>
    {
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "First standing room" }).ClickAsync();
        await using var phone = await Sipp.Start(
            lab.Place, "chatting", Scripts.Chatting("Stage at Albany and Garden", "Copy, staging"), lab.Hub.SipAddress, new SippPlan("4201"));
        await Expect(page.Locator("li[data-leg]", new() { HasText = "engine7" })).ToHaveAttributeAsync("data-status", "up");

        await page.GetByLabel("Write to the room").FillAsync("Stage at Albany and Garden");
        await Button(page, "Send").ClickAsync();

        var chat = page.GetByRole(AriaRole.Log);
        await Expect(chat.GetByText("Stage at Albany and Garden")).ToBeVisibleAsync();
        await phone.Succeeded(2 * Until.Soon);
        await Expect(chat.GetByText("Copy, staging")).ToBeVisibleAsync();
        Assert.Contains("Stage at Albany and Garden", phone.Messages, StringComparison.Ordinal);
    });

    [Fact]
    public Task An_alert_opens_a_room_that_appears_in_the_list() => lab.SignedIn("alert", async page =>
    {
        await page.GotoAsync("/");
        var listed = page.GetByRole(AriaRole.Link, new() { Name = "Shots fired: Barbour and Capen" });
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "First standing room" })).ToBeVisibleAsync();
        await Expect(listed).ToHaveCountAsync(0);

        await lab.Api.Do("/api/alerts", new { source = "shotspotter", id = "browser-1", @event = "gunshot", headline = "Nine shots", areaDesc = "Barbour and Capen" });

        await Expect(listed).ToBeVisibleAsync();
        await listed.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Shots fired: Barbour and Capen" })).ToBeVisibleAsync();
        await Expect(page.GetByText("Nine shots").First).ToBeVisibleAsync();
    });

    [Fact]
    public Task A_room_is_closed_after_asking_twice_and_the_closing_can_be_undone() => lab.SignedIn("close", async page =>
    {
        var room = await OpenRoom(page, "Opened by mistake");

        await Button(page, "Close room").ClickAsync();
        await page.GetByLabel("Reason").FillAsync("mistake");
        await Button(page, "Close the room").ClickAsync();
        await Expect(page.GetByText("This room is closing.")).ToBeVisibleAsync();
        await Button(page, "Undo: keep it open").ClickAsync();

        await Expect(page.GetByText("This room is closing.")).ToHaveCountAsync(0);
        Assert.Equal("open", (await lab.Api.Room(room)).GetProperty("state").GetString());
    });

    /// <summary>Opens a room in the dialog, and gives its dial code.</summary>
    private static async Task<string> OpenRoom(IPage page, string title)
    {
        await page.GotoAsync("/");
        await Button(page, "Open a room").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Title").FillAsync(title);
        await dialog.GetByLabel("Type").First.FillAsync("Shooting");
        await Button(dialog, "Open the room").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = title })).ToBeVisibleAsync();
        await page.WaitForURLAsync(RoomAddress());
        return RoomAddress().Match(page.Url).Groups["code"].Value;
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator Button(ILocator within, string name) => within.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    [GeneratedRegex(@"/rooms/(?<code>\d+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex RoomAddress();
}
