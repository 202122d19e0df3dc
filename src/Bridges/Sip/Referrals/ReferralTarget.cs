using Interop.Bridges.Sip.Calls;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Hub.Contracts.Ids;

namespace Interop.Bridges.Sip.Referrals;

/// <summary>What a REFER asks for, read from its Refer-To.</summary>
internal abstract record ReferralTarget
{
    private ReferralTarget()
    {
    }

    /// <summary>A party is to be called into the room.</summary>
    /// <param name="Address">Its address, with the Replaces of an attended transfer behind its question mark.</param>
    public sealed record Party(string Address, string? Name) : ReferralTarget;

    /// <summary>The phone that asks is to move to another room.</summary>
    public sealed record Room(RoomCode Code) : ReferralTarget;

    /// <summary>A leg is to be hung up.</summary>
    public sealed record HangUp(LegId Leg) : ReferralTarget;

    /// <summary>Nothing that is done here.</summary>
    public sealed record Refused(SipReply Reply) : ReferralTarget;

    /// <param name="to">The Refer-To.</param>
    /// <param name="replaces">The dialog that the new call is to replace, if it names one.</param>
    /// <param name="isOurs">Whether an address is this hub's own.</param>
    public static ReferralTarget Of(NameAddr to, Replaces? replaces, Predicate<SipUri> isOurs)
    {
        var uri = to.Uri;
        var ours = isOurs(uri);
        switch (uri.Parameters["method"])
        {
            case null or SipMethods.Invite:
                break;
            case SipMethods.Bye when ours && uri.UserName.StartsWith("leg-", StringComparison.Ordinal):
                return new HangUp(new LegId(uri.UserName));
            case SipMethods.Bye:
                return new Refused(new SipReply(403, "Only Legs Of This Hub Are Hung Up"));
            default:
                return new Refused(new SipReply(405, "Only Calls Are Made By REFER"));
        }

        if (uri.Scheme is not ("sip" or "sips" or "tel"))
            return new Refused(new SipReply(416));
        if (ours && RoomAddress.Read(uri) is { } room)
            return replaces is null ? new Room(room) : new Refused(new SipReply(403, "A Room Replaces No Call"));
        // Only what names the party is taken over: header fields in its URI could forge ours (RFC 3261 section 19.1.5).
        var plain = uri with { Headers = null, Parameters = uri.Parameters.Without("method") };
        var address = replaces is null ? plain.ToString() : $"{plain}?Replaces={Uri.EscapeDataString(replaces.ToString())}";
        return new Party(address, string.IsNullOrWhiteSpace(to.DisplayName) ? null : to.DisplayName);
    }
}
