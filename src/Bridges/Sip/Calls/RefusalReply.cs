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

    /// <summary>The caller's voice has to be protected, and its offer has nothing for that which we could use.</summary>
    public static SipReply NotProtected { get; } = Warned("The voice of this caller must be protected: offer RTP/SAVP with a=crypto, without MKI");

    /// <summary>The caller's voice has to be protected, and its keys would be read by whoever reads the call.</summary>
    public static SipReply KeysInTheClear { get; } = Warned("The voice of this caller must be protected, and its keys too: call over TLS");

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

    /// <summary>A 488 with its reason in words; 399 is the code of a warning that is for people (RFC 3261 section 20.43).</summary>
    private static SipReply Warned(string text) => new(488) { Headers = [new SipHeader("Warning", $"399 hub \"{text}\"")] };
}
