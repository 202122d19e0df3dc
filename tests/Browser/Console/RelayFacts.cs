using Interop.Tests.Peers;
using Interop.Tests.Peers.Hub;
using Interop.Tests.Peers.Processes;
using Interop.Tests.Peers.Relays;

namespace Interop.Tests.Browser.Console;

/// <summary>A hub whose browsers may send through coturn alone.</summary>
public sealed class RelayLab : ConsoleLab
{
    private Coturn? _relay;

    /// <summary>The relay.</summary>
    public Coturn Relay => _relay!;

    /// <inheritdoc />
    protected override IEnumerable<string> MoreFlags => [VoicePage.Microphone(Place)];

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_relay is not null)
            await _relay.DisposeAsync();
    }

    /// <inheritdoc />
    protected override async Task<string?> StartHub(Action<HubProcess> started)
    {
        if (Ports.OwnAddress is not { } address)
            return "This machine has no address but the loopback, to which coturn relays nothing.";
        if (Programs.Find("turnserver") is null)
            return "turnserver is not installed (Debian package coturn).";
        _relay = await Coturn.Start(Place, address);
        started(await HubProcess.Start(
            Place,
            LabProvisioning.Text(),
            ("Media__Bind", "0.0.0.0"),
            ("Media__AdvertisedAddress", $"127.0.0.0/8=127.0.0.1, 0.0.0.0/0={address}"),
            ("Turn__Uris", $"turn:{_relay.Address}?transport=tcp"),
            ("Turn__SecretFile", _relay.SecretFile),
            ("Turn__RelayOnly", "true")));
        return null;
    }
}

/// <summary>Networks that let no UDP out reach the hub through a relay.</summary>
public sealed class RelayFacts(RelayLab lab) : IClassFixture<RelayLab>
{
    [Fact]
    public Task A_browser_that_may_use_a_relay_alone_talks_and_listens_through_it() => lab.SignedIn("relay", async page =>
    {
        var room = await VoicePage.Listen(page, "Through a relay");
        await using var phone = await VoicePage.Phone(lab.Place, "engine12");
        await phone.Call(lab.Hub.Sip(room));
        await VoicePage.HearsPhone(page);
        await VoicePage.IsHeardBy(page, phone);

        // Between two of its checks a page names no pair at all.
        var path = await Until.Found("the page to name its path", async () => await PageEar.Ask<PagePath>(page, PageEar.Path) is { Local.Length: > 0 } known ? known : null);
        Assert.Equal("relay", path.Local);
        Assert.DoesNotContain((await File.ReadAllTextAsync(lab.Relay.SecretFile)).Trim(), lab.Hub.Tail, StringComparison.Ordinal);
    });
}
