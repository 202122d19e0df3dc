using System.Collections.Immutable;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Bridges.Sip.Conference;

/// <summary>What of a room a phone's roster shows; immutable, so that two moments can be compared.</summary>
/// <param name="Title">What the incident is called.</param>
/// <param name="Owner">The agency that holds the room.</param>
/// <param name="Open">False when the room is over.</param>
/// <param name="Legs">Every leg that is not gone, in the order in which they came.</param>
/// <param name="Talking">Who talks now.</param>
/// <param name="Floor">Whom the half-duplex outputs carry.</param>
internal sealed record Roster(
    string Title, AgencyId Owner, bool Open, ImmutableList<LegView> Legs, ImmutableHashSet<LegId> Talking, LegId? Floor)
{
    public static Roster Of(RoomSnapshot room) => new(
        room.Title,
        room.Header.Owner,
        room.State != RoomPhase.Closed,
        [.. room.Legs.Where(leg => leg.Status != LegStatus.Gone).Select(Shown)],
        [.. room.Talking],
        room.Floor);

    /// <summary>The roster after a change; the same one when the change is nothing that it shows.</summary>
    public Roster With(RoomChange change) => change switch
    {
        HeaderChanged header => this with
        {
            Title = header.Header.Title,
            Owner = header.Header.Owner,
            Open = header.Header.State != RoomPhase.Closed,
        },
        LegChanged { Leg: var leg } => WithLeg(Shown(leg)) is var legs && ReferenceEquals(legs, Legs) ? this : this with { Legs = legs },
        SoundChanged sound => this with { Talking = [.. sound.Talking], Floor = sound.Floor },
        _ => this,
    };

    public bool Talks(LegId leg) => Talking.Contains(leg);

    /// <summary>Whether a leg looks the same in both.</summary>
    public bool SameIn(Roster other, LegView leg) =>
        other.Legs.Find(known => known.Id == leg.Id) == leg
        && Talks(leg.Id) == other.Talks(leg.Id)
        && (Floor == leg.Id) == (other.Floor == leg.Id);

    // A phone is not told how good a voice is, nor how loud: it would be notified of figures that its roster has no place for.
    private static LegView Shown(LegView leg) => leg with { Quality = null, Gain = 0 };

    private ImmutableList<LegView> WithLeg(LegView leg)
    {
        var at = Legs.FindIndex(known => known.Id == leg.Id);
        if (leg.Status == LegStatus.Gone)
            return at < 0 ? Legs : Legs.RemoveAt(at);
        return at < 0 ? Legs.Add(leg) : Legs[at] == leg ? Legs : Legs.SetItem(at, leg);
    }
}
