using System.Collections.Immutable;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Rooms;

namespace Interop.Hub.Grains.Dialling;

/// <summary>Holds a room's outgoing calls to the limits of the agencies that place them.</summary>
internal sealed class RoomCalls(IGrainFactory grains, TimeProvider clock, RoomCode code)
{
    /// <summary>How long a call waits to be counted; what cannot be counted is not placed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly Refusal Uncounted = new(
        RefusalKind.Unavailable, "dial.uncounted", "Whether the agency may place one more call cannot be told now; try again.");

    /// <summary>Claims what a decision calls.</summary>
    /// <remarks>Somebody who calls is refused. What brings a call along is not: a room opens, and an invitation passes on, without the call, and the record says so.</remarks>
    public async Task<Decision> Claim(ImmutableArray<RoomEvent> events, RoomState state, RoomCommand command)
    {
        var calls = events.OfType<LegDialled>().ToArray();
        if (calls.Length == 0)
            return new Decision(events, null);
        var caller = Legs.CallerOf(command is OpenRoom opening ? opening.Owner : state.Owner, calls[0].Party);
        if (command is not (OpenRoom or FollowInvites or AnswerInvite or AnswerAsk))
            return await Refusal(caller, state, calls) is { } refusal ? refusal : new Decision(events, null);
        var kept = ImmutableArray.CreateBuilder<RoomEvent>(events.Length);
        var placed = new List<LegDialled>();
        foreach (var happened in events)
        {
            if (happened is LegDialled call && await Refusal(caller, state, [.. placed, call], claimed: placed.Count) is { } no)
                kept.Add(LegNotDialled.For(call, no));
            else
                kept.Add(happened);
            if (kept[^1] is LegDialled made)
                placed.Add(made);
        }

        return new Decision(kept.ToImmutable(), null);
    }

    /// <summary>Tells those agencies whose calls in the room changed.</summary>
    public void Tell(RoomState before, RoomState after)
    {
        var (had, has) = (Of(before), Of(after));
        foreach (var agency in had.Keys.Union(has.Keys))
            if (!(had.GetValueOrDefault(agency) ?? []).SequenceEqual(has.GetValueOrDefault(agency) ?? []))
                Grain(agency).Hold(code, has.GetValueOrDefault(agency) ?? []).Ignore();
    }

    /// <summary>Tells every agency what calls the room has, after it came up or a claim may have come to nothing.</summary>
    /// <param name="state">The room.</param>
    /// <param name="claimant">Who may have claimed for a call that is not there.</param>
    public void TellAgain(RoomState state, AgencyId? claimant = null)
    {
        var has = Of(state);
        foreach (var agency in has.Keys.Append(state.Owner).Append(claimant ?? state.Owner).Distinct())
            Grain(agency).Hold(code, has.GetValueOrDefault(agency) ?? []).Ignore();
    }

    private async Task<Refusal?> Refusal(AgencyId caller, RoomState state, LegDialled[] calls, int claimed = 0)
    {
        LegId[] held = [.. Of(state).GetValueOrDefault(caller) ?? [], .. calls.Take(claimed).Select(call => call.Leg)];
        LegId[] more = [.. calls.Skip(claimed).Select(call => call.Leg)];
        try
        {
            return await Grain(caller).Claim(code, held, more).WaitAsync(Patience, clock);
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            return Uncounted;
        }
    }

    private static Dictionary<AgencyId, LegId[]> Of(RoomState state) => state.Legs
        .Where(leg => leg is { Dialled: true, Status: not LegStatus.Gone })
        .GroupBy(leg => Legs.CallerOf(state.Owner, leg.Party), leg => leg.Id)
        .ToDictionary(group => group.Key, group => group.ToArray());

    private IAgencyCallsGrain Grain(AgencyId agency) => grains.GetGrain<IAgencyCallsGrain>(agency.Value);
}
