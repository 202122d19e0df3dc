using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Metadata;
using Orleans.Runtime;

namespace Interop.Hub.Grains;

/// <summary>Remembers what the cluster calls each grain interface.</summary>
/// <remarks>
/// Orleans reads the attributes of the interface and formats its name each time a grain is addressed, which was a fortieth
/// of the hub's time in a rush of calls. The name stays the one that Orleans itself comes to.
/// </remarks>
internal sealed class RememberedInterfaces(IServiceProvider services) : IGrainInterfaceTypeProvider
{
    private readonly ConcurrentDictionary<Type, GrainInterfaceType> known = new();

    // The resolver asks every provider, this one too, while it works a name out.
    [ThreadStatic]
    private static bool asking;

    public bool TryGetGrainInterfaceType(Type type, out GrainInterfaceType grainInterfaceType)
    {
        if (known.TryGetValue(type, out grainInterfaceType))
            return true;
        if (asking || type.IsGenericType)
            return false;
        asking = true;
        try
        {
            grainInterfaceType = known[type] = services.GetRequiredService<GrainInterfaceTypeResolver>().GetGrainInterfaceType(type);
            return true;
        }
        finally
        {
            asking = false;
        }
    }
}
