using System.Net;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Hub;
using Interop.Tests.Peers.Processes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Interop.Tests.Browser.Console;

/// <summary>A hub with a certificate of its local authority, at an address of this machine's network, and a Chromium that trusts that authority.</summary>
public sealed class SecureLab : ConsoleLab
{
    /// <summary>The address without TLS, at the same place.</summary>
    public Uri Plain => Hub.Consoles[2];

    /// <summary>The address with it.</summary>
    public Uri Secure => Hub.Consoles[1];

    /// <inheritdoc />
    protected override Uri Console => Secure;

    /// <inheritdoc />
    protected override IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string> { ["HOME"] = Place.File("home"), ["PATH"] = System.Environment.GetEnvironmentVariable("PATH")! };

    /// <inheritdoc />
    protected override IEnumerable<string> MoreFlags => [VoicePage.Microphone(Place)];

    /// <inheritdoc />
    protected override async Task<string?> StartHub(Action<HubProcess> started)
    {
        if (Ports.OwnAddress is not { } address)
            return "This machine has no address but the loopback, where every page is secure.";
        if (Programs.Find("certutil") is null)
            return "certutil is not installed (Debian package libnss3-tools).";
        var (code, printed) = await HubProcess.CommandBefore(Place, "authority", "create");
        Assert.True(code == 0 && printed.Contains($"  {address}\n", StringComparison.Ordinal), printed);
        await Trust(Path.Combine(Place.Folder("data"), "authority", "authority.pem"));
        started(await HubProcess.Start(
            Place,
            LabProvisioning.Text(),
            ("ASPNETCORE_URLS", $"http://127.0.0.1:{Ports.One()};https://{address}:{Ports.One()};http://{address}:{Ports.One()}"),
            ("Console__Tls__Certificate", "local"),
            ("Media__Bind", "0.0.0.0"),
            ("Media__AdvertisedAddress", $"127.0.0.0/8=127.0.0.1, 0.0.0.0/0={address}")));
        return null;
    }

    /// <summary>As docs/browser-voice.md says it for Chromium on Linux.</summary>
    private async Task Trust(string authority)
    {
        var database = Directory.CreateDirectory(Path.Combine(Place.File("home"), ".pki", "nssdb")).FullName;
        await Certutil("-d", $"sql:{database}", "-N", "--empty-password");
        await Certutil("-d", $"sql:{database}", "-A", "-t", "C,,", "-n", "interop", "-i", authority);
    }

    private async Task Certutil(params string[] arguments)
    {
        await using var process = PeerProcess.Start("certutil", "certutil", arguments, Place.Path);
        Assert.True(await process.Exited(Until.Soon) == 0, process.Tail);
    }
}

/// <summary>Away from the hub's own machine a browser gives its microphone to https alone.</summary>
public sealed class SecureVoiceFacts(SecureLab lab) : IClassFixture<SecureLab>
{
    [Fact]
    public Task By_the_local_authoritys_certificate_a_page_of_the_network_talks_and_listens() => lab.SignedIn("secure-voice", async page =>
    {
        var room = await VoicePage.Listen(page, "Over https");
        Assert.Equal(Ports.OwnAddress!.ToString(), new Uri(page.Url).Host);
        Assert.True(await page.EvaluateAsync<bool>("isSecureContext"));
        await Expect(page.GetByText("Live", new() { Exact = true })).ToBeVisibleAsync();
        var cookie = Assert.Single(await page.Context.CookiesAsync(), static each => each.Name == "interop");
        Assert.True(cookie.Secure && cookie.HttpOnly);

        await using var phone = await VoicePage.Phone(lab.Place, "engine11");
        await phone.Call(lab.Hub.Sip(room));
        await VoicePage.HearsPhone(page);
        await VoicePage.IsHeardBy(page, phone);
    });

    [Fact]
    public Task Without_tls_the_network_is_sent_to_https_or_refused_and_the_hubs_own_machine_is_served() => lab.SignedOut("plain", async page =>
    {
        await page.GotoAsync(new Uri(lab.Plain, "/rooms/4201").ToString());
        Assert.Equal(new Uri(lab.Secure, "/rooms/4201"), new Uri(page.Url));

        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var refused = await http.PostAsync(new Uri(lab.Plain, "/api/session"), content: null);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("request.insecure", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var own = await http.GetAsync(new Uri(lab.Hub.Console, "/health/live"));
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
    });
}
