using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.UserAgent.Subscriptions;

/// <summary>What a notifier refuses before asking anybody (RFC 6665 section 4.2.1.1).</summary>
internal static class SubscribeScreen
{
    /// <summary>The refusal, or null with what is asked for: the package and at most so many seconds, 0 for once.</summary>
    public static SipReply? Refuse(SipRequest request, SipOptions options, out EventKey key, out int seconds)
    {
        seconds = 0;
        if (request.Headers.CountOf(HeaderNames.Event) > 1) return RepeatedEvent(out key);
        if (!EventKey.TryParse(request.Headers[HeaderNames.Event], out key)) return BadEvent(options);
        if (request.Contact is null) return new SipReply(400, "Missing Contact");
        var most = (int)options.MaxSubscription.TotalSeconds;
        var least = (int)options.MinSubscription.TotalSeconds;
        seconds = HeaderLexer.TryNumber(request.Headers[HeaderNames.Expires], uint.MaxValue, out var asked) ? (int)Math.Min(asked, (uint)most) : most;
        // Zero is no short subscription but the end of one, or a single look.
        if (seconds == 0 || seconds >= least) return null;
        return new SipReply(423) { Headers = [new(HeaderNames.MinExpires, least.ToString())] };
    }

    public static SipReply BadEvent(SipOptions options) => new(489) { Headers = [new(HeaderNames.AllowEvents, string.Join(", ", options.Events))] };

    private static SipReply RepeatedEvent(out EventKey key)
    {
        key = default;
        return new SipReply(400, "Repeated Event");
    }
}
