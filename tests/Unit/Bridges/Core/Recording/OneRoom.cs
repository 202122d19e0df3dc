using System.Reflection;
using Interop.Hub.Contracts.Rooms;
using Orleans;

namespace Interop.Tests.Unit.Bridges.Core.Recording;

/// <summary>A cluster in which every grain is one room.</summary>
public class OneRoom : DispatchProxy
{
    private IRoomGrain? _room;

    public static IGrainFactory Of(IRoomGrain room)
    {
        var grains = Create<IGrainFactory, OneRoom>();
        ((OneRoom)(object)grains)._room = room;
        return grains;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _room;
}
