namespace Interop.Bridges.Wire.Sip.UserAgent;

/// <summary>What a look for a call to replace came to: the call, one of our own that still rings, or the refusal that the new call gets.</summary>
public sealed record FoundCall(Call? Call, OutgoingCall? Ringing, SipReply? Refusal)
{
    /// <summary>RFC 3891 section 3.</summary>
    internal static FoundCall Of(IDialogUsage? usage, bool earlyOnly) => usage switch
    {
        CallCore { IsOver: true } => new(null, null, new SipReply(603)),
        CallCore when earlyOnly => new(null, null, new SipReply(486)),
        CallCore core => new(core.Call, null, null),
        EarlyDialog early => new(null, early.Ringing, null),
        // Only an early dialog of our own making may be replaced; one that rings here may not.
        _ => new(null, null, new SipReply(481)),
    };
}
