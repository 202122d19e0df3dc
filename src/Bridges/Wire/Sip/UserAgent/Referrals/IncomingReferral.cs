using System.Text;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transactions;
using Interop.Bridges.Wire.Sip.Transports;
using Interop.Bridges.Wire.Sip.UserAgent.Subscriptions;

namespace Interop.Bridges.Wire.Sip.UserAgent.Referrals;

/// <summary>A REFER: a peer asks us to call somebody (RFC 3515). Its methods may be called from any thread.</summary>
public sealed class IncomingReferral
{
    private const string Fragment = "message/sipfrag;version=2.0";

    private readonly Dialog _dialog;
    private readonly ServerTransaction _transaction;
    private readonly OwedAnswer _answer;
    private readonly Notifier _notifier;
    private bool _accepted;
    private byte[] _report = Report(100, "Trying");

    internal IncomingReferral(Dialog dialog, ServerTransaction transaction, EventKey key, NameAddr target, Call? call)
    {
        (_dialog, _transaction, ReferTo, Call) = (dialog, transaction, target, call);
        var quota = dialog.Agent.Context.Quotas.Subscriptions;
        _answer = new OwedAnswer(dialog.Agent, transaction, dialog.State.LocalTag, quota);
        _notifier = new Notifier(dialog, key, quota);
        _notifier.Refreshed = () => _notifier.Notify(Fragment, _report, static _ => { });
        ReferredBy = NameAddr.TryParse(Request.Headers[HeaderNames.ReferredBy], out var by) ? by : null;
        var hops = Request.MaxForwards ?? 70;
        HopsLeft = Math.Max(0, hops - 1);
    }

    /// <summary>The REFER.</summary>
    public SipRequest Request => _transaction.Request;

    /// <summary>Where it came from.</summary>
    public SipSource Source => _transaction.Source;

    /// <summary>The call in whose dialog it came, or null.</summary>
    public Call? Call { get; }

    /// <summary>Who is to be called. Its URI may carry a method parameter, and header fields of which only <see cref="Replaces"/> may be taken.</summary>
    public NameAddr ReferTo { get; }

    /// <summary>Who asks for it, as the peer says (RFC 3892); it proves nothing.</summary>
    public NameAddr? ReferredBy { get; }

    /// <summary>The dialog that the new call is to replace, when the target's URI names one.</summary>
    public Replaces? Replaces => UserAgent.Replaces.Of(ReferTo.Uri);

    /// <summary>The Max-Forwards that a call made for it must begin with, so that referrals in a circle come to an end.</summary>
    public int HopsLeft { get; }

    /// <summary>Takes it on: 202, and a first report that we are trying.</summary>
    public void Accept() => _dialog.Agent.Lane.Post(AcceptInLane);

    /// <summary>Refuses it.</summary>
    public void Reject(SipReply reply) => _dialog.Agent.Lane.Post(() => _answer.Refuse(reply));

    /// <summary>Reports how the call goes; a final status ends the reporting. Done when the peer has answered, wants no report, or was refused.</summary>
    public Task ReportAsync(int status, string reason)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _dialog.Agent.Lane.Post(() =>
        {
            if (!_accepted)
            {
                done.SetResult();
                return;
            }

            _report = Report(status, reason);
            if (status < 200) _notifier.Notify(Fragment, _report, _ => done.SetResult());
            else _notifier.End("noresource", Fragment, _report, _ => done.SetResult());
        });
        return done.Task;
    }

    internal void StartInLane(Func<ValueTask> ask) => _answer.Ask(ask);

    private void AcceptInLane()
    {
        if (!_answer.TrySettle()) return;
        _accepted = true;
        // RFC 4488 section 4: who wants no reports gets none, and learns that it was understood.
        if (string.Equals(Request.Headers[HeaderNames.ReferSub]?.Trim(), "false", StringComparison.OrdinalIgnoreCase))
        {
            _dialog.Respond(_transaction, new SipReply(202) { Headers = [new(HeaderNames.ReferSub, "false")] });
            _notifier.Abandon("noresource");
            return;
        }

        _dialog.Subscriptions.Add(_notifier);
        _dialog.Respond(_transaction, new SipReply(202));
        _notifier.Grant(Life());
        _notifier.Refreshed();
    }

    private TimeSpan Life()
    {
        var options = _dialog.Agent.Context.Options;
        var most = options.Limits.Referral;
        if (!HeaderLexer.TryNumber(Request.Headers[HeaderNames.Expires], uint.MaxValue, out var asked)) return most;
        var wanted = TimeSpan.FromSeconds(asked);
        return wanted > most ? most : wanted < options.MinSubscription ? options.MinSubscription : wanted;
    }

    private static byte[] Report(int status, string reason) =>
        Encoding.UTF8.GetBytes($"SIP/2.0 {status} {reason.ReplaceLineEndings(" ")}\r\n");
}
