using Interop.Bridges.Core.Legs;
using Microsoft.Extensions.DependencyInjection;

namespace Interop.Bridges.Radio;

/// <summary>Adds radio channels behind RTP gateways.</summary>
public static class RadioExtensions
{
    /// <summary>Adds the bridge; the channels come with the rooms' plans.</summary>
    public static IServiceCollection AddInteropRadio(this IServiceCollection services) =>
        services.AddSingleton<ILegBridge, RadioLegBridge>();
}
