using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Rooms;
using Microsoft.Extensions.Logging;
using Orleans.Utilities;

namespace Interop.Hub.Grains.Rooms;

/// <summary>Those who watch a room, and the numbers of what they were told.</summary>
internal sealed class RoomAudience
{
    /// <summary>A node that has not renewed for so long is gone.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ObserverManager<IRoomObserver> observers;
    private readonly HashSet<LegId> ringing = [];
    private long number;

    public RoomAudience(TimeProvider clock, ILogger log) =>
        observers = new ObserverManager<IRoomObserver>(Patience, log) { GetDateTime = () => clock.GetUtcNow().UtcDateTime };

    /// <summary>The legs that rang while this activation called them; what they are by now, their state says.</summary>
    public IReadOnlySet<LegId> Ringing => ringing;

    /// <summary>What is heard now.</summary>
    public RoomSound Sound { get; private set; } = new([], null);

    public LiveRevision Revision(long epoch) => new(epoch, number);

    public void Add(IRoomObserver observer) => observers.Subscribe(observer, observer);

    public void Remove(IRoomObserver observer) => observers.Unsubscribe(observer);

    public void Tell(RoomState state, long epoch, IEnumerable<RoomChange> changes)
    {
        var all = changes.Select(Shown).ToArray();
        if (all.Length == 0)
            return;
        number++;
        if (observers.Count == 0)
            return;
        var delta = new RoomDelta(state.Code, Revision(epoch), all);
        // One-way calls: nobody's slowness reaches the room, and a node that fails is forgotten.
        observers.Notify(observer => observer.Changed(delta)).Ignore();
    }

    public void TellSound(RoomState state, long epoch, RoomSound sound)
    {
        Sound = sound;
        Tell(state, epoch, [new SoundChanged(sound.Talking, sound.Floor)]);
    }

    public void TellRinging(RoomState state, long epoch, LegId leg)
    {
        if (state.Leg(leg) is not { Status: LegStatus.Connecting } called)
            return;
        // A room calls for hours; those that no longer ring are forgotten as others begin to.
        ringing.RemoveWhere(known => state.Leg(known) is not { Status: LegStatus.Connecting });
        if (ringing.Add(leg))
            Tell(state, epoch, [new LegChanged(called)]);
    }

    /// <summary>Leaves a gap in the numbers, so that everybody fetches the whole room with the next change.</summary>
    public void Skip() => number++;

    /// <summary>Ringing stands in no record, so it is added to what the record says of a leg, whatever changed in it.</summary>
    private RoomChange Shown(RoomChange change) =>
        change is LegChanged { Leg: var leg } && ringing.Contains(leg.Id) ? new LegChanged(RoomLive.Ringing(leg)) : change;
}
