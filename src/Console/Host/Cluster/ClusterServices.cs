using System.Net;
using System.Net.Sockets;
using Interop.Bridges.Media;
using Interop.Console.Host.Health;
using Interop.Console.Host.Settings;
using Interop.Hub.Grains;
using Interop.Hub.Grains.Dialling;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Interop.Console.Host.Cluster;

/// <summary>Orleans inside this process, with the hub in it: one node alone and nothing to install, or one of several.</summary>
internal static class ClusterServices
{
    private const string Name = "interop";

    /// <summary>Rooms and agencies whose place is remembered. Memory for all of them is taken at the start: 19 MB by default.</summary>
    private const int MostPlaces = 10_000;

    public static WebApplicationBuilder AddCluster(this WebApplicationBuilder builder, DataOptions data, DiallingOptions dialling, ClusterSettings? cluster)
    {
        builder.UseOrleans(silo => Join(silo, cluster)
            .Configure<GrainDirectoryOptions>(static directory => directory.CacheSize = MostPlaces)
            .AddInteropHub(journal => (journal.Directory, journal.Postgres) = (data.Directory, data.Postgres)));
        builder.Services.AddSingleton(Options.Create(dialling));
        builder.Services.AddHostedService<RecoveryWait>();
        builder.Services.AddReadiness("recovery", static provider =>
            provider.GetRequiredService<RecoveryState>().Ready ? null : "Rooms are being brought up from the journal.");
        builder.Services.AddReadiness("stopping", static provider =>
            provider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested ? "The node hands its rooms over and stops." : null);
        return builder;
    }

    /// <remarks>No client but this process: without a gateway there is one port less that could be taken or reached.</remarks>
    private static ISiloBuilder Join(ISiloBuilder silo, ClusterSettings? cluster)
    {
        if (cluster is null)
            return silo.UseLocalhostClustering(FreePort(), gatewayPort: 0, serviceId: Name, clusterId: Name);
        silo.Services.AddSingleton<IMediaFence, MediaFence>();
        return silo
            .UseRedisClustering(redis => redis.ConfigurationOptions = cluster.Redis)
            .ConfigureEndpoints(cluster.Address, cluster.SiloPort, gatewayPort: 0)
            .Configure<ClusterOptions>(options => (options.ServiceId, options.ClusterId) = (Name, cluster.Name))
            .Configure<ClusterMembershipOptions>(Quick)
            .AddWatchdog();
    }

    /// <summary>A frozen node is voted lost in little more than a second; below these times, healthy nodes were voted lost under load.</summary>
    private static void Quick(ClusterMembershipOptions members)
    {
        members.ProbeTimeout = TimeSpan.FromMilliseconds(500);
        members.MinProbeTimeout = TimeSpan.FromMilliseconds(500);
        // An indirect probe has half the time, and counts as two votes: one node alone would vote a node out that is busy starting.
        members.EnableIndirectProbes = false;
        // Else a node that has probed for long waits longer with each probe, and a frozen one lives on for a minute.
        members.MaxProbeTimeout = TimeSpan.FromMilliseconds(500);
        members.NumMissedProbesLimit = 2;
        members.NumVotesForDeathDeclaration = HubRegistration.VotesToLoseANode;
        members.TableRefreshTimeout = TimeSpan.FromSeconds(5);
        members.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
        members.DeathVoteExpirationTimeout = TimeSpan.FromSeconds(10);
    }

    /// <summary>A port of the loopback that nobody has, so that several nodes can run on one machine.</summary>
    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
