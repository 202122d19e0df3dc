using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Bridges.Sip.Conference;

/// <summary>A leg in the words of RFC 4575.</summary>
internal static class ConferenceWords
{
    /// <summary>The status of an endpoint (section 5.7.3). A lost leg is pending: it is brought back.</summary>
    public static string Status(LegView leg) => leg.Status switch
    {
        LegStatus.Connecting when leg.Rings => "alerting",
        LegStatus.Connecting => leg.Kind == LegKind.Sip ? "dialing-out" : "pending",
        LegStatus.Asking => "alerting",
        LegStatus.Lost => "pending",
        LegStatus.Gone => "disconnected",
        LegStatus.Up => leg.Mode == LegMode.Muted ? "muted-via-focus" : "connected",
    };

    /// <summary>Which way its voice goes, seen from its phone (section 5.8.4).</summary>
    public static string Direction(LegView leg) => leg.Status switch
    {
        LegStatus.Up => leg is { Mode: LegMode.Talk, Own: LegMode.Talk } ? "sendrecv" : "recvonly",
        _ => "inactive",
    };
}
