using Interop.Bridges.Wire.Sip.Bodies;
using Interop.Bridges.Wire.Sip.Dialogs;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Bridges.Wire.Sip.Transactions;
using Interop.Bridges.Wire.Sip.Transports;
using Interop.Bridges.Wire.Sip.UserAgent.Referrals;

namespace Interop.Bridges.Wire.Sip.UserAgent;

/// <summary>The user agent of one lane: finds for each request its dialog, or opens a call, or asks the application.</summary>
internal sealed class UserAgentCore : ITransactionUser
{
    private readonly Dictionary<DialogId, IDialogUsage> _dialogs = [];
    private readonly Dictionary<ServerRecord, IncomingCall> _ringing = [];

    private readonly UnknownDialogs _unknown;

    private UserAgentCore(StackContext context, Lane lane)
    {
        Context = context;
        Lane = lane;
        _unknown = new UnknownDialogs(this);
        Transactions = new TransactionLayer(lane, context.Transport, context.Options.Timers, context.Options.Limits.DatagramBytes, context.Quotas.Transactions, context.Ids, context.Metrics, this);
    }

    public StackContext Context { get; }

    public Lane Lane { get; }

    public TransactionLayer Transactions { get; }

    public static UserAgentCore Create(StackContext context, TimeProvider time) =>
        new(context, new Lane(time, context.Log, context.Options.Limits));

    public IDialogUsage? Find(DialogId id) => _dialogs.GetValueOrDefault(id);

    public void Register(DialogId id, IDialogUsage usage)
    {
        _dialogs[id] = usage;
        Context.KnownDialogs[id] = 0;
    }

    public void Unregister(DialogId id, IDialogUsage usage)
    {
        if (_dialogs.TryGetValue(id, out var registered) && ReferenceEquals(registered, usage) && _dialogs.Remove(id)) Context.KnownDialogs.TryRemove(id, out _);
    }

    public void ForgetRinging(ServerTransaction transaction) => _ringing.Remove(transaction.Record);

    public void OnRequest(ServerTransaction transaction)
    {
        var request = transaction.Request;
        if (request.Method == SipMethods.Cancel)
        {
            OnCancel(transaction);
            return;
        }

        var inDialog = request.To.Tag is not null;
        if (!inDialog && Transactions.IsOurOwn(request))
        {
            // RFC 3261 section 16.3: what we sent ourselves has come back unchanged.
            Context.Metrics.Refused("loop");
            Reply(transaction, new SipReply(482), Context.Ids.Tag());
        }
        else if (RequestScreen.Refuse(request, transaction.Source.Transport, Context.Options, Context.AllowValue) is { } refusal)
        {
            Reply(transaction, refusal, inDialog ? null : Context.Ids.Tag());
        }
        else if (inDialog)
        {
            if (Find(request) is { } dialog) dialog.OnRequest(transaction);
            else _unknown.OnRequest(transaction);
        }
        else if (request.Method == SipMethods.Invite)
        {
            OnInvite(transaction);
        }
        else if (request.Method == SipMethods.Subscribe)
        {
            NewDialog(transaction).Subscriptions.OnSubscribe(transaction, call: null);
        }
        else if (request.Method == SipMethods.Refer)
        {
            NewDialog(transaction).Subscriptions.OnRefer(transaction, call: null, AskReferral);
        }
        else if (request.Method is SipMethods.Bye or SipMethods.Update or SipMethods.Info or SipMethods.Prack or SipMethods.Notify)
        {
            Reply(transaction, new SipReply(481), Context.Ids.Tag());
        }
        else
        {
            if (Context.Admission.TakeQuestion(transaction.Source) is { } place) _ = AskApplicationAsync(transaction, place);
            else Reply(transaction, Busy("pending_questions"), Context.Ids.Tag());
        }
    }

    /// <summary>What belongs to a call is always let in; a stranger's request may be one too many.</summary>
    public string? Refuse(SipRequest request, SipSource source) =>
        request.Method == SipMethods.Cancel || Find(request) is not null ? null : Context.Admission.Refuse(request, source);

    public void OnAck(SipRequest ack) => Find(ack)?.OnAck(ack);

    /// <summary>Answers with the fields that every response of ours has.</summary>
    public void Reply(ServerTransaction transaction, SipReply reply, string? toTag) =>
        transaction.Respond(BuildResponse(transaction.Request, reply, toTag));

    public SipResponse BuildResponse(SipRequest request, SipReply reply, string? toTag)
    {
        var response = request.Respond(reply.Status, reply.Reason, toTag, reply.Body);
        foreach (var (name, value) in reply.Headers) response.Headers.Add(name, value);
        if (reply.ContentType is { } type) response.Headers.Add(HeaderNames.ContentType, type);
        response.Headers.Add(HeaderNames.Server, Context.Options.UserAgent);
        return response;
    }

    /// <summary>Refuses what a limit does not leave room for.</summary>
    public SipReply Busy(string limit)
    {
        Context.Metrics.Refused(limit);
        return new SipReply(503) { Headers = [new(HeaderNames.RetryAfter, "10")] };
    }

    /// <summary>Puts a REFER that belongs to no call to the application.</summary>
    public Func<ValueTask> AskReferral(IncomingReferral referral) => () => Context.Application.OnReferAsync(referral, Context.Stopping);

    /// <summary>What OPTIONS gets when the application has nothing to say to it (RFC 3261 section 11.2).</summary>
    public SipReply Abilities()
    {
        var headers = new SipHeaders().Add(HeaderNames.Accept, string.Join(", ", Context.Options.Accept));
        Context.AddAbilities(headers);
        return new SipReply(200) { Headers = [.. headers] };
    }

    private IDialogUsage? Find(SipRequest request) =>
        Find(new DialogId(request.CallId, request.To.Tag ?? "", request.From.Tag ?? ""));

    private Dialog NewDialog(ServerTransaction transaction) =>
        new(this, DialogFactory.AsServer(transaction.Request, transaction.Source, Context.Ids.Tag()), credentials: null);

    /// <summary>The 200 to CANCEL comes before the 487: the caller must learn that its CANCEL arrived (RFC 3261 section 9.2).</summary>
    private void OnCancel(ServerTransaction cancel)
    {
        var invite = Transactions.FindCancelled(cancel.Request);
        Reply(cancel, new SipReply(invite is null ? 481 : 200), Context.Ids.Tag());
        // An offer inside a call is not taken back: its answer is already being made, and the media with it.
        if (invite is not null && _ringing.TryGetValue(invite, out var call)) call.CancelInLane(SipReason.Of(cancel.Request));
    }

    private void OnInvite(ServerTransaction transaction)
    {
        var request = transaction.Request;
        SessionDescription? offer = null;
        var described = SipBody.Sdp(request, Context.Options.Limits).Description;
        if (!described.IsEmpty && !SessionDescription.TryParse(described.Span, out offer, Context.Options.Limits))
        {
            Reply(transaction, new SipReply(400, "Malformed Session Description"), Context.Ids.Tag());
            return;
        }

        if (RefuseReplaces(request) is { } malformed)
        {
            Reply(transaction, malformed, Context.Ids.Tag());
            return;
        }

        var tag = Context.Ids.Tag();
        var timer = SessionTimer.Answer(request, Context.SessionSeconds, Context.MinSessionSeconds);
        if (timer.TooSmall)
        {
            Reply(transaction, TooSmall(), tag);
            return;
        }

        if (Context.Admission.TakeInvite(transaction.Source) is not { } place)
        {
            Reply(transaction, Busy("pending_invites"), tag);
            return;
        }

        transaction.Respond(request.Respond(100));
        var call = new IncomingCall(this, transaction, offer, timer.Timer, tag, place);
        _ringing.Add(transaction.Record, call);
        call.StartInLane();
    }

    /// <summary>RFC 3891 section 3: more than one field, or one that says nothing, is a bad request.</summary>
    private static SipReply? RefuseReplaces(SipRequest request)
    {
        var count = request.Headers.CountOf(HeaderNames.Replaces);
        var fits = count == 0 || (count == 1 && Replaces.TryParse(request.Headers[HeaderNames.Replaces], out _) && request.Headers["Join"] is null);
        return fits ? null : new SipReply(400, "Bad Replaces");
    }

    public SipReply TooSmall() => new(422) { Headers = [new(HeaderNames.MinSE, Context.MinSessionSeconds.ToString())] };

    private async Task AskApplicationAsync(ServerTransaction transaction, Place place)
    {
        await Task.Yield();
        var request = transaction.Request;
        SipReply reply;
        try
        {
            var answer = Context.Application.OnRequestAsync(request, transaction.Source, Context.Stopping).AsTask();
            reply = await answer.WaitAsync(Context.Options.Limits.ApplicationAnswer, Lane.Time, Context.Stopping) ?? Default(request);
        }
        catch (Exception failure)
        {
            SipLog.ApplicationFailed(Context.Log, request.Method, request.CallId, failure);
            reply = new SipReply(500);
        }

        place.Release();
        Lane.Post(() => Reply(transaction, reply, Context.Ids.Tag()));
    }

    private SipReply Default(SipRequest request) => request.Method == SipMethods.Options
        ? Abilities()
        : new SipReply(405) { Headers = [new(HeaderNames.Allow, Context.AllowValue)] };
}
