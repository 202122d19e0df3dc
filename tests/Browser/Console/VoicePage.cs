using Interop.Tests.Peers;
using Interop.Tests.Peers.Phones;
using Interop.Tests.Peers.Sound;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Interop.Tests.Browser.Console;

/// <summary>What every fact of a page's voice does.</summary>
internal static class VoicePage
{
    /// <summary>What the phones of these facts say.</summary>
    public const double PhoneTone = 400;

    /// <summary>What the browser's microphone takes in.</summary>
    public const double BrowserTone = 1_000;

    private static readonly TimeSpan s_enough = TimeSpan.FromSeconds(0.6);

    /// <summary>The switch that gives Chromium a microphone with that tone, in pieces: a steady one is noise to it, and taken out.</summary>
    public static string Microphone(Workplace place)
    {
        var path = place.File("microphone.wav");
        var piece = TimeSpan.FromSeconds(0.3);
        ToneFile.WriteWav(path, ToneFile.SamplesAt(48_000, new Stretch(BrowserTone, piece), new Stretch(null, piece)), 48_000);
        return $"--use-file-for-fake-audio-capture={path}";
    }

    /// <summary>A phone that says its tone for as long as a fact lasts.</summary>
    public static Task<Baresip> Phone(Workplace place, string name) => Baresip.Start(
        place, new PhonePlan(name, ToneFile.Samples(new Stretch(null, TimeSpan.FromSeconds(1)), new Stretch(PhoneTone, TimeSpan.FromSeconds(180)))));

    /// <summary>Opens a room in the console, and gives its dial code.</summary>
    public static async Task<string> OpenRoom(IPage page, string title)
    {
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open a room", Exact = true }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Title").FillAsync(title);
        await dialog.GetByLabel("Type").First.FillAsync("Shooting");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Open the room", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = title })).ToBeVisibleAsync();
        await page.WaitForURLAsync("**/rooms/*");
        return new Uri(page.Url).Segments[^1].Trim('/');
    }

    /// <summary>Opens a room and listens to it.</summary>
    public static async Task<string> Listen(IPage page, string title)
    {
        await page.AddInitScriptAsync(PageEar.Watch);
        var room = await OpenRoom(page, title);
        await page.GetByRole(AriaRole.Button, new() { Name = "Listen here" }).ClickAsync();
        await Expect(page.Locator("[data-voice='heard']")).ToBeVisibleAsync();
        return room;
    }

    /// <summary>Waits until the page hears the phone's tone.</summary>
    public static async Task HearsPhone(IPage page, TimeSpan? limit = null)
    {
        var last = new PageTone(0, 0);
        await Until.Found(
            "the page to hear the phone's tone",
            async () => (last = await PageEar.Ask<PageTone>(page, PageEar.Hears)).Is(PhoneTone) ? "heard" : null,
            limit,
            () => $"It heard {last}.");
    }

    /// <summary>Holds the space bar until the phone has heard the browser's tone.</summary>
    public static async Task IsHeardBy(IPage page, IPhone phone)
    {
        var key = page.GetByRole(AriaRole.Region, new() { Name = "Your voice" }).Locator("button[aria-pressed]");
        await page.Locator("body").ClickAsync(new() { Position = new() { X = 2, Y = 2 } });
        var before = phone.Heard().Length;
        await page.Keyboard.DownAsync("Space");
        await Expect(key).ToHaveTextAsync("TALK");
        await Until.True(
            "the phone to hear the browser's tone",
            () => phone.Heard().From(before).Measure(BrowserTone).Present > s_enough,
            context: () => phone.Heard().From(before).Measure(BrowserTone).ToString());
        await page.Keyboard.UpAsync("Space");
        await Expect(key).Not.ToHaveTextAsync("TALK");
    }
}
