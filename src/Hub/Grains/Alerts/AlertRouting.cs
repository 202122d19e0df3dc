using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Alerts;

namespace Interop.Hub.Grains.Alerts;

/// <summary>Brings an alert to its room: opens the room the first time, and tells it of updates after.</summary>
internal sealed class AlertRouting(IGrainFactory grains, IDirectory directory, AgencyId agency)
{
    /// <summary>The room that now shows the alert.</summary>
    public async Task<Outcome<RoomCode>> Show(FollowedAlert followed)
    {
        var (alert, playbook) = (followed.Summary, followed.Playbook!);
        var actor = new Actor(ActorKind.Playbook, agency, playbook.Id, Role.Dispatcher);
        if (alert.Room is { } room)
            return await Tell(room, new AttachAlert(alert), actor, new CommandId($"alert:{alert.Id}:{alert.Revision}"), "room.closed");
        var registry = grains.GetGrain<IRoomRegistryGrain>(IRoomRegistryGrain.Key);
        var allocated = await registry.Allocate(agency, new CommandId($"alert:{alert.Id}"));
        if (!allocated.Ok)
            return allocated.Refusal;
        var opening = Playbooks.Opening(agency, playbook, alert, directory.Current.Find(agency));
        return await Tell(allocated.Value.Code, opening, actor, new CommandId($"alert:{alert.Id}"), "room.exists");
    }

    /// <param name="done">The refusal that says that there is nothing left to do.</param>
    private async Task<Outcome<RoomCode>> Tell(RoomCode room, RoomCommand command, Actor actor, CommandId id, string done)
    {
        var outcome = await grains.GetGrain<IRoomGrain>(room.Value).Execute(command, actor, id);
        return outcome.Ok || outcome.Refusal.Code == done ? room : outcome.Refusal;
    }
}
