using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Grains.Journal;
using Interop.Hub.Grains.Observability;
using Interop.Hub.Grains.Storage;
using Interop.Tests.Peers.Databases;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Interop.Tests.Cluster.Storage;

/// <summary>Where a suite of facts keeps what it writes; each fact has a place of its own.</summary>
public abstract class StorageLab : IAsyncLifetime
{
    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public abstract ValueTask DisposeAsync();

    internal abstract Task<StoragePlace> NewPlace();
}

/// <summary>One empty database, and the processes that write to it.</summary>
internal abstract class StoragePlace(JournalOptions options) : IAsyncDisposable
{
    private readonly List<ServiceProvider> _processes = [];

    public JournalOptions Options => options;

    /// <summary>What one process of the hub has of the storage.</summary>
    public IServiceProvider Process()
    {
        var process = new ServiceCollection()
            .AddLogging().AddMetrics()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<HubMetrics>()
            .AddSingleton(Microsoft.Extensions.Options.Options.Create(options))
            .AddHubStorage(options.Postgres)
            .BuildServiceProvider();
        _processes.Add(process);
        return process;
    }

    public IJournal Journal() => Process().GetRequiredService<IJournal>();

    /// <summary>Ends every process.</summary>
    public async Task Close()
    {
        foreach (var process in _processes)
            await process.DisposeAsync();
        _processes.Clear();
    }

    /// <summary>Runs SQL behind the hub's back.</summary>
    public abstract Task Sql(string sql);

    /// <summary>What takes the guards against accidents away.</summary>
    public abstract string WithoutGuards { get; }

    /// <summary>Has the database look as if a version of tomorrow had written it.</summary>
    public abstract Task Age(bool newer);

    public virtual async ValueTask DisposeAsync() => await Close();
}

/// <summary>SQLite in a folder.</summary>
public sealed class SqliteLab : StorageLab
{
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal override Task<StoragePlace> NewPlace() => Task.FromResult<StoragePlace>(new InFolder(Directory.CreateTempSubdirectory("interop-storage-").FullName));

    private sealed class InFolder(string folder) : StoragePlace(new JournalOptions { Directory = folder })
    {
        public override string WithoutGuards => "drop trigger entries_are_not_changed; drop trigger entries_are_not_removed";

        public override async Task Sql(string sql)
        {
            await using var connection = new SqliteConnection($"Data Source={Options.File};Pooling=False");
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync();
        }

        public override Task Age(bool newer) => Sql($"pragma user_version = {(newer ? 99 : JournalFile.SchemaVersion)}");

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }
}

/// <summary>A private PostgreSQL, started by the first fact that wants it.</summary>
public sealed class PostgresLab : StorageLab
{
    private Postgres? _server;

    public override async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    internal async Task<Postgres> Server() => _server ??= await Postgres.Start();

    internal override async Task<StoragePlace> NewPlace()
    {
        var server = await Server();
        return new PostgresPlace(server, await server.NewDatabase());
    }
}

/// <summary>One database of a server.</summary>
internal sealed class PostgresPlace(Postgres server, string connection) : StoragePlace(new JournalOptions { Postgres = PostgresConnection.TryParse(connection, out _) })
{
    public override string WithoutGuards => "alter table entries disable trigger all";

    public override Task Sql(string sql) => server.Sql(connection, sql);

    public override Task Age(bool newer) => Sql($"update interop_schema set version = {(newer ? 99 : HubTables.SchemaVersion)} where part = 'hub'");
}

[CollectionDefinition(Name)]
public sealed class PostgresCollection : ICollectionFixture<PostgresLab>
{
    public const string Name = "PostgreSQL";
}

/// <summary>What the facts write.</summary>
internal static class Entries
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 6, 0, 0, TimeSpan.Zero);
    private static readonly Actor Dispatcher = new(ActorKind.Person, new AgencyId("hpd"), "Pat", Role.Dispatcher);

    public static NewEntry Said(string text) => new(Now, Dispatcher, $"c-{text}", "chat.posted", $$"""{"text":"{{text}}"}""");

    public static Task<AppendOutcome> Append(this IJournal journal, string stream, long epoch, long version) =>
        journal.Append(new JournalAppend(stream, epoch, version, [Said($"{version}")]), default);

    /// <summary>Makes a stream of so many entries.</summary>
    public static async Task<long> Fill(this IJournal journal, string stream, int entries)
    {
        var epoch = await journal.RaiseEpoch(stream, default);
        for (var version = 0; version < entries; version++)
            Assert.Equal(AppendOutcome.Written, await journal.Append(stream, epoch, version));
        return epoch;
    }
}
