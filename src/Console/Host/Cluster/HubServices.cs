using Interop.Console.Host.Settings;

namespace Interop.Console.Host.Cluster;

internal static class HubServices
{
    public static IServiceCollection AddHub(this IServiceCollection services, DataOptions data) => services;
}
