using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Grains.Dialling;
using Interop.Hub.Grains.Directory;
using Interop.Hub.Grains.Journal;
using Interop.Hub.Grains.Nodes;
using Interop.Hub.Grains.Observability;
using Interop.Hub.Grains.Rooms;
using Interop.Hub.Grains.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
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
        var chosen = new JournalOptions();
        if (configure is not null)
        {
            configure(chosen);
            options.Configure(configure);
        }

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
        services.AddHubStorage(chosen.Postgres);
        services.AddSingleton<RecoveryState>();
        services.AddSingleton<DirectoryView>();
        services.AddSingleton<IDirectory>(provider => provider.GetRequiredService<DirectoryView>());
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<DirectoryView>());
        services.AddSingleton<RoomWaker>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<RoomWaker>());
        services.AddSingleton<Recovery>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<Recovery>());
        services.AddSingleton<AnchoredRooms>();
        services.AddSingleton<Members>();
        services.AddSingleton<INodes>(provider => provider.GetRequiredService<Members>());
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<Members>());
        services.AddSingleton<Standing>();
        services.AddSingleton<INodeStanding>(provider => provider.GetRequiredService<Standing>());
        services.AddSingleton<WatchListener>();
        services.AddSingleton<Watchdog>();
        services.AddSingleton<Rescue>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<Rescue>());
        return silo;
    }

    /// <summary>The votes by which a node is lost, which the membership must have as well: by them a node knows when it may speak.</summary>
    public const int VotesToLoseANode = Standing.Votes;

    /// <summary>Has the nodes watch each other, from one port after the silo's; a node that is alone has nobody to watch.</summary>
    public static ISiloBuilder AddWatchdog(this ISiloBuilder silo)
    {
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<WatchListener>());
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<Watchdog>());
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, Drain>();
        return silo;
    }
}
