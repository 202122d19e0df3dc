using Interop.Tests.Peers.Processes;
using Xunit;

namespace Interop.Tests.Peers.Databases;

/// <summary>A private instance of Debian's PostgreSQL: on a socket and a port of its own, with fsync, and gone with the test.</summary>
public sealed class Postgres : IAsyncDisposable
{
    /// <summary>The account that the hub has there.</summary>
    public const string User = "interop";

    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(30);

    // Not below TestResults: the path of a Unix socket has 107 bytes, and the account must be let in.
    private readonly string _folder = Directory.CreateTempSubdirectory("interop-pg-").FullName;
    private readonly string _programs;
    private readonly int _port = Ports.One();
    private PeerProcess? _server;
    private int _databases;

    private Postgres(string programs) => _programs = programs;

    /// <summary>The password of <see cref="User"/> over TCP.</summary>
    public string Password { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Its port, on 127.0.0.1 and as the name of its socket.</summary>
    public int Port => _port;

    /// <summary>The process of the server, to look at or to stop from outside.</summary>
    public int Id => _server!.Id;

    /// <summary>What the server printed.</summary>
    public string Tail => _server?.Tail ?? "";

    /// <summary>Makes an instance and starts it; skips the running test where PostgreSQL is not installed.</summary>
    public static async Task<Postgres> Start()
    {
        var programs = Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(static version => Path.Combine(version, "bin")).LastOrDefault(static bin => File.Exists(Path.Combine(bin, "initdb")))
            : null;
        if (programs is null)
            Assert.Skip("PostgreSQL is not installed (Debian package postgresql).");
        var postgres = new Postgres(programs);
        await using var started = new Started(postgres);
        await postgres.Make();
        await postgres.StartAgain();
        return started.Stays(postgres);
    }

    /// <summary>Makes an empty database, and gives the connection string for the hub.</summary>
    /// <param name="overTcp">By TCP with a password, as from another machine; otherwise by the socket.</param>
    public async Task<string> NewDatabase(bool overTcp = false)
    {
        var name = $"interop{Interlocked.Increment(ref _databases)}";
        await Tool("createdb", name);
        return overTcp
            ? $"Host=127.0.0.1;Port={_port};Database={name};Username={User};Password={Password}"
            : $"Host={_folder};Port={_port};Database={name};Username={User}";
    }

    /// <summary>Runs SQL with psql, and gives what it printed.</summary>
    public Task<string> Sql(string connection, string sql) => Tool("psql", "-v", "ON_ERROR_STOP=1", "-qAt", "-d", DatabaseOf(connection), "-c", sql);

    /// <summary>Runs one of PostgreSQL's own programs against the server, as its owner.</summary>
    public Task<string> Tool(string program, params string[] arguments) => Finish(program, ["-h", _folder, "-p", $"{_port}", "-U", User, .. arguments]);

    /// <summary>The name of the database in a connection string.</summary>
    public static string DatabaseOf(string connection) =>
        connection.Split(';').Single(static part => part.StartsWith("Database=", StringComparison.Ordinal))["Database=".Length..];

    /// <summary>Ends the server at once, as a crash would.</summary>
    public Task Kill() => _server!.Kill();

    /// <summary>Starts the server on what there is.</summary>
    public Task StartAgain() => Until.Found("PostgreSQL to take connections", TryStart, StartTime, () => Tail);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_server is { HasExited: false } running)
        {
            // Its workers are processes of their own: a fast shutdown takes them with it.
            await running.Signal("INT");
            await running.Exited(StopTime);
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task Make()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "password"), Password);
        await Account.Own(_folder);
        await Finish(
            "initdb", "-D", Path.Combine(_folder, "data"), "-U", User, "--encoding=UTF8", "--locale=C", "--no-sync",
            "--auth-local=trust", "--auth-host=scram-sha-256", $"--pwfile={Path.Combine(_folder, "password")}");
    }

    /// <summary>After a crash the server's workers take a moment to notice, and until then another is refused.</summary>
    private Task<string?> TryStart()
    {
        if (_server is null or { HasExited: true })
        {
            var (program, arguments) = Account.Run(
                Path.Combine(_programs, "postgres"), "-D", Path.Combine(_folder, "data"), "-k", _folder, "-p", $"{_port}", "-c", "listen_addresses=127.0.0.1",
                // After a crash the files of every database are flushed first; one call does it for all.
                "-c", "recovery_init_sync_method=syncfs");
            _server = PeerProcess.Start("PostgreSQL", program, arguments, _folder);
        }

        return Task.FromResult(_server.Lines.Any(static line => line.Contains("ready to accept connections", StringComparison.Ordinal)) ? "ready" : null);
    }

    private async Task<string> Finish(string program, params string[] arguments)
    {
        var (name, all) = Account.Run(Path.Combine(_programs, program), arguments);
        await using var tool = PeerProcess.Start(program, name, all, _folder);
        var code = await tool.Exited(StartTime);
        return code == 0 ? string.Join('\n', tool.Lines) : throw new InvalidOperationException($"{program} ended with code {code}:\n{tool.Tail}");
    }
}
