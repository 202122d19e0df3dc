using System.Diagnostics.CodeAnalysis;
using Interop.Bridges.Wire.Sip.Dialogs;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Bridges.Wire.Sip.Transactions;
using Interop.Bridges.Wire.Sip.Transports;

namespace Interop.Bridges.Wire.Sip.UserAgent;

/// <summary>A call that waits for our answer. Its methods may be called from any thread.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A token source without timer holds nothing; the application may keep its token")]
public sealed class IncomingCall : IDialogUsage
{
    private readonly UserAgentCore _core;
    private readonly ServerTransaction _transaction;
    private readonly SessionTimerState? _timer;
    private readonly string _tag;
    private readonly CancellationTokenSource _cancelled = new();
    private readonly Dialog _dialog;
    private readonly ReliableProvisionals _provisionals;
    private readonly EarlyNegotiation _negotiation;
    private readonly Place _place;
    private Action? _heldBack;
    private LaneTimer? _patience;
    private int _answered;
    private bool _over;

    internal IncomingCall(UserAgentCore core, ServerTransaction transaction, SessionDescription? offer, SessionTimerState? timer, string tag, Place place)
    {
        _core = core;
        _transaction = transaction;
        _timer = timer;
        _tag = tag;
        Offer = offer;
        Replaces = Replaces.TryParse(transaction.Request.Headers[HeaderNames.Replaces], out var replaces) ? replaces : null;
        _place = place;
        _dialog = new Dialog(core, DialogFactory.AsServer(transaction.Request, transaction.Source, tag) with { SessionTimer = timer }, credentials: null);
        _negotiation = new EarlyNegotiation(_dialog, () => AnswerOffer);
        _provisionals = new ReliableProvisionals(core, transaction, unacknowledged: () => GiveUpInLane(new SipReply(504, "No PRACK")));
    }

    /// <summary>The INVITE.</summary>
    public SipRequest Request => _transaction.Request;

    /// <summary>Where it came from.</summary>
    public SipSource Source => _transaction.Source;

    /// <summary>Our Contact, as the caller will know it.</summary>
    public SipUri Contact => _dialog.ContactUri;

    /// <summary>The caller's offer; null when the caller waits for ours.</summary>
    public SessionDescription? Offer { get; }

    /// <summary>The dialog that this call is to take the place of (RFC 3891); <see cref="SipStack.FindCallAsync"/> finds it.</summary>
    public Replaces? Replaces { get; }

    /// <summary>The Max-Forwards that a call made because of this one must begin with, so that calls in a circle come to an end.</summary>
    public int HopsLeft => Math.Max(0, (Request.MaxForwards ?? 70) - 1);

    /// <summary>Why the caller gave up, when it said so.</summary>
    public SipReason? CancelReason { get; private set; }

    /// <summary>
    /// Answers, on the thread pool, a new offer that the caller makes after an early description and before our answer; null
    /// refuses it with 488. Set it before <see cref="Progress"/> describes anything.
    /// </summary>
    public Func<SessionDescription, SessionDescription?>? AnswerOffer { get; set; }

    /// <summary>Signalled when the caller gives up before our answer.</summary>
    public CancellationToken Cancelled => _cancelled.Token;

    /// <summary>Sends a provisional response, 180 for instance; reliably when the caller knows how (RFC 3262).</summary>
    /// <param name="status">101 to 199.</param>
    /// <param name="early">
    /// Our early media. Sent reliably it is the answer to the caller's offer, or our offer when the caller made none, and the
    /// 2xx then describes nothing more; sent plainly it is a foretaste of the answer.
    /// </param>
    public void Progress(int status, SessionDescription? early = null) => _core.Lane.Post(() => ProgressInLane(status, early));

    /// <summary>Refuses the call.</summary>
    public void Reject(SipReply reply) => _core.Lane.Post(() => FinishInLane(reply));

    /// <summary>The dialog as it will be once accepted with this answer: what must be stored before the 200 goes out.</summary>
    public DialogState PrepareDialog(SessionDescription answer) =>
        _dialog.State with { LocalSdp = (_negotiation.Local ?? answer).ToString(), RemoteSdp = Offer?.ToString() };

    /// <summary>Accepts the call: sends the 200 and sees to it that it is acknowledged.</summary>
    /// <remarks>When the caller gave up in the meantime the call's handler hears of its end at once.</remarks>
    /// <exception cref="InvalidOperationException">It was accepted before.</exception>
    public Call Accept(SessionDescription answer)
    {
        if (Interlocked.Exchange(ref _answered, 1) != 0) throw new InvalidOperationException("The call was already accepted");
        var core = new CallCore(_core, PrepareDialog(answer), credentials: null);
        _core.Lane.Post(() => AcceptInLane(core, answer));
        return core.Call;
    }

    internal void StartInLane()
    {
        _core.Register(_dialog.State.Id, this);
        _patience = _core.Lane.Schedule(_core.Context.Options.Limits.Ringing, () => GiveUpInLane(new SipReply(480)));
        _ = AskAsync();
    }

    internal void CancelInLane(SipReason? reason)
    {
        CancelReason = reason;
        GiveUpInLane(new SipReply(487));
    }

    void IDialogUsage.OnAck(SipRequest ack) { }

    /// <summary>Inside the early dialog the caller may hang up, acknowledge and offer; everything else has to wait for our answer.</summary>
    void IDialogUsage.OnRequest(ServerTransaction transaction)
    {
        if (!_dialog.Takes(transaction)) return;
        if (transaction.Request.Method == SipMethods.Bye)
        {
            _core.Reply(transaction, SipReply.Ok, null);
            CancelInLane(SipReason.Of(transaction.Request));
        }
        else if (transaction.Request.Method == SipMethods.Options)
        {
            _core.Reply(transaction, _core.Abilities(), null);
        }
        else if (transaction.Request.Method == SipMethods.Prack)
        {
            OnPrack(transaction);
        }
        else if (transaction.Request.Method == SipMethods.Update)
        {
            _dialog.Replace(_dialog.State.Retargeted(transaction.Request.Contact));
            _negotiation.OnRequest(transaction);
        }
        else
        {
            var wait = _core.Context.Ids.Below(10).ToString();
            _core.Reply(transaction, new SipReply(500, "Call Not Answered Yet") { Headers = [new(HeaderNames.RetryAfter, wait)] }, null);
        }
    }

    private async Task AskAsync()
    {
        await Task.Yield();
        try
        {
            await _core.Context.Application.OnInviteAsync(this, _core.Context.Stopping);
        }
        catch (Exception failure)
        {
            if (!Cancelled.IsCancellationRequested)
            {
                SipLog.ApplicationFailed(_core.Context.Log, SipMethods.Invite, Request.CallId, failure);
            }

            Reject(new SipReply(500));
        }
    }

    private void FinishInLane(SipReply reply)
    {
        if (!TryLeave()) return;
        _core.Reply(_transaction, reply, _tag);
    }

    private void AcceptInLane(CallCore call, SessionDescription answer)
    {
        if (!_over && _provisionals.HoldsBack)
        {
            _heldBack = () => AcceptInLane(call, answer);
            return;
        }

        if (!TryLeave())
        {
            call.EndInLane(new CallEnd(CallEndKind.RemoteBye, 487, "Cancelled"));
            return;
        }

        // Only when it has something to say: it holds on to this INVITE and all that was read of it.
        if (_provisionals.WereSent) call.Provisionals = _provisionals;
        var early = _dialog.State;
        call.Replace(call.State with { LocalCSeq = early.LocalCSeq, RemoteCSeq = early.RemoteCSeq, RemoteTarget = early.RemoteTarget, RemoteIsFocus = early.RemoteIsFocus });
        if (_negotiation is { IsComplete: true, Local: { } local, Remote: { } remote })
        {
            call.StartDescribed(_transaction, local, remote, _timer);
            if (Offer is null) call.OnLateAnswer(remote);
            if (answer.ToString() != local.ToString()) _ = call.ReinviteAsync(answer with { SessionId = local.SessionId, Version = local.Version + 1 });
        }
        else
        {
            call.StartAsServer(_transaction, answer, _timer);
        }
    }

    private void ProgressInLane(int status, SessionDescription? early)
    {
        if (_over) return;
        var reliable = ReliableProvisionals.Wanted(Request);
        // RFC 3262 section 5: when the caller made no offer, our first reliable response has to bring ours.
        var owesOffer = reliable && Offer is null && early is null && _negotiation.Local is null;
        if (owesOffer && ReliableProvisionals.Required(Request)) return;
        reliable &= !owesOffer;
        // An offer is answered once: what was described reliably before is not described again.
        if (reliable && _negotiation.Local is not null) early = null;
        var reply = new SipReply(status)
        {
            Body = early?.ToBytes() ?? default(ReadOnlyMemory<byte>),
            ContentType = early is null ? null : SessionDescription.MediaType,
        };
        if (!reliable)
        {
            _dialog.Respond(_transaction, reply);
            return;
        }

        if (early is not null && Offer is { } offer) _negotiation.Complete(early, offer);
        else if (early is not null) _negotiation.Offered(early);
        _provisionals.Send(_dialog.BuildResponse(_transaction, reply), describes: early is not null);
    }

    private void OnPrack(ServerTransaction transaction)
    {
        if (!_provisionals.TryAcknowledge(transaction.Request))
        {
            _core.Reply(transaction, new SipReply(481), null);
            return;
        }

        _negotiation.OnRequest(transaction);
        if (!_provisionals.HoldsBack) LetGo();
    }

    private void GiveUpInLane(SipReply reply)
    {
        FinishInLane(reply);
        LetGo();
        _ = _cancelled.CancelAsync();
    }

    /// <summary>An acceptance that waited for a PRACK goes on, or finds that the call is over.</summary>
    private void LetGo()
    {
        var held = _heldBack;
        _heldBack = null;
        held?.Invoke();
    }

    /// <summary>Whether nobody answered the INVITE before; from here on it is answered.</summary>
    private bool TryLeave()
    {
        if (_over) return false;
        _over = true;
        _patience?.Stop();
        _core.ForgetRinging(_transaction);
        _core.Unregister(_dialog.State.Id, this);
        _provisionals.Stop();
        _place.Release();
        return true;
    }
}
