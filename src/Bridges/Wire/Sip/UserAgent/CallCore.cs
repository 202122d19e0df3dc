using Interop.Bridges.Wire.Sip.Auth;
using Interop.Bridges.Wire.Sip.Bodies;
using Interop.Bridges.Wire.Sip.Dialogs;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Bridges.Wire.Sip.Transactions;
using Interop.Bridges.Wire.Sip.UserAgent.Referrals;

namespace Interop.Bridges.Wire.Sip.UserAgent;

/// <summary>A confirmed dialog and its session. All members belong to the lane, but for the few that say so.</summary>
internal sealed class CallCore : IDialogUsage
{
    private readonly OfferClient _offers;
    private readonly OfferServer _answers;
    private readonly SessionRefresh _refresh;
    private readonly CallMailbox _mailbox;
    private SuccessRepeater? _repeater;
    private Action? _onceAcknowledged;
    private volatile ICallHandler? _handler;
    private volatile CallEnd? _end;
    private volatile bool _neverAcknowledged;

    public CallCore(UserAgentCore agent, DialogState state, DigestCredentials? credentials)
    {
        Agent = agent;
        Dialog = new Dialog(agent, state, credentials);
        Call = new Call(this);
        _mailbox = new CallMailbox(agent.Context.Options.Limits.DialogBacklog, failure =>
            SipLog.ApplicationFailed(agent.Context.Log, "in-dialog", state.CallId, failure));
        _offers = new OfferClient(this);
        _answers = new OfferServer(this, _mailbox);
        _refresh = new SessionRefresh(agent.Lane, refresh: _offers.Refresh, expired: () => Lose(408, "Session Expired"));
    }

    /// <summary>A dialog that another process had, or this one before it was restarted.</summary>
    /// <remarks>
    /// Its numbering jumps ahead: requests sent after the last store are not in the stored state, and a number used twice would
    /// be refused (RFC 3261 section 12.2.2).
    /// </remarks>
    public static CallCore Resumed(UserAgentCore agent, DialogState state, DigestCredentials? credentials)
    {
        const uint Gap = 1000;
        return new CallCore(agent, state with { LocalCSeq = state.LocalCSeq + Gap }, credentials);
    }

    public UserAgentCore Agent { get; }

    public Dialog Dialog { get; }

    public Call Call { get; }

    /// <summary>The reliable responses before our 2xx, whose last PRACK may still be under way.</summary>
    public ReliableProvisionals? Provisionals { get; set; }

    /// <summary>Any thread.</summary>
    public DialogState State => Dialog.State;

    /// <summary>Any thread.</summary>
    public ICallHandler? Handler => _handler;

    /// <summary>How it ended; null while it has not. Any thread.</summary>
    public CallEnd? End => _end;

    public bool IsOver => _end is not null;

    /// <summary>Whether a 2xx of ours waits for its ACK: no new INVITE may begin (RFC 3261 section 14.1).</summary>
    public bool AwaitsAck => _repeater is not null;

    public bool IsOffering => _offers.IsBusy;

    public bool IsAnswering => _answers.IsBusy;

    /// <summary>Any thread.</summary>
    public bool NeverAcknowledged => _neverAcknowledged;

    /// <summary>Any thread.</summary>
    public void SetHandler(ICallHandler? handler)
    {
        _handler = handler;
        if (handler is not null) _mailbox.Open();
    }

    /// <summary>Any thread.</summary>
    public Task<ReinviteOutcome> ReinviteAsync(SessionDescription offer)
    {
        var done = new TaskCompletionSource<ReinviteOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        Agent.Lane.Post(() => _offers.Enqueue(offer, done));
        return done.Task;
    }

    /// <summary>Any thread.</summary>
    public Task ByeAsync(string? reason)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Agent.Lane.Post(() => HangUp(reason, done.SetResult));
        return done.Task;
    }

    /// <summary>Any thread.</summary>
    public Task<ReferOutcome> ReferAsync(NameAddr to)
    {
        var done = new TaskCompletionSource<ReferOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        Agent.Lane.Post(() =>
        {
            if (IsOver) done.SetResult(new ReferOutcome(false, 481, "Call Is Over"));
            else new OutgoingReferral(Dialog, done).Send(to);
        });
        return done.Task;
    }

    /// <summary>Any thread.</summary>
    public Task<SipResponse> SendAsync(string method, string? contentType, ReadOnlyMemory<byte> body, IReadOnlyList<SipHeader> headers)
    {
        var done = new TaskCompletionSource<SipResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        var extra = new SipHeaders(headers);
        Agent.Lane.Post(() =>
        {
            if (IsOver)
            {
                var unsent = DialogRequests.Create(State, method, State.LocalCSeq, extra, body).Request;
                done.SetResult(SipResponse.Local(unsent, 481, "Call Is Over"));
                return;
            }

            if (contentType is not null) extra.Add(HeaderNames.ContentType, contentType);
            Dialog.Send(method, extra, body, response =>
            {
                if (!response.IsProvisional) done.TrySetResult(response);
            });
        });
        return done.Task;
    }

    public void StartAsServer(ServerTransaction invite, SessionDescription answer, SessionTimerState? timer)
    {
        Agent.Register(State.Id, this);
        _neverAcknowledged = true;
        SendSuccess(invite, answer, timer);
    }

    /// <summary>Begins a call whose media was agreed on before it was answered: the 2xx describes nothing (RFC 3262 section 5).</summary>
    public void StartDescribed(ServerTransaction invite, SessionDescription local, SessionDescription remote, SessionTimerState? timer)
    {
        Replace(State with { LocalSdp = local.ToString(), RemoteSdp = remote.ToString() });
        Agent.Register(State.Id, this);
        _neverAcknowledged = true;
        SendSuccess(invite, null, timer);
    }

    /// <summary>The answer to our own offer came in a PRACK, or to a refresh and differs from the one before.</summary>
    public void OnLateAnswer(SessionDescription answer) => Notify(handler => handler.OnLateAnswer(Call, answer));

    public void StartAsClient()
    {
        Agent.Register(State.Id, this);
        _refresh.Restart(State.SessionTimer);
    }

    /// <summary>Answers an INVITE or UPDATE with 2xx; that to INVITE is repeated until its ACK comes.</summary>
    public void SendSuccess(ServerTransaction transaction, SessionDescription? body, SessionTimerState? timer)
    {
        var reply = new SipReply(200)
        {
            Body = body?.ToBytes() ?? default(ReadOnlyMemory<byte>),
            ContentType = body is null ? null : SessionDescription.MediaType,
        };
        var response = Dialog.BuildResponse(transaction, reply);
        Agent.Context.AddAbilities(response.Headers);
        if (timer is not null) SessionTimer.Confirm(response.Headers, timer);
        _refresh.Restart(timer);
        if (transaction.Request.Method != SipMethods.Invite)
        {
            transaction.Respond(response);
            return;
        }

        transaction.AwaitAck(OnAck);
        var awaitsAnswer = body is not null && transaction.Request.Body.IsEmpty;
        _repeater = new SuccessRepeater(Agent, transaction, response, awaitsAnswer, unacknowledged: () =>
        {
            _repeater = null;
            Lose(408, "No ACK");
        });
        _repeater.Start();
    }

    public void OnAck(SipRequest ack)
    {
        if (_repeater is null || ack.CSeq.Number != _repeater.Number) return;
        _neverAcknowledged = false;
        var awaitsAnswer = _repeater.AwaitsAnswer;
        _repeater.Stop();
        _repeater = null;
        if (awaitsAnswer && SipBody.TrySdp(ack, Agent.Context.Options.Limits, out var answer))
        {
            Change(State with { RemoteSdp = answer.ToString() });
            Notify(handler => handler.OnLateAnswer(Call, answer));
        }

        _onceAcknowledged?.Invoke();
        _onceAcknowledged = null;
        _offers.Pump();
    }

    public void OnRequest(ServerTransaction transaction)
    {
        var request = transaction.Request;
        if (!Dialog.Takes(transaction)) return;
        if (request.Method == SipMethods.Bye) OnBye(transaction);
        else if (IsOver) Agent.Reply(transaction, new SipReply(481), null);
        else if (request.Method is SipMethods.Invite or SipMethods.Update) _answers.OnRequest(transaction);
        else if (request.Method == SipMethods.Options) Agent.Reply(transaction, Agent.Abilities(), null);
        else if (request.Method == SipMethods.Prack) Agent.Reply(transaction, new SipReply(Provisionals?.TryAcknowledge(request) == true ? 200 : 481), null);
        else if (request.Method == SipMethods.Subscribe) Dialog.Subscriptions.OnSubscribe(transaction, Call);
        else if (request.Method == SipMethods.Notify) Dialog.Subscriptions.OnNotify(transaction);
        else if (request.Method == SipMethods.Refer) Dialog.Subscriptions.OnRefer(transaction, Call, AskReferral);
        else Deliver(transaction);
    }

    /// <summary>Takes a change of the dialog and has it stored.</summary>
    public void Change(DialogState state)
    {
        Replace(state);
        Notify(handler => handler.OnStateChanged(Call, state));
    }

    /// <summary>Takes a change that the caller has stored, or that needs no storing.</summary>
    public DialogState Replace(DialogState state) => Dialog.Replace(state);

    public void RestartTimer() => _refresh.Restart(State.SessionTimer);

    /// <summary>An offer of one side is done with: the next may begin.</summary>
    public void OfferFinished() => _offers.Pump();

    /// <summary>The peer is gone without a word; a BYE tells it in case it still listens.</summary>
    public void Lose(int status, string reason)
    {
        if (IsOver) return;
        if (status != 481) Dialog.Send(SipMethods.Bye, new SipHeaders(), default, _ => { });
        EndInLane(new CallEnd(CallEndKind.Lost, status, reason));
        Dialog.Leave(this);
    }

    public void EndInLane(CallEnd end)
    {
        if (IsOver) return;
        _end = end;
        _refresh.Stop();
        _repeater?.Stop();
        _repeater = null;
        _offers.Abandon();
        _answers.Abandon();
        SipLog.CallEnded(Agent.Context.Log, State.CallId, end.Kind.ToString(), end.Status, end.Reason);
        Notify(handler => handler.OnEnded(Call, end));
        _onceAcknowledged?.Invoke();
        _onceAcknowledged = null;
    }

    /// <summary>Any thread.</summary>
    public void Abandon() => Agent.Lane.Post(() =>
    {
        if (IsOver) return;
        EndInLane(new CallEnd(CallEndKind.Abandoned));
        Dialog.Leave(this);
    });

    private void HangUp(string? reason, Action done)
    {
        if (IsOver)
        {
            done();
        }
        else if (AwaitsAck)
        {
            // Section 15: the called side MUST NOT send BYE before the ACK of its 2xx has come, or will come no more.
            _onceAcknowledged += () => HangUp(reason, done);
        }
        else
        {
            var headers = new SipHeaders();
            if (reason is not null) headers.Add(HeaderNames.Reason, reason);
            Dialog.Send(SipMethods.Bye, headers, default, response =>
            {
                if (response.IsProvisional) return;
                // Until now a BYE of the peer that crosses ours is answered 200.
                Dialog.Leave(this);
                done();
            });
            EndInLane(new CallEnd(CallEndKind.LocalBye));
        }
    }

    private void OnBye(ServerTransaction transaction)
    {
        Agent.Reply(transaction, SipReply.Ok, null);
        var cause = SipReason.Of(transaction.Request);
        EndInLane(new CallEnd(CallEndKind.RemoteBye, null, cause?.ToString()) { Cause = cause });
        Dialog.Leave(this);
    }

    /// <summary>A REFER waits its turn behind what the handler was told before.</summary>
    private Func<ValueTask> AskReferral(IncomingReferral referral) => () =>
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var queued = _mailbox.TryPost(async () =>
        {
            try
            {
                await _handler!.OnReferAsync(Call, referral);
                done.SetResult();
            }
            catch (Exception failure)
            {
                done.SetException(failure);
            }
        });
        if (!queued) referral.Reject(new SipReply(503));
        return queued ? new ValueTask(done.Task) : ValueTask.CompletedTask;
    };

    private void Deliver(ServerTransaction transaction)
    {
        var queued = _mailbox.TryPost(async () =>
        {
            SipReply reply;
            try
            {
                var answer = _handler!.OnRequestAsync(Call, transaction.Request).AsTask();
                reply = await answer.WaitAsync(Agent.Context.Options.Limits.ApplicationAnswer, Agent.Lane.Time);
            }
            catch (Exception failure)
            {
                SipLog.ApplicationFailed(Agent.Context.Log, transaction.Request.Method, State.CallId, failure);
                reply = new SipReply(500);
            }

            Agent.Lane.Post(() => Agent.Reply(transaction, reply, null));
        });
        if (!queued) Agent.Reply(transaction, new SipReply(503), null);
    }

    private void Notify(Action<ICallHandler> tell) => _mailbox.Post(() =>
    {
        tell(_handler!);
        return ValueTask.CompletedTask;
    });
}
