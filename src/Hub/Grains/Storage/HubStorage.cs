using Interop.Hub.Contracts.Ports;
using Interop.Hub.Grains.Journal;
using Interop.Hub.Grains.Observability;
using Interop.Hub.Grains.State;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Interop.Hub.Grains.Storage;

/// <summary>Keeps journal and state where the settings say: in files of this node, or in the PostgreSQL of its cluster.</summary>
internal static class HubStorage
{
    public static IServiceCollection AddHubStorage(this IServiceCollection services, PostgresConnection? postgres) =>
        postgres is null ? services.AddSqlite() : services.AddPostgres(postgres);

    private static IServiceCollection AddSqlite(this IServiceCollection services) => services
        .AddSingleton(static provider => Writer(provider, "journal", Options(provider).File, () => new SqliteJournalSession(Options(provider).File)))
        .AddSingleton(static provider => Writer(
            provider, "state", Options(provider).StateFile, () => new SqliteStateSession(Options(provider).StateFile, Options(provider).File)))
        .AddSingleton<IJournal, SqliteJournal>()
        .AddSingleton<IDialogStore, SqliteDialogStore>()
        .AddSingleton<IChatMarks, SqliteChatMarks>()
        .AddSingleton<IBindingStore, SqliteBindingStore>();

    private static IServiceCollection AddPostgres(this IServiceCollection services, PostgresConnection postgres) => services
        .AddSingleton(_ => postgres.Open())
        .AddSingleton<SharedSecrets>()
        .AddSingleton(static provider => Writer(
            provider, "journal", file: null, () => new PostgresJournalSession(provider.GetRequiredService<NpgsqlDataSource>())))
        .AddSingleton<IJournal, PostgresJournal>()
        .AddSingleton<IDialogStore, PostgresDialogStore>()
        .AddSingleton<IChatMarks, PostgresChatMarks>()
        .AddSingleton<IBindingStore, PostgresBindingStore>();

    private static JournalOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<JournalOptions>>().Value;

    private static GroupCommit<TSession> Writer<TSession>(IServiceProvider provider, string name, string? file, Func<TSession> open)
        where TSession : class, IWriterSession => new(
        name,
        open,
        provider.GetRequiredService<IOptions<JournalOptions>>(),
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<HubMetrics>(),
        provider.GetRequiredService<ILogger<GroupCommit<TSession>>>(),
        file);
}
