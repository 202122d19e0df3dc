using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Bridges.Core.Legs;

/// <summary>A bridge to one outside world, as the reconcile loop drives it.</summary>
/// <remarks>Asked twice for the same leg, it has one.</remarks>
public interface ILegBridge
{
    /// <summary>The legs that it carries.</summary>
    LegKind Kind { get; }

    /// <summary>Whether the leg is connected through this node now.</summary>
    bool Holds(RoomCode room, LegId leg);

    /// <summary>Tries once to make the leg true: rejoins its stored signalling, or else calls.</summary>
    /// <remarks>Cancelled when the plan no longer wants the leg; whatever was under way is then taken back.</remarks>
    Task<LegAttempt> BringUpAsync(RoomPlan plan, PlannedLeg leg, CancellationToken cancel);
}

/// <summary>What one try came to.</summary>
public enum LegResult
{
    /// <summary>Connected.</summary>
    Up,

    /// <summary>Not now; it is tried again.</summary>
    Lost,

    /// <summary>The party said no, or can never be reached; it is not tried again.</summary>
    Left,
}

/// <summary>A try's result, with its cause in words for the roster.</summary>
public sealed record LegAttempt(LegResult Result, string Cause)
{
    /// <summary>Connected.</summary>
    public static LegAttempt Up { get; } = new(LegResult.Up, "");

    /// <summary>Not now.</summary>
    public static LegAttempt Lost(string cause) => new(LegResult.Lost, cause);

    /// <summary>Not again.</summary>
    public static LegAttempt Left(string cause) => new(LegResult.Left, cause);
}
