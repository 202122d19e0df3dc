using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Ports;

namespace Interop.Bridges.Sip.Calls;

/// <summary>Finds the leg whose place an INVITE with Replaces asks for (RFC 3891), whichever node carries it.</summary>
internal sealed class Replacing(SipStackHost host, SipLegs legs, IDialogStore dialogs)
{
    /// <summary>The leg; a reply for an INVITE that may not replace what it names; neither for one that replaces nothing.</summary>
    /// <remarks>The room decides whether the caller may: a phone takes only its own agency's places.</remarks>
    public async Task<(LegId? Leg, SipReply? Refusal)> FindAsync(IncomingCall call, RoomCode room)
    {
        if (call.Request.Headers[HeaderNames.Replaces] is null)
            return (null, null);
        if (call.Replaces is not { } asked)
            return (null, new SipReply(400, "Malformed Replaces"));
        var found = await host.Stack.FindCallAsync(asked);
        if (found.Call is { } held && legs.Of(held) is { } leg)
            return leg.Room == room ? (leg.Id, null) : (null, new SipReply(481));
        if (found.Refusal is { Status: not 481 } refusal)
            return (null, refusal);
        // A dialog that another node holds, or that this one held before it was restarted.
        foreach (var stored in await dialogs.FindByCall(asked.CallId, CancellationToken.None))
            if (stored.Room == room && DialogRecord.Read(stored) is { } state && state.LocalTag == asked.ToTag && state.RemoteTag == asked.FromTag)
                return asked.EarlyOnly ? (null, new SipReply(486)) : (stored.Leg, null);
        return (null, new SipReply(481));
    }
}
