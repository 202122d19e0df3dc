using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;

namespace Interop.Hub.Contracts.Rooms;

/// <summary>Hands out dial codes and lists the rooms; key <c>hub</c>. What a room is, its own record says.</summary>
[Alias("interop.room-registry")]
public interface IRoomRegistryGrain : IGrainWithStringKey
{
    /// <summary>The only key.</summary>
    const string Key = "hub";

    /// <summary>A code that no room has had; the same command gets the same code.</summary>
    [Alias("allocate")]
    Task<Outcome<RoomCodeReceipt>> Allocate(AgencyId owner, CommandId id);

    /// <summary>Takes a code that somebody chose, for a standing room; refused when another agency's room has it.</summary>
    [Alias("claim")]
    Task<Outcome<RoomCodeReceipt>> Claim(RoomCode code, AgencyId owner);

    /// <summary>A room tells how it looks in a list.</summary>
    [Alias("report")]
    Task Report(RoomSummary summary);

    /// <summary>The rooms that are not closed.</summary>
    [Alias("list-open")]
    Task<IReadOnlyList<RoomSummary>> ListOpen();

    /// <summary>The codes whose rooms have not reported that they are closed: what starting must wake.</summary>
    [Alias("list-to-wake")]
    Task<IReadOnlyList<RoomCode>> ListToWake();

    /// <summary>Sends every reported summary to a node until it stops renewing.</summary>
    [Alias("subscribe")]
    Task Subscribe(IRoomListObserver observer);
}

/// <summary>A code that was given out.</summary>
[GenerateSerializer, Alias("interop.room-code-receipt")]
public sealed record RoomCodeReceipt(RoomCode Code);

/// <summary>A node that follows the list of rooms.</summary>
[Alias("interop.room-list-observer")]
public interface IRoomListObserver : IGrainObserver
{
    /// <summary>A room opened, changed or closed.</summary>
    [Alias("changed"), OneWay]
    Task Changed(RoomSummary summary);
}
