namespace Interop.Bridges.Wire.Sip.UserAgent;

/// <summary>A call that we are making. Its members may be used from any thread.</summary>
public sealed class OutgoingCall
{
    private readonly InviteAttempt _attempt;

    internal OutgoingCall(InviteAttempt attempt) => _attempt = attempt;

    /// <summary>What became of it; never faults.</summary>
    public Task<CallOutcome> Completion => _attempt.Completion;

    /// <summary>Gives up. An answer that crosses the CANCEL is acknowledged and hung up; the outcome is 487.</summary>
    public void Cancel() => _attempt.Cancel();

    /// <summary>Gives up and says why (RFC 3326).</summary>
    public void Cancel(SipReason reason) => _attempt.Cancel(reason);
}
