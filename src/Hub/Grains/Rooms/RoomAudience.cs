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
    private readonly Dictionary<LegId, string> secured = [];
    private readonly Dictionary<LegId, LegQuality> measured = [];
    private readonly Dictionary<LegId, string> signalled = [];
    private long number;

    public RoomAudience(TimeProvider clock, ILogger log) =>
        observers = new ObserverManager<IRoomObserver>(Patience, log) { GetDateTime = () => clock.GetUtcNow().UtcDateTime };

    /// <summary>What is heard now.</summary>
    public RoomSound Sound { get; private set; } = new([], null);

    public LiveRevision Revision(long epoch) => new(epoch, number);

    public void Add(IRoomObserver observer) => observers.Subscribe(observer, observer);

    public void Remove(IRoomObserver observer) => observers.Unsubscribe(observer);

    public void Tell(RoomState state, long epoch, IEnumerable<RoomChange> changes)
    {
        var all = changes.Select(change => Shown(state, change)).ToArray();
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

    /// <summary>The leg's voice is protected by that suite from now on, or no more.</summary>
    public void TellSecurity(RoomState state, long epoch, LegId leg, string? suite)
    {
        if (state.Leg(leg) is not { } told || secured.GetValueOrDefault(leg) == suite)
            return;
        foreach (var gone in secured.Keys.Where(known => state.Leg(known) is null or { Status: LegStatus.Gone }).ToArray())
            secured.Remove(gone);
        if (suite is null)
            secured.Remove(leg);
        else
            secured[leg] = suite;
        Tell(state, epoch, [new LegChanged(told)]);
    }

    /// <summary>The legs whose calls that node answers for, as it said.</summary>
    public IEnumerable<LegId> SignalledBy(string node) => signalled.Where(known => known.Value == node).Select(static known => known.Key);

    /// <summary>That node answers for the leg's call from now on: whoever did before lets go of it.</summary>
    public void TellSignalling(RoomState state, long epoch, LegId leg, string node)
    {
        if (state.Leg(leg) is not { } told || signalled.GetValueOrDefault(leg) == node)
            return;
        foreach (var gone in signalled.Keys.Where(known => state.Leg(known) is null or { Status: LegStatus.Gone }).ToArray())
            signalled.Remove(gone);
        signalled[leg] = node;
        Tell(state, epoch, [new LegChanged(told)]);
    }

    /// <summary>What was measured of some legs; what is known already is not told again.</summary>
    public void TellQuality(RoomState state, long epoch, IReadOnlyList<MeasuredLeg> legs)
    {
        foreach (var gone in measured.Keys.Where(known => state.Leg(known) is null or { Status: LegStatus.Gone }).ToArray())
            measured.Remove(gone);
        var changes = new List<LegChanged>();
        foreach (var (id, quality) in legs)
        {
            if (state.Leg(id) is not { Status: not LegStatus.Gone } leg || measured.GetValueOrDefault(id) == quality)
                continue;
            measured[id] = quality;
            if (leg.Status == LegStatus.Up)
                changes.Add(new LegChanged(leg));
        }

        Tell(state, epoch, changes);
    }

    /// <summary>A leg with what stands in no record: whether the party that is called rings, whether its voice is protected, and how good it is.</summary>
    /// <remarks>A leg that its agency's condition makes a listener is shown as one: nobody may believe that it is heard.</remarks>
    public LegView Shown(RoomState state, LegView leg) => leg with
    {
        Mode = leg.Mode == LegMode.Talk && Memberships.ListensOnly(state, leg) ? LegMode.Listen : leg.Mode,
        Rings = leg.Status == LegStatus.Connecting && ringing.Contains(leg.Id),
        Security = leg.Status is LegStatus.Lost or LegStatus.Gone ? null : secured.GetValueOrDefault(leg.Id),
        Quality = leg.Status == LegStatus.Up ? measured.GetValueOrDefault(leg.Id) : null,
        Node = leg.Status == LegStatus.Gone ? null : signalled.GetValueOrDefault(leg.Id),
    };

    /// <summary>Leaves a gap in the numbers, so that everybody fetches the whole room with the next change.</summary>
    public void Skip() => number++;

    private RoomChange Shown(RoomState state, RoomChange change) => change is LegChanged { Leg: var leg } ? new LegChanged(Shown(state, leg)) : change;
}
