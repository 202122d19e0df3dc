using Interop.Hub.Contracts.Ids;

namespace Interop.Hub.Contracts.Ports;

/// <summary>Keeps how far the room's chat has reached each phone: over a lost leg, a restart, and another node.</summary>
public interface IChatMarks
{
    /// <summary>The leg's mark; when it has none, one that begins now.</summary>
    Task<ChatMark> Begin(RoomCode room, LegId leg, DateTimeOffset since, CancellationToken cancel);

    /// <summary>The leg's mark, if it has one.</summary>
    Task<ChatMark?> Find(RoomCode room, LegId leg, CancellationToken cancel);

    /// <summary>Moves the mark forward.</summary>
    Task Advance(RoomCode room, LegId leg, long line, CancellationToken cancel);

    /// <summary>Forgets the mark: the leg is gone for good.</summary>
    Task Forget(RoomCode room, LegId leg, CancellationToken cancel);
}

/// <summary>How far the chat has reached a leg.</summary>
/// <param name="Since">When the leg came into the room; older lines are not meant for it.</param>
/// <param name="Line">The number of the last line that it was sent, or that was marked undelivered.</param>
public readonly record struct ChatMark(DateTimeOffset Since, long Line);
