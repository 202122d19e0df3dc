using System.Collections.Immutable;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain;
using Interop.Hub.Domain.Dialling;
using Interop.Hub.Domain.Rooms;
using Interop.Hub.Domain.Sharing;

namespace Interop.Hub.Grains.Sharing;

/// <summary>Holds what a room has against every other room, and has the hub prove that no sound comes round.</summary>
internal sealed class ResourceClaims(IGrainFactory grains, TimeProvider clock, RoomCode code)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly Refusal Unproved = new(
        RefusalKind.Unavailable, "share.unproved", "Whether this would send sound round cannot be told now; try again.");

    private long number;

    /// <summary>Claims what a decision lends, and what it connects to other rooms.</summary>
    /// <remarks>
    /// Somebody who lends a resource is refused when it cannot be had. An opening is not: the room opens without it, and the
    /// record says so.
    /// </remarks>
    public async Task<Decision> Claim(ImmutableArray<RoomEvent> events, RoomState state, RoomCommand command, Actor actor, long epoch)
    {
        var has = Holdings(state, Summary(state, command));
        var held = ImmutableArray.CreateBuilder<RoomEvent>(events.Length);
        var refused = new HashSet<LegId>();
        var answers = true;
        foreach (var happened in events)
        {
            held.Add(happened);
            if (Wanted(happened, has) is not { } wanted)
                continue;
            // A map that does not answer is asked once: the room's next act waits for this one.
            var fault = answers ? await Fault(wanted, epoch, actor) : Unproved;
            answers = fault != Unproved;
            if (fault is not { } refusal)
            {
                has = wanted;
                continue;
            }

            if (happened is not ResourceLent lent || command is not OpenRoom)
                return refusal.Kind == RefusalKind.Unavailable && happened is not ResourceLent ? new Decision(events, null) : refusal;
            held[^1] = new ResourceNotLent(lent.Resource.Resource, lent.Resource.Name, refusal.Text);
            if (lent.Leg is { } leg)
                refused.Add(leg);
        }

        return new Decision([.. held.Where(happened => happened is not LegDialled called || !refused.Contains(called.Leg))], null);
    }

    /// <summary>Tells what the room has, after it came up or a claim may have come to nothing.</summary>
    public void TellAgain(RoomState state, long epoch) =>
        Map.Tell(Holdings(state, RoomLive.Summary(state)), Next(epoch)).Ignore();

    /// <summary>Tells what changed of it.</summary>
    public void Tell(RoomState before, RoomState after, long epoch)
    {
        if (before.Shares != after.Shares || !PointsTo(before).SequenceEqual(PointsTo(after)))
            TellAgain(after, epoch);
    }

    private async Task<Refusal?> Fault(RoomHoldings wanted, long epoch, Actor actor)
    {
        try
        {
            if (await Map.Claim(wanted, Next(epoch)).WaitAsync(Patience, clock) is not { } fault)
                return null;
            return fault.TalkedOnFrom is { } room
                ? Refusals.ShareInUse(fault.Name, Named(room, actor))
                : Refusals.ShareLoops(fault.Name, string.Join(" → ", fault.Ring.Select(place => place.Room is { } at ? Named(at, actor) : place.Name)));
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            return Unproved;
        }
    }

    private string Named(RoomSummary room, Actor actor) =>
        room.Code == code ? $"room {code}" : room.IsVisibleTo(actor) ? $"room {room.Code}, {room.Title}" : "another room";

    /// <summary>What the room would have after an event; null when it takes nothing more.</summary>
    private static RoomHoldings? Wanted(RoomEvent happened, RoomHoldings has) => happened switch
    {
        ResourceLent lent => has with { Held = [.. has.Held, HeldResource.Of(lent.Resource, (lent.Terms ?? ShareTerms.Open).Direction)] },
        LegJoined { Party.Focus: { } focus } when CodeIn(focus) is { } room && room != has.Room.Code.Value && !has.PointsTo.Contains(room) => has with { PointsTo = [.. has.PointsTo, room] },
        _ => null,
    };

    private static RoomHoldings Holdings(RoomState state, RoomSummary summary) => new(
        summary,
        state.Shares.Select(share => HeldResource.Of(share.Resource, share.View.Direction)).ToArray(),
        PointsTo(state).ToArray());

    private static IEnumerable<string> PointsTo(RoomState state) => state.Legs
        .Where(leg => leg.Status != LegStatus.Gone && leg.Share is null)
        .Select(leg => leg.Party.Focus ?? (leg.Dialled ? leg.Party.Address : null))
        // A room of the same code is another hub's: the loop guard listens for that.
        .Select(CodeIn).OfType<string>().Where(room => room != state.Code.Value).Distinct();

    /// <summary>The dial code in an address, if it leads to a room as this hub's do.</summary>
    private static string? CodeIn(string? address) =>
        DialAddress.Read(address?.Split(';', '?')[0], out _) is { User: var user } && Slug.IsRoomCode(user) ? user : null;

    private static RoomSummary Summary(RoomState state, RoomCommand command)
    {
        var summary = RoomLive.Summary(state);
        return command is OpenRoom open && !state.Exists ? summary with { Title = open.Title, Owner = open.Owner } : summary;
    }

    private RoomOrder Next(long epoch) => new(epoch, ++number);

    private IShareMapGrain Map => grains.GetGrain<IShareMapGrain>(IShareMapGrain.Key);
}
