using Interop.Tests.Peers;
using Interop.Tests.Peers.Browsers;
using Interop.Tests.Peers.Hub;
using Interop.Tests.Peers.Processes;

namespace Interop.Tests.Browser.Console;

/// <summary>Debian's Firefox and a real phone hear each other through the hub.</summary>
public sealed class FirefoxFacts
{
    private const string Voice = "document.querySelector('[data-voice]')?.dataset.voice";

    private static readonly TimeSpan s_enough = TimeSpan.FromSeconds(0.6);

    [Fact]
    public async Task Firefox_hears_a_phone_and_the_phone_hears_firefox_while_its_key_is_held()
    {
        Programs.Require("firefox-esr", "firefox-esr");
        var place = new Workplace("browser-firefox");
        (string, string)[] reach = Ports.OwnAddress is { } address
            ? [("Media__Bind", "0.0.0.0"), ("Media__AdvertisedAddress", $"127.0.0.0/8=127.0.0.1, 0.0.0.0/0={address}")]
            : [];
        await using var hub = await HubProcess.Start(place, LabProvisioning.Text(), reach);
        using var api = new HubApi(hub.Console, LabProvisioning.HpdToken);
        Assert.SkipUnless((await api.Get("/")).Status == System.Net.HttpStatusCode.OK, "The web client was not built (npm is missing).");
        await using var firefox = await Firefox.Start(place);
        await firefox.RunFirst($"() => {{ {PageEar.Watch} }}");
        await SignIn(firefox, hub);

        await firefox.Open(new Uri(hub.Console, "/rooms/4201"));
        await firefox.BecomesTrue("the button to listen", "[...document.querySelectorAll('button')].find((each) => each.textContent === 'Listen here')");
        await firefox.Value<object>("[...document.querySelectorAll('button')].find((each) => each.textContent === 'Listen here').click()");
        await firefox.BecomesTrue("Firefox to hear the room", $"{Voice} === 'heard'");

        await using var phone = await VoicePage.Phone(place, "engine15");
        await phone.Call(hub.Sip("4201"));
        PageTone? last = null;
        await Until.Found(
            "Firefox to hear the phone's tone",
            async () => (last = await firefox.Value<PageTone>(PageEar.Hears))!.Is(VoicePage.PhoneTone) ? "heard" : null,
            context: () => $"It heard {last}.");

        var before = phone.Heard().Length;
        await firefox.Key(" ", down: true);
        await firefox.BecomesTrue("TALK to light", "[...document.querySelectorAll('button[aria-pressed=true]')].some((each) => each.textContent === 'TALK')");
        await Until.True(
            "the phone to hear Firefox's tone",
            () => phone.Heard().From(before).Measure(VoicePage.BrowserTone).Present > s_enough,
            context: () => phone.Heard().From(before).Measure(VoicePage.BrowserTone).ToString());
        await firefox.Key(" ", down: false);
        await firefox.BecomesTrue("TALK to go dark", "![...document.querySelectorAll('button')].some((each) => each.textContent === 'TALK')");
    }

    private static async Task SignIn(Firefox firefox, HubProcess hub)
    {
        await firefox.Open(new Uri(hub.Console, "/"));
        var token = hub.SetupLink.Fragment[1..];
        var status = await firefox.Value<int>(
            $$"""
            fetch('/api/setup', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({
              token: '{{token}}', agency: { id: 'hpd' }, name: 'Dana Ortiz', email: '{{ConsoleLab.Email}}', password: '{{ConsoleLab.Password}}' }) })
              .then((answer) => answer.status)
            """);
        Assert.Equal(200, status);
    }
}
