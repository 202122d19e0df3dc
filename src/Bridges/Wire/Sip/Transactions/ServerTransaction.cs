using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transports;

namespace Interop.Bridges.Wire.Sip.Transactions;

/// <summary>A request of a peer, for whoever answers it; used in its lane.</summary>
internal sealed class ServerTransaction(ServerRecord record, SipRequest request, SipSource source)
{
    /// <summary>What the layer keeps of it; the same object for as long as the request is known.</summary>
    public ServerRecord Record => record;

    public SipRequest Request => request;

    public SipSource Source => source;

    /// <summary>Sends a response; a second final one is sent only when it repeats a 2xx to INVITE.</summary>
    public void Respond(SipResponse response) => record.Respond(response);

    /// <summary>Hands over the ACK of the 2xx when it carries the INVITE's own branch; null when nobody waits for it any more.</summary>
    public void AwaitAck(Action<SipRequest>? acknowledged) => record.OnAck = acknowledged;
}
