using System.Net;
using System.Net.Sockets;
using Interop.Console.Host.Health;
using Interop.Console.Host.Settings;
using Interop.Hub.Grains;
using Interop.Hub.Grains.Dialling;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Interop.Console.Host.Cluster;

/// <summary>Orleans inside this process, with the hub in it: one node alone, and nothing to install.</summary>
internal static class ClusterServices
{
    private const string Name = "interop";

    /// <summary>Rooms and agencies whose place is remembered. Memory for all of them is taken at the start: 19 MB by default.</summary>
    private const int MostPlaces = 10_000;

    public static WebApplicationBuilder AddCluster(this WebApplicationBuilder builder, DataOptions data, DiallingOptions dialling)
    {
        // No client but this process: without a gateway there is one port less that could be taken or reached.
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(FreePort(), gatewayPort: 0, serviceId: Name, clusterId: Name)
            .Configure<GrainDirectoryOptions>(static directory => directory.CacheSize = MostPlaces)
            .AddInteropHub(journal => (journal.Directory, journal.Postgres) = (data.Directory, data.Postgres)));
        builder.Services.AddSingleton(Options.Create(dialling));
        builder.Services.AddHostedService<RecoveryWait>();
        builder.Services.AddReadiness("recovery", static provider =>
            provider.GetRequiredService<RecoveryState>().Ready ? null : "Rooms are being brought up from the journal.");
        return builder;
    }

    /// <summary>A port of the loopback that nobody has, so that several nodes can run on one machine.</summary>
    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
