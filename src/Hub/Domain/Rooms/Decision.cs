using System.Collections.Immutable;
using Interop.Hub.Contracts;

namespace Interop.Hub.Domain.Rooms;

/// <summary>What follows from a command: events, nothing because it is so already, or a refusal.</summary>
internal readonly record struct Decision(ImmutableArray<RoomEvent> Events, Refusal? Refusal)
{
    /// <summary>It is so already.</summary>
    public static Decision Nothing { get; } = new([], null);

    public static implicit operator Decision(RoomEvent happened) => new([happened], null);

    public static implicit operator Decision(Refusal refusal) => new([], refusal);

    public static Decision Of(IEnumerable<RoomEvent> happened) => new([.. happened], null);
}
