using System.Net;
using Interop.Tests.Peers.Processes;

namespace Interop.Tests.Peers.Relays;

/// <summary>Debian's coturn, a TURN server that knows nobody but by a secret that it shares with the hub.</summary>
public sealed class Coturn : IAsyncDisposable
{
    /// <summary>As many allocations as a fact may have at once.</summary>
    private const int RelayPorts = 40;

    private readonly PeerProcess _process;

    private Coturn(PeerProcess process, IPEndPoint address, string secretFile) => (_process, Address, SecretFile) = (process, address, secretFile);

    /// <summary>Where it listens, over UDP and TCP.</summary>
    public IPEndPoint Address { get; }

    /// <summary>The file of the secret, for the hub.</summary>
    public string SecretFile { get; }

    /// <summary>What it printed.</summary>
    public string Tail => _process.Tail;

    /// <summary>Starts it at an address of this machine; it relays to no loopback.</summary>
    public static async Task<Coturn> Start(Workplace place, IPAddress at)
    {
        var (port, relay) = (Ports.One(), Ports.Block(RelayPorts));
        var secret = Guid.NewGuid().ToString("N");
        var (secretFile, configuration) = (place.File("turn.secret"), place.File("turnserver.conf"));
        await File.WriteAllTextAsync(secretFile, secret + "\n");
        await File.WriteAllTextAsync(configuration, $"""
            listening-ip={at}
            listening-port={port}
            relay-ip={at}
            min-port={relay}
            max-port={relay + RelayPorts - 1}
            realm=lab.example
            use-auth-secret
            static-auth-secret={secret}
            no-tls
            no-dtls
            no-cli
            log-file=stdout
            pidfile={place.File("turnserver.pid")}
            userdb={place.File("turnserver.db")}
            verbose
            """);
        var process = PeerProcess.Start("coturn", "turnserver", ["-c", configuration], place.Path);
        await using var started = new Started(process);
        await Ports.Taken("coturn", port, "udp", () => process.Tail);
        return started.Stays(new Coturn(process, new IPEndPoint(at, port), secretFile));
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
