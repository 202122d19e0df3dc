using System.Net;
using System.Net.Sockets;

namespace Interop.Console.Host.Cluster;

/// <summary>Orleans inside this process: one node alone, with nothing to install.</summary>
internal static class ClusterServices
{
    private const string Name = "interop";

    public static WebApplicationBuilder AddCluster(this WebApplicationBuilder builder)
    {
        // No client but this process: without a gateway there is one port less that could be taken or reached.
        builder.UseOrleans(static silo => silo.UseLocalhostClustering(FreePort(), gatewayPort: 0, serviceId: Name, clusterId: Name));
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
