using Interop.Hub.Contracts.Ids;

namespace Interop.Hub.Contracts.Ports;

/// <summary>Keeps what a bridge needs to go on with a leg's signalling after this process, or on another node.</summary>
/// <remarks>A save returns when it would survive kill -9; a SIP 200 goes out only after it did (design rule 1).</remarks>
public interface IDialogStore
{
    /// <summary>Stores the leg's dialog, in place of an older one.</summary>
    Task Save(StoredDialog dialog, CancellationToken cancel);

    /// <summary>The leg's dialog, if one is stored.</summary>
    Task<StoredDialog?> Find(RoomCode room, LegId leg, CancellationToken cancel);

    /// <summary>The dialogs of one Call-ID: what a request that this process does not know may belong to.</summary>
    Task<IReadOnlyList<StoredDialog>> FindByCall(string callId, CancellationToken cancel);

    /// <summary>Forgets the leg's dialog.</summary>
    Task Forget(RoomCode room, LegId leg, CancellationToken cancel);
}

/// <summary>A leg's signalling at rest.</summary>
/// <param name="Room">The room.</param>
/// <param name="Leg">The leg.</param>
/// <param name="State">The bridge's own JSON.</param>
/// <param name="CallId">What the signalling calls the call, to find it by.</param>
public sealed record StoredDialog(RoomCode Room, LegId Leg, string State, string? CallId = null);
