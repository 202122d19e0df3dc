using Interop.Bridges.Core.Anchor;
using Interop.Bridges.Core.Attendant;
using Interop.Bridges.Core.Legs;
using Interop.Bridges.Core.Quality;
using Interop.Bridges.Core.Watch;
using Interop.Bridges.Core.Recording;
using Interop.Bridges.Media;
using Interop.Bridges.Media.Recording;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Rooms;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Core;

/// <summary>Adds what every bridge shares.</summary>
public static class BridgesCoreExtensions
{
    /// <summary>Adds this node's voice and the loops that keep its rooms' plans true.</summary>
    /// <param name="services">The node.</param>
    /// <param name="media">The voice engine's settings.</param>
    /// <param name="anchor">Where far ends send their voice.</param>
    /// <param name="attendant">What callers hear; the built-in prompts in English when not given.</param>
    /// <param name="quality">When a leg is worth a warning.</param>
    /// <param name="recorder">Where recordings are kept; without it nothing is recorded.</param>
    public static IServiceCollection AddBridgesCore(
        this IServiceCollection services, MediaOptions media, AnchorOptions anchor, AttendantOptions? attendant = null, QualityOptions? quality = null, RecorderOptions? recorder = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(anchor);
        services.AddSingleton(provider => new MediaEngine(
            media,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<MediaEngine>>(),
            fence: provider.GetService<IMediaFence>(),
            identity: media.BrowserBind.Count == 0 ? null : BrowserIdentity.Of(provider.GetService<IBrowserIdentityStore>(), provider.GetRequiredService<TimeProvider>()),
            recorder: provider.GetService<Recorder>()));
        services.AddSingleton(media);
        services.AddSingleton<ILegReports, LegReports>();
        services.AddSingleton<RoomWatches>();
        services.AddSingleton<ReconcileLoops>();
        services.AddSingleton(attendant ?? new AttendantOptions());
        services.AddSingleton(provider => PromptBook.Load(provider.GetRequiredService<AttendantOptions>().Folder, out _));
        services.AddSingleton<Voice>();
        services.AddSingleton<Attendants>();
        services.AddSingleton<IMediaListener>(provider => provider.GetRequiredService<Attendants>());
        services.AddSingleton<SoundRelay>();
        services.AddSingleton<IMediaListener>(provider => provider.GetRequiredService<SoundRelay>());
        services.AddSingleton<IMediaListener, LoopRelay>();
        services.AddSingleton<IMediaListener, KeyRelay>();
        services.AddSingleton<AnchorMedia>();
        services.AddSingleton<IAnchorMedia>(provider => provider.GetRequiredService<AnchorMedia>());
        services.AddSingleton<IAnchorBrowsers>(provider => provider.GetRequiredService<AnchorMedia>());
        services.AddSingleton<IAnchorRadio>(provider => provider.GetRequiredService<AnchorMedia>());
        services.AddSingleton(quality ?? new QualityOptions());
        services.AddSingleton<QualityMetrics>();
        if (recorder is not null)
            AddRecorder(services, recorder);
        services.AddHostedService<VoiceHost>();
        services.AddHostedService(provider => provider.GetRequiredService<SoundRelay>());
        services.AddHostedService<MediaReports>();
        services.AddHostedService<QualityRelay>();
        return services;
    }

    private static void AddRecorder(IServiceCollection services, RecorderOptions options)
    {
        services.TryAddSingleton(RecordingRule.Default);
        services.AddSingleton(new SegmentFolder(options.Directory, options.LeaveFree));
        services.AddSingleton<Recorder>();
        services.AddSingleton<RoomRecordings>();
        services.AddHostedService(provider => provider.GetRequiredService<RoomRecordings>());
        services.AddSingleton<RecordingNotices>();
        services.AddHostedService(provider => provider.GetRequiredService<RecordingNotices>());
        services.AddHostedService<SegmentRelay>();
        services.AddHostedService<Retention>();
    }
}
