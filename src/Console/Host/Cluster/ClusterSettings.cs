using System.Net;
using Interop.Console.Host.Settings;
using StackExchange.Redis;

namespace Interop.Console.Host.Cluster;

/// <summary>How this node finds the others.</summary>
/// <param name="Redis">Where the members are listed; may hold a password, so it is never shown.</param>
/// <param name="Name">Which cluster, of those that share a Redis.</param>
/// <param name="Address">By which address the other nodes reach this one.</param>
/// <param name="SiloPort">TCP, for the hub's own messages; the next port is the watchdog's.</param>
internal sealed record ClusterSettings(ConfigurationOptions Redis, string Name, IPAddress Address, int SiloPort)
{
    private const int DefaultPort = 11_111;

    /// <summary>The settings; null for a node that is alone.</summary>
    public static ClusterSettings? Read(SettingsReader reader, DataOptions data)
    {
        var text = reader.Text("Cluster:Redis");
        var name = reader.Text("Cluster:Name") ?? "interop";
        var addresses = reader.Addresses("Cluster:Address");
        var port = reader.Number("Cluster:SiloPort", DefaultPort, 1024, 65_534);
        if (text is null)
        {
            if (addresses is not null)
                reader.Error("Cluster:Redis", "it must be set where Cluster:Address is: a node finds the others by it.");
            return null;
        }

        // Nodes that each kept a record of their own would decide two things of one room, and neither would know.
        if (data.Postgres is null)
            reader.Error(DataOptions.PostgresSetting, "it must be set where Cluster:Redis is: the nodes of a cluster keep one record.");
        if (name.Length > 64 || !name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
            reader.Error("Cluster:Name", "it must be up to 64 letters, digits, - and _.");
        if (addresses is not [var address] || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        {
            reader.Error("Cluster:Address", "it must be the one address by which the other nodes reach this one.");
            address = IPAddress.Loopback;
        }

        return ReadRedis(text) is { } redis ? new ClusterSettings(redis, name, address, port) : Unreadable(reader);
    }

    /// <summary>Its parts are not repeated in the complaint: one of them is a password.</summary>
    private static ClusterSettings? Unreadable(SettingsReader reader)
    {
        reader.Error("Cluster:Redis", "it must be host:port and options, such as redis.example:6379,password=...,ssl=true.");
        return null;
    }

    private static ConfigurationOptions? ReadRedis(string text)
    {
        try
        {
            var options = ConfigurationOptions.Parse(text);
            // A Redis that is away while the node runs comes back; the node does not end for it.
            options.AbortOnConnectFail = false;
            return options.EndPoints.Count > 0 ? options : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
