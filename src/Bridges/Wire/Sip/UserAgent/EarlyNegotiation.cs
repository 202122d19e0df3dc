using Interop.Bridges.Wire.Sip.Bodies;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Bridges.Wire.Sip.Transactions;

namespace Interop.Bridges.Wire.Sip.UserAgent;

/// <summary>What both sides of an early dialog have described, and the offers that the peer makes in it (RFC 3262 section 5, RFC 3311 section 5.2), in its lane.</summary>
internal sealed class EarlyNegotiation(Dialog dialog, Func<Func<SessionDescription, SessionDescription?>?> answerer)
{
    private volatile SessionDescription? _local;
    private bool _asking;

    /// <summary>Our last description; any thread may read it.</summary>
    public SessionDescription? Local => _local;

    /// <summary>The peer's last description.</summary>
    public SessionDescription? Remote { get; private set; }

    /// <summary>Whether an offer was answered: the 2xx then describes nothing more.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Whether our own offer waits for its answer.</summary>
    public bool AwaitsAnswer => _local is not null && !IsComplete;

    public void Offered(SessionDescription local) => _local = local;

    public void Complete(SessionDescription local, SessionDescription remote)
    {
        _local = local;
        Remote = remote;
        IsComplete = true;
    }

    /// <summary>The peer's PRACK or UPDATE.</summary>
    public void OnRequest(ServerTransaction transaction)
    {
        if (transaction.Request.Body.IsEmpty)
        {
            dialog.Respond(transaction, new SipReply(200));
        }
        else if (!SipBody.TrySdp(transaction.Request, dialog.Agent.Context.Options.Limits, out var described))
        {
            dialog.Agent.Reply(transaction, new SipReply(400, "Malformed Session Description"), null);
        }
        else if (AwaitsAnswer && transaction.Request.Method == SipMethods.Prack)
        {
            Complete(_local!, described);
            dialog.Respond(transaction, new SipReply(200));
        }
        else if (AwaitsAnswer)
        {
            dialog.Agent.Reply(transaction, new SipReply(491), null);
        }
        else if (_asking || !IsComplete)
        {
            var wait = dialog.Agent.Context.Ids.Below(10).ToString();
            dialog.Agent.Reply(transaction, new SipReply(500, "Offer Pending") { Headers = [new(HeaderNames.RetryAfter, wait)] }, null);
        }
        else
        {
            _asking = true;
            Ask(described, answer => Answer(transaction, described, answer));
        }
    }

    /// <summary>Puts an offer of the peer to the application, on the thread pool; the answer comes back in the lane, null refuses.</summary>
    public void Ask(SessionDescription offer, Action<SessionDescription?> answered) => _ = AskAsync(offer, answered);

    private async Task AskAsync(SessionDescription offer, Action<SessionDescription?> answered)
    {
        await Task.Yield();
        SessionDescription? answer = null;
        try
        {
            answer = answerer()?.Invoke(offer);
        }
        catch (Exception failure)
        {
            SipLog.ApplicationFailed(dialog.Agent.Context.Log, SipMethods.Invite, dialog.State.CallId, failure);
        }

        dialog.Agent.Lane.Post(() => answered(answer));
    }

    private void Answer(ServerTransaction transaction, SessionDescription offer, SessionDescription? answer)
    {
        _asking = false;
        if (answer is null)
        {
            dialog.Agent.Reply(transaction, new SipReply(488), null);
            return;
        }

        Complete(answer, offer);
        dialog.Respond(transaction, new SipReply(200) { Body = answer.ToBytes(), ContentType = SessionDescription.MediaType });
    }
}
