using System.Collections.Immutable;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Rooms;

namespace Interop.Hub.Grains.Rooms;

/// <summary>Holds a room's lent channels against every other room.</summary>
internal sealed class ResourceClaims(IGrainFactory grains, RoomCode code)
{
    /// <summary>Claims what a decision lends.</summary>
    /// <remarks>
    /// Somebody who lends a channel is refused when it is in use. An opening is not: the room opens without the channel,
    /// and the record says so.
    /// </remarks>
    public async Task<Decision> Claim(ImmutableArray<RoomEvent> events, RoomState state, RoomCommand command, Actor actor)
    {
        var held = ImmutableArray.CreateBuilder<RoomEvent>(events.Length);
        var room = Summary(state, command);
        foreach (var happened in events)
        {
            if (happened is not ChannelLent lent || await Grain(lent.Channel.Resource).Claim(room) is not { } holder)
            {
                held.Add(happened);
                continue;
            }

            var refusal = Refusals.ShareInUse(
                lent.Channel.Name, holder.IsVisibleTo(actor) ? $"room {holder.Code}, {holder.Title}" : "another room");
            if (command is LendChannel)
                return refusal;
            held.Add(new ChannelNotLent(lent.Channel.Resource, lent.Channel.Name, refusal.Text));
        }

        return new Decision(held.ToImmutable(), null);
    }

    /// <summary>Claims again what the room has lent, after it came up.</summary>
    public async Task<IReadOnlyList<ResourceId>> ClaimAgain(RoomState state)
    {
        var refused = new List<ResourceId>();
        foreach (var share in state.Shares)
            if (await Grain(share.View.Resource).Claim(RoomLive.Summary(state)) is not null)
                refused.Add(share.View.Resource);
        return refused;
    }

    /// <summary>Frees what was lent before and is not after.</summary>
    public void Release(RoomState before, RoomState after)
    {
        foreach (var share in before.Shares)
            if (after.Share(share.View.Id) is null)
                Grain(share.View.Resource).Release(code).Ignore();
    }

    /// <summary>Frees what was claimed for a decision that did not come to hold.</summary>
    public void ReleaseUnlessLent(ImmutableArray<RoomEvent> events, RoomState state)
    {
        foreach (var happened in events)
            if (happened is ChannelLent lent && !state.Shares.Exists(share => share.View.Resource == lent.Channel.Resource))
                Grain(lent.Channel.Resource).Release(code).Ignore();
    }

    private static RoomSummary Summary(RoomState state, RoomCommand command)
    {
        var summary = RoomLive.Summary(state);
        return command is OpenRoom open && !state.Exists ? summary with { Title = open.Title, Owner = open.Owner } : summary;
    }

    private IResourceGrain Grain(ResourceId resource) => grains.GetGrain<IResourceGrain>(resource.Value);
}
