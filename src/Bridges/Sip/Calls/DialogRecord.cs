using System.Text.Json;
using Interop.Bridges.Wire.Sip.Dialogs;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Ports;

namespace Interop.Bridges.Sip.Calls;

/// <summary>A dialog as it is stored, without keys, and back.</summary>
internal static class DialogRecord
{
    public static StoredDialog Of(RoomCode room, LegId leg, DialogState state) =>
        new(room, leg, JsonSerializer.Serialize(state with { LocalSdp = StoredKeys.Withhold(state.LocalSdp), RemoteSdp = StoredKeys.Withhold(state.RemoteSdp) }), state.CallId);

    public static DialogState? Read(StoredDialog stored) =>
        JsonSerializer.Deserialize<DialogState>(stored.State) is { } state ? state with { LocalSdp = StoredKeys.Renew(state.LocalSdp) } : null;
}
