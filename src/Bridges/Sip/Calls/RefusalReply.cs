using Interop.Bridges.Sip.Routes;
using Interop.Bridges.Wire.Sip.Headers;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Hub.Contracts;

namespace Interop.Bridges.Sip.Calls;

/// <summary>A room's refusal in SIP's words.</summary>
internal static class RefusalReply
{
    /// <summary>No such room.</summary>
    public static SipReply NotFound { get; } = new(404);

    /// <summary>Nothing in the offer that the room speaks.</summary>
    public static SipReply NotAcceptable { get; } = new(488);

    /// <summary>The reply for a refusal.</summary>
    public static SipReply Of(Refusal refusal) => refusal.Kind switch
    {
        RefusalKind.NotFound => NotFound,
        RefusalKind.Denied => new SipReply(403),
        RefusalKind.Invalid => NotAcceptable,
        RefusalKind.Loop => new SipReply(482) { Headers = [WarningHeader.Of(OwnHosts.Name, refusal.Text)] },
        RefusalKind.Conflict => new SipReply(480),
        RefusalKind.Unavailable => new SipReply(503) { Headers = [new SipHeader(HeaderNames.RetryAfter, "5")] },
    };
}
