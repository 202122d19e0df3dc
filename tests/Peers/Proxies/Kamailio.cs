using Interop.Tests.Peers.Processes;

namespace Interop.Tests.Peers.Proxies;

/// <summary>A proxy and registrar, Debian's Kamailio 5.6: it stays in the path of every call (Record-Route).</summary>
/// <remarks>It has a loopback address of its own, so that the hub can tell what came through it from what did not.</remarks>
public sealed class Kamailio : IAsyncDisposable
{
    /// <summary>Where it is.</summary>
    public const string Address = "127.0.0.9";

    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(10);

    private readonly string _directory;
    private readonly int _port = Ports.Block(4);
    private PeerProcess? _process;

    private Kamailio(string directory) => _directory = directory;

    /// <summary>Where it speaks UDP and TCP, on <see cref="Address"/>.</summary>
    public int Port => _port;

    /// <summary>Where it speaks TLS.</summary>
    public int TlsPort => _port + 2;

    /// <summary>Host and port for a transport.</summary>
    public string For(string transport) => $"{Address}:{(transport == "tls" ? TlsPort : Port)}";

    /// <summary>The address of somebody behind it: who registered with it, or a room of the hub.</summary>
    public string Sip(string user, string transport = "udp") =>
        $"sip:{user}@{For(transport)}" + (transport == "udp" ? "" : $";transport={transport}");

    /// <summary>Every request that it routed and every failure that it met, a line each.</summary>
    public IReadOnlyList<string> Log => _process?.Lines ?? [];

    /// <summary>Starts a proxy.</summary>
    public static async Task<Kamailio> Start(Workplace place, ProxyPlan plan, string name = "kamailio")
    {
        Programs.Require("kamailio", "kamailio");
        if (Modules is null || !File.Exists(Path.Combine(Modules, "tls.so")))
            Xunit.Assert.Skip("Kamailio's module tls is not installed (Debian package kamailio-tls-modules).");
        var proxy = new Kamailio(place.Folder(name));
        var (certificate, key) = Certificates.WritePair(proxy._directory, plan.Domain, plan.HasStrangersCertificate);
        var authority = Certificates.WriteAuthority(proxy._directory);
        var configuration = new KamailioConfiguration(plan, proxy._directory, Modules, proxy.Port, proxy.TlsPort);
        await File.WriteAllTextAsync(Path.Combine(proxy._directory, "tls.cfg"), KamailioConfiguration.Tls(certificate, key, authority));
        await File.WriteAllTextAsync(Path.Combine(proxy._directory, "kamailio.cfg"), configuration.Text());
        await using var started = new Started(proxy);
        await proxy.Run();
        return started.Stays(proxy);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_process is null or { HasExited: true })
            return;
        // Its workers are processes of their own: only when it is asked does it take them with it.
        await _process.Signal("TERM");
        await _process.Exited(StopTime);
        await File.WriteAllLinesAsync(Path.Combine(_directory, "log"), _process.Lines);
        await _process.DisposeAsync();
    }

    private static string? Modules { get; } = new[]
    {
        "/usr/lib/x86_64-linux-gnu/kamailio/modules", "/usr/lib/aarch64-linux-gnu/kamailio/modules", "/usr/lib/kamailio/modules",
    }.FirstOrDefault(Directory.Exists);

    private async Task Run()
    {
        _process = PeerProcess.Start(
            "Kamailio", "kamailio", ["-f", "kamailio.cfg", "-DD", "-E", "-P", Path.Combine(_directory, "pid"), "-Y", _directory, "-w", _directory, "-n", "2", "-m", "32"], _directory);
        await Ports.Taken("Kamailio", TlsPort, "tcp", () => _process.Tail);
        await Ports.Taken("Kamailio", Port, "udp", () => _process.Tail);
    }
}
