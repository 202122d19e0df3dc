using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transactions;

namespace Interop.Bridges.Wire.Sip.UserAgent.Subscriptions;

/// <summary>A dialog without a call: made by SUBSCRIBE or REFER, or left behind by a call that ended before its subscriptions.</summary>
internal sealed class SubscriptionDialog(Dialog dialog) : IDialogUsage
{
    public void OnAck(SipRequest ack) { }

    public void OnRequest(ServerTransaction transaction)
    {
        if (!dialog.Takes(transaction)) return;
        switch (transaction.Request.Method)
        {
            case SipMethods.Subscribe:
                dialog.Subscriptions.OnSubscribe(transaction, call: null);
                break;
            case SipMethods.Refer:
                dialog.Subscriptions.OnRefer(transaction, call: null, dialog.Agent.AskReferral);
                break;
            case SipMethods.Notify:
                dialog.Subscriptions.OnNotify(transaction);
                break;
            case SipMethods.Options:
                dialog.Agent.Reply(transaction, dialog.Agent.Abilities(), null);
                break;
            default:
                dialog.Agent.Reply(transaction, new SipReply(481), null);
                break;
        }
    }
}
