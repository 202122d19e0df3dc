using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transactions;

namespace Interop.Bridges.Wire.Sip.UserAgent.Referrals;

/// <summary>What became of a REFER of ours: the status that the peer gave it, or that the call it made came to.</summary>
/// <param name="Accepted">Whether the peer took it on.</param>
/// <param name="Status">The last status: of the answer to the REFER when it was refused, else of the peer's last report.</param>
/// <param name="Reason">Its reason phrase.</param>
public sealed record ReferOutcome(bool Accepted, int Status, string Reason)
{
    /// <summary>Whether the peer reported that its call was answered.</summary>
    public bool Succeeded => Accepted && Status is >= 200 and < 300;
}

/// <summary>A REFER of ours and the reports on it, in its lane.</summary>
internal sealed class OutgoingReferral(Dialog dialog, TaskCompletionSource<ReferOutcome> done)
{
    private LaneTimer? _patience;
    private uint? _number;
    private ReferOutcome _last = new(true, 100, "Trying");

    public void Send(NameAddr to)
    {
        dialog.Subscriptions.Add(this);
        var headers = new SipHeaders()
            .Add(HeaderNames.ReferTo, to.ToString())
            .Add(HeaderNames.ReferredBy, dialog.State.LocalAddress)
            .Add(HeaderNames.Contact, dialog.Contact);
        dialog.Agent.Context.AddAbilities(headers);
        dialog.Send(SipMethods.Refer, headers, default, OnAnswer);
    }

    /// <summary>Whether a report with that id is about this REFER; without one it is about the first that is open (RFC 3515 section 2.4.6).</summary>
    public bool IsAbout(string? id) => id is null || _number is null || id == _number.ToString();

    public void OnNotify(SipRequest notify)
    {
        if (SipFragment.TryStatus(notify.Body.Span, out var status, out var reason)) _last = new ReferOutcome(true, status, reason);
        var state = notify.Headers[HeaderNames.SubscriptionState] ?? "";
        if (_last.Status >= 200 || state.StartsWith("terminated", StringComparison.OrdinalIgnoreCase)) Finish(_last);
    }

    public void Finish(ReferOutcome outcome)
    {
        _patience?.Stop();
        dialog.Subscriptions.Remove(this);
        done.TrySetResult(outcome);
    }

    private void OnAnswer(SipResponse response)
    {
        if (response.IsProvisional) return;
        _number = response.CSeq.Number;
        if (!response.IsSuccess)
        {
            Finish(new ReferOutcome(false, response.Status, response.Reason));
            return;
        }

        _patience = dialog.Agent.Lane.Schedule(dialog.Agent.Context.Options.Limits.Referral, () => Finish(_last));
    }
}
