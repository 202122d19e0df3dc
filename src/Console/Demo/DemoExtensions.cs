using System.Security.Cryptography;
using Interop.Console.Demo.Script;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Interop.Console.Demo;

/// <summary>Adds the Hartford exercise.</summary>
public static class DemoExtensions
{
    /// <summary>Plays the exercise as soon as the hub is ready, until the node stops.</summary>
    public static IServiceCollection AddInteropDemo(this IServiceCollection services, DemoOptions options) =>
        services.AddHostedService(provider => new DemoService(
            Hartford.Exercise,
            options,
            provider,
            provider.GetRequiredService<TimeProvider>(),
            RandomNumberGenerator.Create(),
            provider.GetRequiredService<ILoggerFactory>()));
}
