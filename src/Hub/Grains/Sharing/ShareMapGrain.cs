using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Sharing;

namespace Interop.Hub.Grains.Sharing;

/// <summary>Knows which resource is in which room, and decides whether one more may be; key <c>hub</c>.</summary>
/// <remarks>
/// An index in memory: the shares are in the rooms' journals, and rooms tell again when they come up. One at a time decides,
/// since two rooms that were asked at once could close a loop together that neither closes alone.
/// </remarks>
[Alias("interop.share-map")]
internal interface IShareMapGrain : IGrainWithStringKey
{
    /// <summary>The only key.</summary>
    const string Key = "hub";

    /// <summary>Takes more for a room.</summary>
    /// <param name="wanted">What the room has, and wants.</param>
    /// <param name="order">Rises with each that the room tells or asks.</param>
    /// <returns>What stands against it; null when it is taken.</returns>
    [Alias("claim")]
    Task<ClaimFault?> Claim(RoomHoldings wanted, RoomOrder order);

    /// <summary>A room has what it says, and no more. What came out of order is passed over.</summary>
    [Alias("tell")]
    Task Tell(RoomHoldings holdings, RoomOrder order);

    /// <summary>The rooms that have a resource.</summary>
    [Alias("rooms-of")]
    Task<IReadOnlyList<RoomCode>> RoomsOf(ResourceKind kind, ResourceId resource);
}

/// <summary>Orders what a room tells: calls between grains may overtake each other.</summary>
[GenerateSerializer, Alias("interop.room-order")]
internal readonly record struct RoomOrder(long Epoch, long Number)
{
    public bool IsAfter(RoomOrder other) => (Epoch, Number).CompareTo((other.Epoch, other.Number)) > 0;
}

/// <inheritdoc />
internal sealed class ShareMapGrain : Grain, IShareMapGrain
{
    private readonly Dictionary<RoomCode, RoomOrder> orders = [];
    private ShareMap map = new();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // Idleness must not forget what rooms hold.
        DelayDeactivation(Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public Task<ClaimFault?> Claim(RoomHoldings wanted, RoomOrder order)
    {
        var fault = map.Check(wanted);
        if (fault is null)
            Take(wanted, order);
        return Task.FromResult(fault);
    }

    public Task Tell(RoomHoldings holdings, RoomOrder order)
    {
        Take(holdings, order);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<RoomCode>> RoomsOf(ResourceKind kind, ResourceId resource) =>
        Task.FromResult<IReadOnlyList<RoomCode>>(map.RoomsOf(kind, resource).ToArray());

    private void Take(RoomHoldings holdings, RoomOrder order)
    {
        var code = holdings.Room.Code;
        if (orders.TryGetValue(code, out var last) && !order.IsAfter(last))
            return;
        orders[code] = order;
        map = map.With(holdings);
        if (holdings.Room.State == RoomPhase.Closed)
            orders.Remove(code);
    }
}
