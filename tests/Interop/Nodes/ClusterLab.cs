using System.Net.Sockets;
using System.Text;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Databases;
using Interop.Tests.Peers.Hub;
using Interop.Tests.Peers.Processes;

namespace Interop.Tests.Interop.Nodes;

/// <summary>Three nodes that are one hub, each at an address of its own.</summary>
internal sealed class ClusterLab : IAsyncDisposable
{
    private readonly List<HubProcess> _nodes = [];
    private readonly Redis _redis;
    private readonly Postgres _postgres;
    private readonly int _silo = Ports.Block(2);

    private ClusterLab(Postgres postgres, Redis redis) => (_postgres, _redis) = (postgres, redis);

    public IReadOnlyList<HubProcess> Nodes => _nodes;

    public static async Task<ClusterLab> Start()
    {
        var first = new Workplace("node-1");
        var lab = new ClusterLab(await Postgres.Start(), await Redis.Start(first));
        await using var started = new Started(lab);
        var database = await lab._postgres.NewDatabase();
        for (var node = 1; node <= 3; node++)
            lab._nodes.Add(await HubProcess.Start(
                node == 1 ? first : new Workplace($"node-{node}"),
                LabProvisioning.Text(),
                ("Data__Postgres", database),
                ("Sip__Bind", $"127.0.1.{node}"),
                ("Media__AdvertisedAddress", $"127.0.1.{node}"),
                ("Cluster__Redis", lab._redis.Address),
                ("Cluster__Address", $"127.0.1.{node}"),
                ("Cluster__SiloPort", $"{lab._silo}")));
        return started.Stays(lab);
    }

    /// <summary>Which of the nodes that live carries a room's voice, as they tell each other; waits until one does.</summary>
    public async Task<int> AnchorOf(string room, params int[] among)
    {
        var anchor = -1;
        await Until.Found(
            $"a node to have room {room}",
            async () =>
            {
                foreach (var node in among)
                    if ((await RoomsOf(node)).Contains($"room {room} ", StringComparison.Ordinal))
                        anchor = node;
                return anchor < 0 ? null : "one";
            },
            TimeSpan.FromSeconds(30));
        return anchor;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
        await _redis.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    /// <summary>What a node says to whoever watches it, from the beginning: all of its rooms.</summary>
    private async Task<string> RoomsOf(int node)
    {
        var heard = new StringBuilder();
        try
        {
            using var watch = new TcpClient();
            await watch.ConnectAsync($"127.0.1.{node + 1}", _silo + 1);
            var buffer = new byte[4096];
            using var enough = new CancellationTokenSource(TimeSpan.FromMilliseconds(300), TimeProvider.System);
            while (await watch.GetStream().ReadAsync(buffer, enough.Token) is > 0 and var read)
                heard.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }
        catch (Exception silent) when (silent is OperationCanceledException or SocketException or IOException)
        {
            // It has said what it had to say, or is gone.
        }

        return heard.ToString();
    }
}
