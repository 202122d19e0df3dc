using System.Text;
using Interop.Bridges.Wire.Sip.Bodies;
using Interop.Bridges.Wire.Sip.Dialogs;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Bridges.Wire.Sip.Transactions;

namespace Interop.Bridges.Wire.Sip.UserAgent;

/// <summary>Our own re-INVITEs of one call, one at a time: new offers, and refreshes of the session.</summary>
internal sealed class OfferClient(CallCore core)
{
    private const int GlareAttempts = 5;

    private readonly Queue<PendingOffer> _waiting = new();
    private PendingOffer? _current;
    private LaneTimer? _glare;

    public bool IsBusy => _current is not null && _glare is null;

    public void Enqueue(SessionDescription offer, TaskCompletionSource<ReinviteOutcome> done)
    {
        if (core.IsOver)
        {
            done.TrySetResult(new ReinviteOutcome.Failed(481, "Call Is Over"));
            return;
        }

        // Without a handler the peer's own offer waits to be answered, and ours would wait for that: whoever made it decides.
        if (core.IsAnswering && core.Handler is null)
        {
            done.TrySetResult(new ReinviteOutcome.Failed(491, "Request Pending"));
            return;
        }

        _waiting.Enqueue(new PendingOffer(offer.ToString(), done));
        Pump();
    }

    /// <summary>The session timer asks for a sign of life: the same description once more (RFC 4028 section 7.4).</summary>
    public void Refresh()
    {
        // An offer under way refreshes the session as well.
        if (_current is not null || _waiting.Count > 0) return;
        if (core.State.AllowsUpdate)
        {
            new UpdateRefresh(core, instead: Refresh).Send(0);
            return;
        }

        if (core.State.LocalSdp is not { } unchanged) return;
        _waiting.Enqueue(new PendingOffer(unchanged, null));
        Pump();
    }

    public void Pump()
    {
        if (_current is not null || core.IsOver || core.AwaitsAck || core.IsAnswering) return;
        if (!_waiting.TryDequeue(out var next)) return;
        _current = next;
        Send(next);
    }

    public void Abandon()
    {
        _glare?.Stop();
        var over = new ReinviteOutcome.Failed(481, "Call Is Over");
        _current?.Done?.TrySetResult(over);
        while (_waiting.TryDequeue(out var offer)) offer.Done?.TrySetResult(over);
        _current = null;
    }

    private void Send(PendingOffer offer)
    {
        var context = core.Agent.Context;
        var headers = new SipHeaders()
            .Add(HeaderNames.Contact, core.Dialog.Contact)
            .Add(HeaderNames.ContentType, SessionDescription.MediaType);
        context.AddAbilities(headers);
        SessionTimer.Offer(headers, context.SessionSeconds, Math.Max(context.MinSessionSeconds, offer.MinSession), core.State.SessionTimer);
        core.Dialog.Send(SipMethods.Invite, headers, Encoding.UTF8.GetBytes(offer.Sdp), response => OnResponse(offer, response));
    }

    private void OnResponse(PendingOffer offer, SipResponse response)
    {
        if (response.IsProvisional) return;
        if (response.IsSuccess)
        {
            OnSuccess(offer, response);
            return;
        }

        if (!ReferenceEquals(offer, _current)) return;
        // As in Enqueue: without a handler ours would wait for the peer's.
        if (response.Status == 491 && core.Handler is not null && ++offer.Glares < GlareAttempts)
        {
            _glare = core.Agent.Lane.Schedule(GlareDelay(), () => Retry(offer));
        }
        else if (response.Status == 422 && offer.MinSession == 0 && SessionTimer.Minimum(response) is { } minimum)
        {
            offer.MinSession = minimum;
            Send(offer);
        }
        else
        {
            Finish(offer, new ReinviteOutcome.Failed(response.Status, response.Reason));
            // Section 12.2.1.2: 481 and 408 say that the dialog is gone; every other refusal leaves it as it was,
            // and proves to a refresh that the peer is there. 503 may be our own transport's.
            if (response.Status is 408 or 481) core.Lose(response.Status, response.Reason);
            else if (offer.Done is null && response.Status != 503) core.RestartTimer();
        }
    }

    private void OnSuccess(PendingOffer offer, SipResponse response)
    {
        if (offer.AcknowledgeAgain is { } again)
        {
            again();
            return;
        }

        // Set before the ACK has an address: a second 2xx must not begin a second ACK.
        offer.AcknowledgeAgain = static () => { };
        core.Replace(core.State.Retargeted(response.Contact));
        core.Dialog.Acknowledge(response.CSeq.Number, default, resend => offer.AcknowledgeAgain = resend);
        if (!ReferenceEquals(offer, _current)) return;
        if (!SipBody.TrySdp(response, core.Agent.Context.Options.Limits, out var answer))
        {
            Finish(offer, new ReinviteOutcome.Failed(488, "Answer Without Session Description"));
            return;
        }

        var timer = SessionTimer.FromResponse(response, core.Agent.Context.MinSessionSeconds);
        // A refresh has nobody who waits for its answer, and the peer may have taken the occasion to change its keys or its place.
        if (offer.Done is null && answer.ToString() != core.State.RemoteSdp) core.OnLateAnswer(answer);
        core.Change(core.State with { LocalSdp = offer.Sdp, RemoteSdp = answer.ToString(), SessionTimer = timer });
        core.RestartTimer();
        Finish(offer, new ReinviteOutcome.Answered(answer));
    }

    private void Retry(PendingOffer offer)
    {
        _glare = null;
        if (core.IsOver) return;
        if (core.IsAnswering || core.AwaitsAck) _glare = core.Agent.Lane.Schedule(GlareDelay(), () => Retry(offer));
        else Send(offer);
    }

    private void Finish(PendingOffer offer, ReinviteOutcome outcome)
    {
        _current = null;
        offer.Done?.TrySetResult(outcome);
        Pump();
    }

    /// <summary>Section 14.1: the owner of the Call-ID waits 2.1 to 4 s, the other side up to 2 s, in steps of 10 ms.</summary>
    private TimeSpan GlareDelay()
    {
        var ids = core.Agent.Context.Ids;
        return TimeSpan.FromMilliseconds(core.State.IsCaller ? 2100 + 10 * ids.Below(191) : 10 * ids.Below(201));
    }

    private sealed class PendingOffer(string sdp, TaskCompletionSource<ReinviteOutcome>? done)
    {
        public string Sdp => sdp;

        public TaskCompletionSource<ReinviteOutcome>? Done => done;

        public int Glares { get; set; }

        public int MinSession { get; set; }

        public Action? AcknowledgeAgain { get; set; }
    }
}
