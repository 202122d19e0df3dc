using Interop.Tests.Peers.Processes;

namespace Interop.Tests.Peers.Databases;

/// <summary>A private instance of Debian's redis-server on the loopback.</summary>
public sealed class Redis : IAsyncDisposable
{
    private readonly string _folder;
    private readonly int _port = Ports.One();
    private PeerProcess? _server;

    private Redis(string folder) => _folder = folder;

    /// <summary>Host and port.</summary>
    public string Address => $"127.0.0.1:{_port}";

    /// <summary>The process, to stop or to freeze from outside.</summary>
    public int Id => _server!.Id;

    /// <summary>Starts it; skips the running test where it is not installed.</summary>
    public static async Task<Redis> Start(Workplace place)
    {
        Programs.Require("redis-server", "redis-server");
        var redis = new Redis(place.Folder("redis"));
        await using var started = new Started(redis);
        await redis.StartAgain();
        return started.Stays(redis);
    }

    /// <summary>Ends it at once, as a crash would.</summary>
    public Task Kill() => _server!.Kill();

    /// <summary>Starts it on what it had written.</summary>
    public Task StartAgain()
    {
        _server = PeerProcess.Start(
            "redis-server", "redis-server", ["--bind", "127.0.0.1", "--port", $"{_port}", "--dir", _folder, "--save", "", "--appendonly", "yes"], _folder);
        return Ports.Taken("redis-server", _port, "tcp", () => _server.Tail);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
