using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transactions;

namespace Interop.Bridges.Wire.Sip.UserAgent;

/// <summary>What takes the requests of one dialog, in its lane.</summary>
internal interface IDialogUsage
{
    void OnRequest(ServerTransaction transaction);

    void OnAck(SipRequest ack);
}
