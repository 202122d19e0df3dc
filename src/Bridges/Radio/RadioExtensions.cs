using Interop.Bridges.Core.Anchor;
using Interop.Bridges.Core.Legs;
using Microsoft.Extensions.DependencyInjection;

namespace Interop.Bridges.Radio;

/// <summary>Adds radio channels behind RTP gateways.</summary>
public static class RadioExtensions
{
    /// <summary>Adds the bridge; the channels come with the rooms' plans.</summary>
    public static IServiceCollection AddInteropRadio(this IServiceCollection services) =>
        services
            // The anchor drives the bridges, and this one asks the anchor for a place: it is looked up when first asked.
            .AddSingleton(provider => new Lazy<IAnchorRadio>(provider.GetRequiredService<IAnchorRadio>))
            .AddSingleton<ILegBridge, RadioLegBridge>();
}
