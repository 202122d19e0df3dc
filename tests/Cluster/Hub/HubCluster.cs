using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Alerts;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Grains;
using Interop.Hub.Grains.Dialling;
using Interop.Hub.Grains.Journal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Orleans.Hosting;
using Orleans.TestingHost;
using Xunit;

namespace Interop.Tests.Cluster.Hub;

/// <summary>Silos of the hub over one database, with media that only remember what they were told.</summary>
internal sealed class HubCluster : IAsyncDisposable
{
    private readonly InProcessTestCluster cluster;

    private HubCluster(InProcessTestCluster cluster) => this.cluster = cluster;

    public IReadOnlyList<InProcessSiloHandle> Silos => [.. cluster.Silos];

    public static async Task<HubCluster> Start(string directory, short silos = 1, FakeTimeProvider? clock = null, DiallingOptions? dialling = null)
    {
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddInteropHub(options => options.Directory = directory);
            silo.Services.AddSingleton<RecordingMedia>();
            silo.Services.AddSingleton<IAnchorMedia>(provider => provider.GetRequiredService<RecordingMedia>());
            silo.Services.AddSingleton<RefusingJournal>();
            silo.Services.AddSingleton<IJournal>(provider => provider.GetRequiredService<RefusingJournal>());
            if (dialling is not null)
                silo.Services.AddSingleton(Options.Create(dialling));
            if (clock is not null)
                silo.Services.AddSingleton<TimeProvider>(clock);
        });
        var built = builder.Build();
        var deployed = built.DeployAsync();
        // A silo starts by its clock too, so a clock that stands still is moved on until it is up.
        await Eventually.Holds(
            () =>
            {
                clock?.Advance(TimeSpan.FromMilliseconds(10));
                return deployed.IsCompleted;
            },
            "the silos started",
            seconds: 60);
        await deployed;
        var hub = new HubCluster(built);
        await Eventually.Holds(
            () => hub.Silos.All(silo => silo.ServiceProvider.GetRequiredService<RecoveryState>().Ready), "every silo recovered");
        return hub;
    }

    public T Of<T>(int silo = 0)
        where T : notnull => Silos[silo].ServiceProvider.GetRequiredService<T>();

    public IGrainFactory Grains(int silo = 0) => Of<IGrainFactory>(silo);

    public IRoomGrain Room(RoomCode code, int silo = 0) => Grains(silo).GetGrain<IRoomGrain>(code.Value);

    public IRoomRegistryGrain Registry => Grains().GetGrain<IRoomRegistryGrain>(IRoomRegistryGrain.Key);

    public IAlertDeskGrain Desk(string agency) => Grains().GetGrain<IAlertDeskGrain>(agency);

    public IAgencyGrain Agency(string agency) => Grains().GetGrain<IAgencyGrain>(agency);

    public async Task<RoomCode> Open(string title = "Shots fired", IReadOnlyList<string>? admits = null, IReadOnlyList<AgencyId>? invites = null)
    {
        var code = (await Registry.Allocate(Cast.Hpd, Cast.Id())).Value!.Code;
        var opened = await Room(code).Execute(
            new OpenRoom(title, "shooting", Priority.Urgent, null, Cast.Hpd, admits ?? [], invites ?? [], []), Cast.Dispatcher, Cast.Id());
        Assert.True(opened.Ok, opened.Refusal?.Text);
        return code;
    }

    public Task Kill(int silo) => cluster.KillSiloAsync(Silos[silo]);

    public async ValueTask DisposeAsync()
    {
        await cluster.StopAllSilosAsync();
        await cluster.DisposeAsync();
    }
}

/// <summary>Who acts in the tests.</summary>
internal static class Cast
{
    private static int ids;

    public static AgencyId Hpd { get; } = new("hpd");

    public static AgencyId Ctic { get; } = new("ctic");

    public static Actor Dispatcher { get; } = new(ActorKind.Person, Hpd, "Dana", Role.Dispatcher);

    public static Actor Partner { get; } = new(ActorKind.Person, Ctic, "Pat", Role.Dispatcher);

    public static Actor Provisioning { get; } = new(ActorKind.Provisioning, Hpd, "provisioning", Role.Administrator);

    public static Actor Sensor { get; } = new(ActorKind.Token, Hpd, "sensor", Role.Integration);

    public static CommandId Id() => new($"test-{Interlocked.Increment(ref ids)}");
}

/// <summary>A data directory that goes away with the test.</summary>
internal sealed class DataDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("interop-hub-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

/// <summary>Waits for something that comes about by itself, and names it when it does not.</summary>
internal static class Eventually
{
    public static async Task Holds(Func<bool> condition, string what, int seconds = 20)
    {
        var deadline = TimeProvider.System.GetUtcNow().AddSeconds(seconds);
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetUtcNow() < deadline, $"In {seconds} s this did not come about: {what}.");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }

    public static async Task Holds(Func<Task<bool>> condition, string what, int seconds = 20)
    {
        var deadline = TimeProvider.System.GetUtcNow().AddSeconds(seconds);
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetUtcNow() < deadline, $"In {seconds} s this did not come about: {what}.");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }
}
