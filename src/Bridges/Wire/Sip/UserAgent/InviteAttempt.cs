using Interop.Bridges.Wire.Sip.Auth;
using Interop.Bridges.Wire.Sip.Bodies;
using Interop.Bridges.Wire.Sip.Dialogs;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Bridges.Wire.Sip.Transactions;
using Interop.Bridges.Wire.Sip.Transports;

namespace Interop.Bridges.Wire.Sip.UserAgent;

/// <summary>Makes one call: INVITE, challenges, CANCEL, and every answer that forking proxies bring (RFC 3261 section 13.2).</summary>
internal sealed class InviteAttempt
{
    private readonly UserAgentCore _agent;
    private readonly OutgoingInvite _invite;
    private readonly string _callId;
    private readonly NameAddr _from;
    private readonly CallMailbox _mailbox;
    private readonly Forks _forks;
    private readonly Dictionary<string, Action> _acknowledged = [];
    private readonly TaskCompletionSource<CallOutcome> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ClientRequest? _transaction;
    private LaneTimer? _patience;
    private SipUri _target;
    private SipDestination? _destination;
    private DigestSession? _digest;
    private uint _number;
    private int _redirections;
    private int _minSession;
    private int _challenges;
    private SipReason? _cancelReason;
    private bool _cancelled;
    private bool _cancelSent;

    public InviteAttempt(UserAgentCore agent, OutgoingInvite invite, string callId)
    {
        _agent = agent;
        _invite = invite;
        (_target, _destination) = (invite.Target, invite.Destination);
        _digest = agent.Context.Digest(invite.Credentials, _target);
        _callId = callId;
        _from = invite.From.WithTag(agent.Context.Ids.Tag());
        _mailbox = new CallMailbox(agent.Context.Options.Limits.DialogBacklog, failure =>
            SipLog.ApplicationFailed(agent.Context.Log, SipMethods.Invite, callId, failure));
        _mailbox.Open();
        _forks = new Forks(agent, invite, new OutgoingCall(this), _mailbox, failed: reason =>
        {
            Fail(488, reason);
            CancelInLane();
        });
    }

    public Task<CallOutcome> Completion => _done.Task;

    public void Start() => _agent.Lane.Post(SendInvite);

    public void Cancel(SipReason? reason = null) => _agent.Lane.Post(() =>
    {
        _cancelReason ??= reason;
        CancelInLane();
    });

    private void SendInvite()
    {
        var request = BuildInvite(++_number);
        var route = request.Headers[HeaderNames.Route];
        var nextHop = route is not null && NameAddr.TryParse(request.Headers.Values(HeaderNames.Route)[0], out var first) ? first.Uri : request.Uri;
        if (_destination is { } known) SendTo(request, known);
        else _agent.Context.Resolve(_agent.Lane, nextHop, null, found => SendTo(request, found));
    }

    private void SendTo(SipRequest request, SipDestination? destination)
    {
        if (_cancelled)
        {
            Fail(487, "Cancelled");
        }
        else if (destination is null || !destination.MayCarry(request.Uri))
        {
            Fail(503, "No Address");
        }
        else
        {
            // The Contact names how the target that is reached may reach us, so it is written for each.
            _transaction = _agent.Transactions.Send(
                request, destination, OnResponse, target => _agent.Context.Contact(_from.Uri.User, target, request.Uri.IsSecure));
        }
    }

    private SipRequest BuildInvite(uint number)
    {
        var context = _agent.Context;
        var uri = _target with { Headers = null };
        var headers = new SipHeaders()
            .Add(HeaderNames.MaxForwards, _invite.MaxForwards.ToString())
            .Add(HeaderNames.From, _from.ToString())
            .Add(HeaderNames.To, (_invite.To ?? new NameAddr(_invite.Target)).ToString())
            .Add(HeaderNames.CallId, _callId)
            .Add(HeaderNames.CSeq, new CSeq(number, SipMethods.Invite).ToString());
        foreach (var (name, value) in _invite.Headers) headers.Add(name, value);
        // A peer that does not know of replacing must not take it for one more call.
        if (_invite.Replaces is { } replaces) headers.Add(HeaderNames.Replaces, replaces.ToString()).Add(HeaderNames.Require, Replaces.OptionTag);
        foreach (var (name, value) in _digest?.Answer(SipMethods.Invite, uri) ?? []) headers.Add(name, value);
        context.AddAbilities(headers);
        SessionTimer.Offer(headers, context.SessionSeconds, Math.Max(context.MinSessionSeconds, _minSession), null);
        headers.Add(HeaderNames.UserAgent, context.Options.UserAgent);
        if (_invite.Offer is not null) headers.Add(HeaderNames.ContentType, SessionDescription.MediaType);
        return new SipRequest(SipMethods.Invite, uri, headers, _invite.Offer?.ToBytes() ?? default(ReadOnlyMemory<byte>));
    }

    private void OnResponse(SipResponse response)
    {
        if (response.IsProvisional) OnProvisional(response);
        else if (response.IsSuccess) OnSuccess(response);
        else OnFailure(response);
    }

    private void OnProvisional(SipResponse response)
    {
        if (_cancelled) CancelInLane();
        _patience ??= _agent.Lane.Schedule(_agent.Context.Options.Limits.Ringing, () =>
        {
            Fail(408, "No Answer");
            CancelInLane();
        });
        if (!_cancelled) _forks.OnProvisional(_transaction!, response);
        if (_invite.Provisional is not { } tell) return;
        _mailbox.TryPost(() =>
        {
            tell(response);
            return ValueTask.CompletedTask;
        });
    }

    private void OnSuccess(SipResponse response)
    {
        _patience?.Stop();
        _digest?.Conclude(response);
        var tag = response.To.Tag ?? "";
        if (_acknowledged.TryGetValue(tag, out var again))
        {
            again();
            return;
        }

        if (_acknowledged.Count == 0) _agent.Lane.Schedule(_agent.Context.Options.Timers.Long, _forks.Clear);
        _acknowledged[tag] = static () => { };
        var fork = _forks.Take(tag);
        var remote = SipBody.TrySdp(response, _agent.Context.Options.Limits, out var read) ? read : null;
        if (fork is { Negotiation: { IsComplete: true, Local: { } local } agreed }) Answered(response, fork, local, agreed.Remote, default);
        else if (_invite.Offer is { } offer) Answered(response, fork, offer, remote, default);
        else if (remote is null) Answered(response, fork, null, null, default);
        else AskForAnswer(response, fork, remote);
    }

    /// <summary>The peer made the offer in its 2xx: our answer goes into the ACK (RFC 3261 section 13.2.2.4).</summary>
    private void AskForAnswer(SipResponse response, EarlyDialog? fork, SessionDescription offer)
    {
        var dialog = fork?.Dialog ?? new Dialog(_agent, DialogFactory.AsClient(_transaction!.Request, response, _transaction.Destination), null);
        new EarlyNegotiation(dialog, () => _invite.AnswerOffer).Ask(offer, answer =>
            Answered(response, fork, answer, answer is null ? null : offer, answer?.ToBytes() ?? default(ReadOnlyMemory<byte>)));
    }

    private void Answered(SipResponse response, EarlyDialog? fork, SessionDescription? local, SessionDescription? remote, ReadOnlyMemory<byte> answer)
    {
        var tag = response.To.Tag ?? "";
        var state = DialogFactory.AsClient(_transaction!.Request, response, _transaction.Destination) with
        {
            LocalSdp = local?.ToString(),
            RemoteSdp = remote?.ToString(),
            SessionTimer = SessionTimer.FromResponse(response, _agent.Context.MinSessionSeconds),
        };
        // What was sent in the early dialog counts on in the call.
        if (fork is not null) state = state with { LocalCSeq = Math.Max(state.LocalCSeq, fork.Dialog.State.LocalCSeq), RemoteCSeq = fork.Dialog.State.RemoteCSeq };
        var core = new CallCore(_agent, state, _invite.Credentials);
        core.StartAsClient();
        core.Dialog.Acknowledge(response.CSeq.Number, answer, resend => _acknowledged[tag] = resend);
        // One call was asked for: later answers of a fork, and one that crossed our CANCEL, are ended at once.
        var wanted = remote is not null && !_cancelled && _done.TrySetResult(new CallOutcome.Answered(core.Call, remote));
        if (wanted) return;
        _ = core.ByeAsync(null);
        if (_cancelled) Fail(487, "Cancelled");
        else Fail(488, "Answer Without Session Description");
    }

    private void OnFailure(SipResponse response)
    {
        _patience?.Stop();
        if (!_cancelled && response.Status is 401 or 407 && _challenges++ < 3 && _digest?.TryTake(response) == true)
        {
            Again();
            return;
        }

        _digest?.Conclude(response);
        if (!_cancelled && response.Status == 422 && _minSession == 0 && SessionTimer.Minimum(response) is { } minimum)
        {
            _minSession = minimum;
            Again();
            return;
        }

        if (!_cancelled && TryRedirect(response))
        {
            Again();
            return;
        }

        _forks.Clear();
        if (_cancelled) Fail(487, "Cancelled");
        else Fail(response.Status, response.Reason, SipReason.Of(response));
    }

    /// <summary>Follows a 3xx to the first target that the caller allows (RFC 3261 section 8.1.3.4).</summary>
    private bool TryRedirect(SipResponse response)
    {
        if (response.Status is < 300 or >= 400 || _invite.MayRedirect is not { } may) return false;
        if (_redirections++ >= _agent.Context.Options.Limits.Redirections) return false;
        foreach (var value in response.Headers.Values(HeaderNames.Contact))
        {
            if (!NameAddr.TryParse(value, out var contact) || contact.Uri == _target || !contact.Uri.IsSip || !may(contact.Uri)) continue;
            (_target, _destination) = (contact.Uri, null);
            _digest = _agent.Context.Digest(_invite.Credentials, _target);
            return true;
        }

        return false;
    }

    private void Again()
    {
        _patience = null;
        _forks.Clear();
        SendInvite();
    }

    private void CancelInLane()
    {
        _cancelled = true;
        _transaction?.Settle();
        if (_cancelSent || _transaction is not { IsProceeding: true } invite) return;
        _cancelSent = true;
        _agent.Transactions.Cancel(invite, _cancelReason?.ToString());
        // Section 9.1: a peer older than RFC 3261 may never send the 487.
        _agent.Lane.Schedule(_agent.Context.Options.Timers.Long, () => Fail(487, "Cancelled"));
    }

    private void Fail(int status, string reason, SipReason? cause = null) =>
        _done.TrySetResult(new CallOutcome.Failed(status, reason) { Cause = cause });
}
