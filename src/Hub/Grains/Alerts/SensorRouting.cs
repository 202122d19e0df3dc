using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Alerts;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Grains.Sharing;

namespace Interop.Hub.Grains.Alerts;

/// <summary>Brings an alert into the rooms that its sensor is lent to.</summary>
/// <remarks>The room decides whether the sensor is lent to it now; told twice, it shows the alert once.</remarks>
internal sealed class SensorRouting(IGrainFactory grains, IDirectory directory, AgencyId agency)
{
    /// <summary>False when a room could not be told now.</summary>
    public async Task<bool> Bring(AlertSummary alert)
    {
        var all = true;
        foreach (var sensor in directory.Current.Find(agency)?.All<SensorEntry>() ?? [])
        {
            if (!string.Equals(sensor.Source, alert.Source, StringComparison.OrdinalIgnoreCase))
                continue;
            var id = new ResourceId(agency, sensor.Id);
            foreach (var room in await grains.GetGrain<IShareMapGrain>(IShareMapGrain.Key).RoomsOf(ResourceKind.Sensor, id))
            {
                var told = await grains.GetGrain<IRoomGrain>(room.Value).Execute(
                    new BringAlert(id, alert), Actor.Hub, new CommandId($"sensor:{id}:{alert.Id}:{alert.Revision}"));
                all &= told.Refusal is not { Kind: RefusalKind.Unavailable };
            }
        }

        return all;
    }
}
