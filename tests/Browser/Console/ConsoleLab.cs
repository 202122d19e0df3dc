using Interop.Tests.Peers;
using Interop.Tests.Peers.Hub;
using Interop.Tests.Peers.Processes;
using Microsoft.Playwright;

namespace Interop.Tests.Browser.Console;

/// <summary>A real hub with its web client, set up through the one-time link in Debian's Chromium.</summary>
public class ConsoleLab : IAsyncLifetime
{
    /// <summary>Each class of facts has a lab of its own, beside the others.</summary>
    private static int s_made;

    /// <summary>The first administrator's sign-in name.</summary>
    public const string Email = "dispatcher@hartford.example";

    /// <summary>The first administrator's password.</summary>
    public const string Password = "a long pass phrase for tests";

    private static readonly string[] Flags =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        // A microphone that beeps, nobody to ask for it, and the hub on the loopback where there may be no other interface.
        "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", "--allow-loopback-in-peer-connection",
    ];

    private HubProcess? _hub;
    private HubApi? _api;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private string? _session;
    private string? _missing;

    /// <summary>Where the files of these facts are.</summary>
    public Workplace Place { get; } = new($"browser-{Interlocked.Increment(ref s_made)}");

    /// <summary>The hub.</summary>
    public HubProcess Hub => _hub!;

    /// <summary>Where the pages find the console.</summary>
    protected virtual Uri Console => Hub.Console;

    /// <summary>What the browser's environment has besides; null for nothing.</summary>
    protected virtual IReadOnlyDictionary<string, string>? Environment => null;

    /// <summary>Chromium's switches beside the usual.</summary>
    protected virtual IEnumerable<string> MoreFlags => [];

    /// <summary>The API as a dispatcher of the same agency.</summary>
    public HubApi Api => _api!;

    /// <summary>Starts the hub and what it needs.</summary>
    /// <returns>Null when there is a hub; otherwise why these facts are skipped.</returns>
    protected virtual async Task<string?> StartHub(Action<HubProcess> started)
    {
        started(await HubProcess.Start(Place, LabProvisioning.Text()));
        return null;
    }

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        _missing = await StartHub(hub => _hub = hub);
        if (_missing is not null)
            return;
        _api = new HubApi(Hub.Console, LabProvisioning.HpdToken);
        _missing = await Missing();
        if (_missing is not null)
            return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Programs.Find("chromium"), Args = [.. Flags, .. MoreFlags], Env = Environment });
        await InPage("set-up", session: null, SetUp);
    }

    /// <summary>Runs steps in a page of somebody who is signed in; a failure leaves its picture in TestResults.</summary>
    public Task SignedIn(string fact, Func<IPage, Task> steps) => InPage(fact, _session, steps);

    /// <summary>Runs steps in a page of nobody in particular.</summary>
    public Task SignedOut(string fact, Func<IPage, Task> steps) => InPage(fact, session: null, steps);

    /// <inheritdoc />
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        _api?.Dispose();
        if (_hub is not null)
            await _hub.DisposeAsync();
    }

    private async Task<string?> Missing()
    {
        if (Programs.Find("chromium") is null)
            return "chromium is not installed (Debian package chromium).";
        return (await Api.Get("/")).Status == System.Net.HttpStatusCode.OK ? null : "The web client was not built (npm is missing).";
    }

    private async Task InPage(string fact, string? session, Func<IPage, Task> steps)
    {
        if (_missing is not null)
            Assert.Skip(_missing);
        await using var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = Console.ToString(),
            StorageState = session,
            ViewportSize = new() { Width = 1_600, Height = 1_000 },
        });
        context.SetDefaultTimeout((float)Until.Soon.TotalMilliseconds);
        var page = await context.NewPageAsync();
        try
        {
            await steps(page);
        }
        catch
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(Built.TestResults, $"browser-{fact}.png"), FullPage = true });
            throw;
        }
    }

    private async Task SetUp(IPage page)
    {
        await page.GotoAsync(new Uri(Console, Hub.SetupLink.PathAndQuery + Hub.SetupLink.Fragment).ToString());
        await page.GetByLabel("Agency").FillAsync("Hartford Police Department");
        await page.GetByLabel("Short id").FillAsync("hpd");
        await page.GetByLabel("Your name").FillAsync("Dana Ortiz");
        await page.GetByLabel("E-mail").FillAsync(Email);
        await page.GetByLabel("Password", new() { Exact = false }).First.FillAsync(Password);
        await page.GetByLabel("Password, once more").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set up and go in" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sign out" })).ToBeVisibleAsync();
        _session = await page.Context.StorageStateAsync();
    }
}
