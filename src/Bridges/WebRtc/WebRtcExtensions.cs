using Interop.Bridges.Core.Anchor;
using Interop.Bridges.Core.Legs;
using Microsoft.Extensions.DependencyInjection;

namespace Interop.Bridges.WebRtc;

/// <summary>Adds the voice of browsers.</summary>
public static class WebRtcExtensions
{
    /// <summary>Adds the bridge; its port is the voice engine's.</summary>
    public static IServiceCollection AddInteropWebRtc(this IServiceCollection services, RelayOptions relays) =>
        services
            .AddSingleton<BrowserVoices>()
            .AddSingleton(provider => new Relays(relays, provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<BrowserReturns>()
            .AddSingleton<IMediaListener>(static provider => provider.GetRequiredService<BrowserReturns>())
            // The anchor drives the bridges, and this one asks the anchor: it is looked up when first asked.
            .AddSingleton(static provider => new Lazy<IAnchorBrowsers>(provider.GetRequiredService<IAnchorBrowsers>))
            .AddSingleton<ILegBridge, BrowserLegBridge>();
}
