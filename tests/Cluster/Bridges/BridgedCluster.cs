using System.Net;
using Interop.Bridges.Core;
using Interop.Bridges.Core.Anchor;
using Interop.Bridges.Media;
using Interop.Bridges.Media.Sockets;
using Interop.Bridges.Radio;
using Interop.Bridges.Sip;
using Interop.Bridges.Sip.Calls;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Grains;
using Interop.Hub.Grains.Nodes;
using Interop.Tests.Cluster.Hub;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace Interop.Tests.Cluster.Bridges;

/// <summary>Two whole nodes over one database, each with SIP, voice and media ports of its own.</summary>
internal sealed class BridgedCluster : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;

    private BridgedCluster(InProcessTestCluster cluster) => _cluster = cluster;

    /// <summary>The media ports of each node; an SDP's port tells whose voice it is.</summary>
    public static IReadOnlyList<PortRange> Ports { get; } = [new(42_000, 42_099), new(42_100, 42_199)];

    public static async Task<BridgedCluster> Start(string directory)
    {
        var started = -1;
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo((_, silo) =>
        {
            var node = Interlocked.Increment(ref started);
            silo.AddInteropHub(options => options.Directory = directory);
            silo.Services
                .AddBridgesCore(new MediaOptions { Ports = Ports[node] }, new AnchorOptions([IPAddress.Loopback], AddressMap.Empty))
                .AddInteropSip(QuickPulses)
                .AddInteropRadio();
        });
        var cluster = new BridgedCluster(builder.Build());
        await cluster._cluster.DeployAsync();
        await Eventually.Holds(() => cluster.All<RecoveryState>().All(state => state.Ready), "both nodes recovered");
        await Task.WhenAll(cluster.All<SipStackHost>().Select(sip => sip.WhenStarted)).WaitAsync(TimeSpan.FromSeconds(20));
        return cluster;
    }

    /// <summary>Where a node takes calls.</summary>
    public IPEndPoint Sip(int node) => All<SipStackHost>()[node].Stack.LocalEndPoint;

    /// <summary>The node that carries a room's voice.</summary>
    public int AnchorOf(RoomCode code) => Array.FindIndex(All<AnchoredRooms>(), rooms => rooms.All.Any(room => room.Room == code));

    /// <summary>What the nodes call a node.</summary>
    public string Name(int node) => All<INodes>()[node].Self;

    /// <summary>The calls that a node answers for.</summary>
    public int Calls(int node) => All<SipLegs>()[node].All.Count;

    public IRoomGrain Room(RoomCode code) => All<IGrainFactory>()[0].GetGrain<IRoomGrain>(code.Value);

    /// <summary>Closes a room for good.</summary>
    public async Task CloseAsync(RoomCode code)
    {
        Assert.True((await Room(code).Execute(new CloseRoom("over"), Cast.Dispatcher, Cast.Id())).Ok);
        await Eventually.Holds(async () => (await Room(code).Look(Cast.Dispatcher)).Value!.State == RoomPhase.Closed, "the room is closed");
    }

    /// <summary>The number of the last line that a phone is known to have.</summary>
    public async Task<long?> ReachedAsync(RoomCode code, LegId leg) => (await All<IChatMarks>()[0].Find(code, leg, CancellationToken.None))?.Line;

    public async Task<RoomCode> OpenRoomWithTrunkAsync()
    {
        var grains = All<IGrainFactory>()[0];
        var hpd = Cast.Hpd.Value;
        await grains.GetGrain<IAgencyGrain>(hpd).Provision(
            [new AgencyEntry(hpd, "Hartford Police Department", AgencyLevel.City), new TrunkEntry("lab", ["127.0.0.0/8"])], Cast.Provisioning);
        await Eventually.Holds(
            () => All<IDirectory>().All(directory => directory.Current.Find(Cast.Hpd) is not null), "both nodes know the trunk");
        var code = (await grains.GetGrain<IRoomRegistryGrain>(IRoomRegistryGrain.Key).Allocate(Cast.Hpd, Cast.Id())).Value!.Code;
        await Room(code).Execute(
            new OpenRoom("Two nodes", "drill", Priority.Routine, null, Cast.Hpd, [], [], []), Cast.Dispatcher, Cast.Id());
        return code;
    }

    /// <summary>Pulses that soon notice a phone that is gone, and forgive a busy machine.</summary>
    private static SipBridgeOptions QuickPulses => new([IPAddress.Loopback], 0, AddressMap.Empty)
    {
        PulseEvery = TimeSpan.FromSeconds(1),
        PulseTime = TimeSpan.FromSeconds(2),
    };

    public async ValueTask DisposeAsync()
    {
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
    }

    private T[] All<T>()
        where T : notnull => [.. _cluster.Silos.Select(silo => silo.ServiceProvider.GetRequiredService<T>())];
}
