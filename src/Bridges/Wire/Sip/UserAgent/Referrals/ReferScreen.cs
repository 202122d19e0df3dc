using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.UserAgent.Referrals;

/// <summary>What is refused of a REFER before asking anybody (RFC 3515 section 2.4.2).</summary>
internal static class ReferScreen
{
    /// <summary>The refusal, or null with the one target.</summary>
    public static SipReply? Refuse(SipRequest request, out NameAddr? target)
    {
        target = null;
        var targets = request.Headers.Values(HeaderNames.ReferTo);
        if (targets.Count != 1) return new SipReply(400, targets.Count == 0 ? "Missing Refer-To" : "More Than One Refer-To");
        if (!NameAddr.TryParse(targets[0], out var read)) return new SipReply(400, "Malformed Refer-To");
        if (request.Contact is null) return new SipReply(400, "Missing Contact");
        target = read;
        return null;
    }
}
