using System.Text;
using Interop.Bridges.Wire.Sip.Bodies;
using Interop.Bridges.Wire.Sip.Dialogs;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Bridges.Wire.Sip.Transactions;

namespace Interop.Bridges.Wire.Sip.UserAgent;

/// <summary>The peer's re-INVITEs and UPDATEs of one call (RFC 3261 section 14.2, RFC 3311 section 5.2).</summary>
internal sealed class OfferServer(CallCore core, CallMailbox mailbox)
{
    private ServerTransaction? _current;

    public bool IsBusy => _current is not null;

    public void OnRequest(ServerTransaction transaction)
    {
        var request = transaction.Request;
        var isInvite = request.Method == SipMethods.Invite;
        if (Refuse(transaction) is { } refusal)
        {
            core.Agent.Reply(transaction, refusal, null);
            return;
        }

        var timer = SessionTimer.Answer(request, core.Agent.Context.SessionSeconds, core.Agent.Context.MinSessionSeconds);
        if (timer.TooSmall)
        {
            core.Agent.Reply(transaction, core.Agent.TooSmall(), null);
            return;
        }

        if (request.Body.IsEmpty)
        {
            AnswerWithoutOffer(transaction, timer.Timer, isInvite);
            return;
        }

        if (!SipBody.TrySdp(request, core.Agent.Context.Options.Limits, out var offer))
        {
            core.Agent.Reply(transaction, new SipReply(400, "Malformed Session Description"), null);
            return;
        }

        if (isInvite) transaction.Respond(request.Respond(100));
        _current = transaction;
        if (mailbox.TryPost(() => AskAsync(transaction, offer, timer.Timer))) return;
        _current = null;
        core.Agent.Reply(transaction, new SipReply(503), null);
    }

    /// <summary>The call ends while an offer waits: its INVITE is terminated (section 15.1.2).</summary>
    public void Abandon()
    {
        if (_current is { } open) core.Agent.Reply(open, new SipReply(487), null);
        _current = null;
    }

    private SipReply? Refuse(ServerTransaction transaction)
    {
        if (IsBusy) return new SipReply(500, "Offer Pending") { Headers = [new(HeaderNames.RetryAfter, core.Agent.Context.Ids.Below(10).ToString())] };
        var offers = transaction.Request.Method == SipMethods.Invite || !transaction.Request.Body.IsEmpty;
        return offers && (core.IsOffering || core.AwaitsAck) ? new SipReply(491) : null;
    }

    /// <summary>A refresh: UPDATE changes nothing, INVITE asks for our description as an offer.</summary>
    private void AnswerWithoutOffer(ServerTransaction transaction, SessionTimerState? timer, bool isInvite)
    {
        var ours = isInvite && core.State.LocalSdp is { } text && SessionDescription.TryParse(Encoding.UTF8.GetBytes(text), out var parsed) ? parsed : null;
        core.Change(Refreshed(transaction.Request, timer));
        core.SendSuccess(transaction, ours, timer);
    }

    private async ValueTask AskAsync(ServerTransaction transaction, SessionDescription offer, SessionTimerState? timer)
    {
        SessionDescription? answer;
        try
        {
            answer = core.Handler!.OnOffer(core.Call, offer);
        }
        catch (Exception failure)
        {
            SipLog.ApplicationFailed(core.Agent.Context.Log, transaction.Request.Method, core.State.CallId, failure);
            core.Agent.Lane.Post(() => Refuse(transaction, new SipReply(500)));
            return;
        }

        if (answer is null)
        {
            core.Agent.Lane.Post(() => Refuse(transaction, new SipReply(488)));
            return;
        }

        // Stored before it is sent: a peer must never hold an answer that a restarted process does not know of.
        var changed = await core.Agent.Lane.InvokeAsync(() => Apply(transaction, offer, answer, timer));
        if (changed is null) return;
        core.Handler!.OnStateChanged(core.Call, changed);
        core.Agent.Lane.Post(() => Accept(transaction, answer, timer));
    }

    private DialogState? Apply(ServerTransaction transaction, SessionDescription offer, SessionDescription answer, SessionTimerState? timer)
    {
        if (!ReferenceEquals(_current, transaction)) return null;
        return core.Replace(Refreshed(transaction.Request, timer) with { LocalSdp = answer.ToString(), RemoteSdp = offer.ToString() });
    }

    private void Accept(ServerTransaction transaction, SessionDescription answer, SessionTimerState? timer)
    {
        if (!ReferenceEquals(_current, transaction)) return;
        _current = null;
        core.SendSuccess(transaction, answer, timer);
        core.OfferFinished();
    }

    private void Refuse(ServerTransaction transaction, SipReply reply)
    {
        if (!ReferenceEquals(_current, transaction)) return;
        _current = null;
        core.Agent.Reply(transaction, reply, null);
        core.OfferFinished();
    }

    private DialogState Refreshed(SipRequest request, SessionTimerState? timer) =>
        core.State.Retargeted(request.Contact) with { SessionTimer = timer };
}
