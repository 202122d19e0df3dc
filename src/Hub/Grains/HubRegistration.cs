using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Grains.Dialling;
using Interop.Hub.Grains.Directory;
using Interop.Hub.Grains.Journal;
using Interop.Hub.Grains.Observability;
using Interop.Hub.Grains.Rooms;
using Interop.Hub.Grains.State;
using Interop.Hub.Grains.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Metadata;

namespace Interop.Hub.Grains;

/// <summary>Puts the hub into a silo.</summary>
public static class HubRegistration
{
    /// <summary>Adds rooms, registry, directory, alert desks and their journal.</summary>
    /// <remarks>The silo must have an <see cref="IAnchorMedia"/>; the bridges bring it.</remarks>
    public static ISiloBuilder AddInteropHub(this ISiloBuilder silo, Action<JournalOptions>? configure = null)
    {
        var services = silo.Services;
        var options = services.AddOptions<JournalOptions>();
        if (configure is not null)
            options.Configure(configure);
        options.Validate(journal => journal.Directory.Length > 0, "The data directory must not be empty.")
            .Validate(journal => journal.Deadline > TimeSpan.Zero, "The journal's deadline must be longer than nothing.")
            .Validate(journal => journal.QueueLength > 0 && journal.BatchSize > 0, "The journal's queue and batch must hold something.")
            .ValidateOnStart();
        services.AddOptions<DiallingOptions>()
            .Validate(dialling => dialling is { PerMinute: > 0, AtOnce: > 0 }, "The limits on dialling must be more than nothing; to forbid it, provision no destinations.")
            .ValidateOnStart();
        // First, since the providers are asked in their order.
        services.Insert(0, ServiceDescriptor.Singleton<IGrainInterfaceTypeProvider, RememberedInterfaces>());
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(RandomSource.Secure);
        services.TryAddSingleton(RecordingRule.Default);
        services.AddSingleton<HubMetrics>();
        services.AddSingleton(static provider => Writer(provider, "journal", static at => at.File, static at => new JournalSession(at.File)));
        services.AddSingleton(static provider => Writer(provider, "state", static at => at.StateFile, static at => new StateSession(at.StateFile, at.File)));
        services.AddSingleton<IJournal, SqliteJournal>();
        services.AddSingleton<IDialogStore, SqliteDialogStore>();
        services.AddSingleton<IChatMarks, SqliteChatMarks>();
        services.AddSingleton<IBindingStore, SqliteBindingStore>();
        services.AddSingleton<RecoveryState>();
        services.AddSingleton<DirectoryView>();
        services.AddSingleton<IDirectory>(provider => provider.GetRequiredService<DirectoryView>());
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<DirectoryView>());
        services.AddSingleton<RoomWaker>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<RoomWaker>());
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, Recovery>();
        return silo;
    }

    private static GroupCommit<TSession> Writer<TSession>(
        IServiceProvider provider, string name, Func<JournalOptions, string> file, Func<JournalOptions, TSession> open)
        where TSession : WriterSession
    {
        var options = provider.GetRequiredService<IOptions<JournalOptions>>();
        return ActivatorUtilities.CreateInstance<GroupCommit<TSession>>(provider, name, file(options.Value), () => open(options.Value));
    }
}
