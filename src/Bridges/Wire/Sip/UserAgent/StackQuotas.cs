using Interop.Bridges.Wire.Sip.Transactions;

namespace Interop.Bridges.Wire.Sip.UserAgent;

/// <summary>What strangers may hold at once, over all lanes of a stack.</summary>
internal sealed class StackQuotas(SipLimits limits)
{
    /// <summary>Server transactions.</summary>
    public Quota Transactions { get; } = new(limits.Transactions);

    /// <summary>Calls of strangers that wait for our answer.</summary>
    public Quota PendingInvites { get; } = new(limits.PendingInvites);

    /// <summary>Other requests of strangers that wait for our answer.</summary>
    public Quota PendingQuestions { get; } = new(limits.PendingQuestions);

    /// <summary>Questions to the application for a dialog that this process does not hold.</summary>
    public Quota DialogLookups { get; } = new(limits.DialogLookups);

    /// <summary>Subscriptions and referrals, asked for or running.</summary>
    public Quota Subscriptions { get; } = new(limits.Subscriptions);
}
