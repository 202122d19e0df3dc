using Interop.Tests.Peers;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Interop.Tests.Browser.Console;

/// <summary>A hub whose pages have a microphone with a tone in it.</summary>
public sealed class RestartLab : ConsoleLab
{
    /// <inheritdoc />
    protected override IEnumerable<string> MoreFlags => [VoicePage.Microphone(Place)];
}

/// <summary>A hub is killed while a page is in voice, and the page comes back without anybody's hand.</summary>
public sealed class RestartFacts(RestartLab lab) : IClassFixture<RestartLab>
{
    private static readonly TimeSpan s_back = TimeSpan.FromSeconds(45);

    [Fact]
    public Task A_page_whose_hub_was_killed_is_in_the_rooms_voice_again_by_itself() => lab.SignedIn("restart", async page =>
    {
        var room = await VoicePage.Listen(page, "Through a power cut");
        await using (var before = await VoicePage.Phone(lab.Place, "engine13"))
        {
            await before.Call(lab.Hub.Sip(room));
            await VoicePage.HearsPhone(page);
            await VoicePage.IsHeardBy(page, before);
        }

        await lab.Hub.Kill();
        await Expect(page.Locator("[data-voice='heard']")).ToHaveCountAsync(0, new() { Timeout = (float)s_back.TotalMilliseconds });
        await lab.Hub.StartAgain();
        await Expect(page.Locator("[data-voice='heard']")).ToBeVisibleAsync(new() { Timeout = (float)s_back.TotalMilliseconds });

        await using var after = await VoicePage.Phone(lab.Place, "engine14");
        await after.Call(lab.Hub.Sip(room));
        await VoicePage.HearsPhone(page);
        await VoicePage.IsHeardBy(page, after);
    });
}
