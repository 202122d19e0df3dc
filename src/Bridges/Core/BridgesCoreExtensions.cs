using Interop.Bridges.Core.Anchor;
using Interop.Bridges.Core.Legs;
using Interop.Bridges.Core.Watch;
using Interop.Bridges.Media;
using Interop.Hub.Contracts.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Core;

/// <summary>Adds what every bridge shares.</summary>
public static class BridgesCoreExtensions
{
    /// <summary>Adds this node's voice and the loops that keep its rooms' plans true.</summary>
    public static IServiceCollection AddBridgesCore(this IServiceCollection services, MediaOptions media, AnchorOptions anchor)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(anchor);
        services.AddSingleton(provider => new MediaEngine(
            media, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<MediaEngine>>()));
        services.AddSingleton<ILegReports, LegReports>();
        services.AddSingleton<RoomWatches>();
        services.AddSingleton<ReconcileLoops>();
        services.AddSingleton<AnchorMedia>();
        services.AddSingleton<IAnchorMedia>(provider => provider.GetRequiredService<AnchorMedia>());
        services.AddSingleton<IAnchorRadio>(provider => provider.GetRequiredService<AnchorMedia>());
        services.AddHostedService<VoiceHost>();
        services.AddHostedService<SoundRelay>();
        return services;
    }
}
