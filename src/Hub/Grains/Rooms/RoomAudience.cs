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
    private long number;

    public RoomAudience(TimeProvider clock, ILogger log) =>
        observers = new ObserverManager<IRoomObserver>(Patience, log) { GetDateTime = () => clock.GetUtcNow().UtcDateTime };

    private readonly HashSet<LegId> ringing = [];

    /// <summary>The legs that rang while this activation called them; what they are by now, their state says.</summary>
    public IReadOnlySet<LegId> Ringing => ringing;

    /// <summary>What is heard now.</summary>
    public RoomSound Sound { get; private set; } = new([], null);

    public LiveRevision Revision(long epoch) => new(epoch, number);

    public void Add(IRoomObserver observer) => observers.Subscribe(observer, observer);

    public void Remove(IRoomObserver observer) => observers.Unsubscribe(observer);

    public void Tell(RoomState state, long epoch, IEnumerable<RoomChange> changes)
    {
        var all = changes.ToArray();
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
        if (state.Leg(leg) is { Status: LegStatus.Connecting } called && ringing.Add(leg))
            Tell(state, epoch, [new LegChanged(RoomLive.Ringing(called))]);
    }

    /// <summary>Leaves a gap in the numbers, so that everybody fetches the whole room with the next change.</summary>
    public void Skip() => number++;
}
