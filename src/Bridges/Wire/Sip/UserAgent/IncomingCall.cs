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
    private readonly DialogState _early;
    private LaneTimer? _patience;
    private int _answered;
    private bool _over;

    internal IncomingCall(UserAgentCore core, ServerTransaction transaction, SessionDescription? offer, SessionTimerState? timer, string tag)
    {
        _core = core;
        _transaction = transaction;
        _timer = timer;
        _tag = tag;
        Offer = offer;
        Replaces = Replaces.TryParse(transaction.Request.Headers[HeaderNames.Replaces], out var replaces) ? replaces : null;
        _early = DialogFactory.AsServer(transaction.Request, transaction.Source, tag) with { SessionTimer = timer };
    }

    /// <summary>The INVITE.</summary>
    public SipRequest Request => _transaction.Request;

    /// <summary>Where it came from.</summary>
    public SipSource Source => _transaction.Source;

    /// <summary>The caller's offer; null when the caller waits for ours.</summary>
    public SessionDescription? Offer { get; }

    /// <summary>The dialog that this call is to take the place of (RFC 3891); <see cref="SipStack.FindCallAsync"/> finds it.</summary>
    public Replaces? Replaces { get; }

    /// <summary>The Max-Forwards that a call made because of this one must begin with, so that calls in a circle come to an end.</summary>
    public int HopsLeft => Math.Max(0, (Request.MaxForwards ?? 70) - 1);

    /// <summary>Why the caller gave up, when it said so.</summary>
    public SipReason? CancelReason { get; private set; }

    /// <summary>Signalled when the caller gives up before our answer.</summary>
    public CancellationToken Cancelled => _cancelled.Token;

    /// <summary>Sends a provisional response, 180 for instance.</summary>
    public void Progress(int status) => _core.Lane.Post(() =>
    {
        if (_over) return;
        var routes = Request.Headers.All(HeaderNames.RecordRoute).Select(route => new SipHeader(HeaderNames.RecordRoute, route));
        var reply = new SipReply(status) { Headers = [.. routes, new(HeaderNames.Contact, ContactValue())] };
        _core.Reply(_transaction, reply, _tag);
    });

    /// <summary>Refuses the call.</summary>
    public void Reject(SipReply reply) => _core.Lane.Post(() => FinishInLane(reply));

    /// <summary>The dialog as it will be once accepted with this answer: what must be stored before the 200 goes out.</summary>
    public DialogState PrepareDialog(SessionDescription answer) =>
        _early with { LocalSdp = answer.ToString(), RemoteSdp = Offer?.ToString() };

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
        _core.Register(_early.Id, this);
        _patience = _core.Lane.Schedule(_core.Context.Options.Limits.Ringing, () =>
        {
            FinishInLane(new SipReply(480));
            _ = _cancelled.CancelAsync();
        });
        _ = AskAsync();
    }

    internal void CancelInLane(SipReason? reason)
    {
        CancelReason = reason;
        FinishInLane(new SipReply(487));
        _ = _cancelled.CancelAsync();
    }

    void IDialogUsage.OnAck(SipRequest ack) { }

    /// <summary>Inside the early dialog the caller may hang up; everything else has to wait for our answer.</summary>
    void IDialogUsage.OnRequest(ServerTransaction transaction)
    {
        if (transaction.Request.Method == SipMethods.Bye)
        {
            _core.Reply(transaction, SipReply.Ok, null);
            CancelInLane(SipReason.Of(transaction.Request));
        }
        else if (transaction.Request.Method == SipMethods.Options)
        {
            _core.Reply(transaction, _core.Abilities(), null);
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
        if (!TryLeave())
        {
            call.EndInLane(new CallEnd(CallEndKind.RemoteBye, 487, "Cancelled"));
            return;
        }

        call.StartAsServer(_transaction, answer, _timer);
    }

    /// <summary>Whether nobody answered the INVITE before; from here on it is answered.</summary>
    private bool TryLeave()
    {
        if (_over) return false;
        _over = true;
        _patience?.Stop();
        _core.ForgetRinging(_transaction);
        _core.Unregister(_early.Id, this);
        return true;
    }

    private string ContactValue() => _core.Context.Contact(_early.ContactUser, Source, _early.Secure);
}
