using Interop.Tests.Peers;
using Interop.Tests.Peers.Hub;
using Interop.Tests.Peers.Phones;
using Interop.Tests.Peers.Sound;

namespace Interop.Tests.Interop.Lab;

/// <summary>A hub with the laboratory's provisioning, for the facts of one class; each fact takes a room of its own.</summary>
public abstract class LabFixture(string name, string? provisioning = null, params (string Name, string Value)[] settings) : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> _peers = [];
    private HubProcess? _hub;
    private HubApi? _hpd;
    private HubApi? _ctic;

    /// <summary>Where the files of this class are.</summary>
    public Workplace Place { get; } = new(name);

    /// <summary>The hub.</summary>
    public HubProcess Hub => _hub!;

    /// <summary>The API as a dispatcher of the owning agency.</summary>
    public HubApi Hpd => _hpd!;

    /// <summary>The API as a dispatcher of the invited agency.</summary>
    public HubApi Ctic => _ctic!;

    /// <inheritdoc />
    public virtual async ValueTask InitializeAsync()
    {
        _hub = await HubProcess.Start(Place, await Provisioning(), settings);
        _hpd = new HubApi(Hub.Console, LabProvisioning.HpdToken);
        _ctic = new HubApi(Hub.Console, LabProvisioning.CticToken);
    }

    /// <summary>A phone that says a tone for as long as any test takes.</summary>
    public Task<Baresip> Phone(string phone, double hertz, string codec = "pcmu", string transport = "udp") =>
        Phone(new PhonePlan(phone, Tone(hertz), codec, transport));

    /// <summary>A phone that says what it is given.</summary>
    public Task<Baresip> Phone(string phone, short[] says) => Phone(new PhonePlan(phone, says));

    /// <summary>A phone as planned.</summary>
    public async Task<Baresip> Phone(PhonePlan plan) => Keep(await Baresip.Start(Place, plan));

    /// <summary>A phone of another make, as planned.</summary>
    public async Task<Linphonec> Linphone(PhonePlan plan) => Keep(await Linphonec.Start(Place, plan));

    /// <summary>A scripted phone, which talks to the hub.</summary>
    /// <param name="name">What it is called in a failure.</param>
    /// <param name="script">What it does.</param>
    /// <param name="plan">The rest.</param>
    /// <param name="through">Host and port of a proxy that it goes through.</param>
    public async Task<Sipp> Scripted(string name, SippScript script, SippPlan plan, string? through = null) =>
        Keep(await Sipp.Start(Place, name, script, through ?? Hub.SipAddress, plan));

    /// <summary>A tone for as long as any test takes.</summary>
    public static short[] Tone(double hertz) => ToneFile.Samples(new Stretch(hertz, TimeSpan.FromSeconds(120)));

    /// <summary>Ends a peer with the class, however the fact ends.</summary>
    public TPeer Keep<TPeer>(TPeer peer)
        where TPeer : IAsyncDisposable
    {
        _peers.Add(peer);
        return peer;
    }

    /// <summary>The provisioning file's text; whoever is named in it by address is started here, before the hub.</summary>
    protected virtual Task<string> Provisioning() => Task.FromResult(provisioning ?? LabProvisioning.Text());

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var peer in _peers)
            await peer.DisposeAsync();
        _hpd?.Dispose();
        _ctic?.Dispose();
        if (_hub is not null)
            await _hub.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
