using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transactions;
using Interop.Bridges.Wire.Sip.Transports;

namespace Interop.Bridges.Wire.Sip.UserAgent;

/// <summary>Whether a request of a stranger may cost us a transaction. What belongs to a call never comes here.</summary>
/// <remarks>Any lane asks it; a source that the options trust passes, and holds no place that a stranger might want.</remarks>
internal sealed class Admission(SipOptions options, TimeProvider time)
{
    private readonly RateGate _sources = new(options.Limits.SourceBuckets, options.Limits.SourceRequestsPerSecond, options.Limits.SourceBurst, time);
    private readonly RateGate _everybody = new(1, options.Limits.StrangerRequestsPerSecond, options.Limits.StrangerRequestsPerSecond, time);

    public StackQuotas Quotas { get; } = new(options.Limits);

    public bool Trusts(SipSource source) => options.Trusted?.Invoke(source) == true;

    /// <summary>The name of the limit that the request is over, or null.</summary>
    public string? Refuse(SipRequest request, SipSource source)
    {
        if (Trusts(source)) return null;
        if (!_sources.TryTake(source.Remote.Address)) return "source_rate";
        if (!_everybody.TryTake(source.Remote.Address)) return "stranger_rate";
        if (request.Method == SipMethods.Invite) return Quotas.PendingInvites.IsFull ? "pending_invites" : null;
        return Quotas.PendingQuestions.IsFull ? "pending_questions" : null;
    }

    /// <summary>Takes a place that the request holds until it is answered; null when there is none left.</summary>
    public Place? TakeInvite(SipSource source) => Take(Quotas.PendingInvites, source);

    /// <summary>As <see cref="TakeInvite"/>, for a request that is no call.</summary>
    public Place? TakeQuestion(SipSource source) => Take(Quotas.PendingQuestions, source);

    private Place? Take(Quota quota, SipSource source) => Trusts(source) ? new Place(null) : quota.TryTake() ? new Place(quota) : null;
}

/// <summary>A place of a quota, or none of any; given back once.</summary>
internal sealed class Place(Quota? quota)
{
    private Quota? _quota = quota;

    public void Release() => Interlocked.Exchange(ref _quota, null)?.Release();
}
