using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Rooms;

namespace Interop.Hub.Grains.Rooms;

/// <summary>Seeing whether somebody of the holder's agency is there, and warning where nobody is.</summary>
internal sealed partial class RoomGrain
{
    private static readonly TimeSpan WatchPeriod = TimeSpan.FromSeconds(15);

    /// <summary>After the room came up, browsers and calls need so long to be seen again.</summary>
    private static readonly TimeSpan ComingBack = TimeSpan.FromMinutes(2);

    private IGrainTimer? watching;
    private DateTimeOffset? attended;
    private DateTimeOffset cameUp;

    public Task Attend(IReadOnlyList<AgencyId> agencies)
    {
        foreach (var agency in agencies)
            AttendBy(agency);
        return Task.CompletedTask;
    }

    private void AttendBy(AgencyId agency)
    {
        if (agency == State.Lease.Holder.Agency)
            attended = clock.GetUtcNow();
    }

    /// <summary>Whoever of the holder's agency talks is there. A guest bears the agency of whoever let it in, and a radio talks by itself.</summary>
    private void AttendBy(RoomSound sound)
    {
        foreach (var talking in sound.Talking)
            if (State.Leg(talking) is { Status: LegStatus.Up, Kind: not LegKind.Radio, Party.IsGuest: false } leg)
                AttendBy(leg.Party.Agency);
    }

    private void SettleWatch(bool open)
    {
        if (!open || !Leases.Watches(State))
            Stop(ref watching);
        else if (watching is null)
            watching = this.RegisterGrainTimer(WatchOverLease, WatchPeriod, WatchPeriod);
    }

    private async Task WatchOverLease(CancellationToken cancel)
    {
        AttendBy(audience.Sound);
        var watch = new WatchLease(attended, cameUp + ComingBack);
        // Most of the time there is nothing to say, and then no command is given.
        if (!Leases.Watch(State, watch, clock.GetUtcNow()).Events.IsEmpty)
            await Execute(watch, Actor.Hub, new CommandId($"watch-lease:{record.Epoch}:{record.Version}"));
    }
}
