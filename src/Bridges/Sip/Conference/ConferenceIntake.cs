using Interop.Bridges.Sip.Callers;
using Interop.Bridges.Sip.Calls;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Bridges.Wire.Sip.UserAgent.Subscriptions;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Sip.Conference;

/// <summary>Takes subscriptions to a room's roster (RFC 4575) from those who may call into it.</summary>
/// <remarks>A subscriber is proved as a caller is; to one that may not look, a room is no different from none.</remarks>
internal sealed class ConferenceIntake(
    CallerProof proof,
    CallerLegs callers,
    SipLegs legs,
    CallerDirectory directory,
    RosterFollower follower,
    SipStackHost host,
    TimeProvider time,
    SipBridgeMetrics metrics,
    ILogger<RosterSubscription> logger)
{
    public const string Package = "conference";

    public async ValueTask AnswerAsync(IncomingSubscription asked)
    {
        if (!TakesDocuments(asked.Request))
        {
            Refuse(asked, new SipReply(406), "not-acceptable");
            return;
        }

        var (room, caller, refusal) = Who(asked);
        if (refusal is not null)
        {
            Refuse(asked, refusal, "unproved");
            return;
        }

        if (await callers.LookAsync(room, caller!) is not { State: not RoomPhase.Closed } seen)
        {
            Refuse(asked, RefusalReply.NotFound, "no-room");
            return;
        }

        var hub = host.RoomIdentity(room, "").Uri;
        var document = new ConferenceDocument(room.Value, hub.Port is { } port ? $"{hub.Host}:{port}" : hub.Host, directory.AgencyName);
        asked.Accept(asked.Expires, new RosterSubscriber(room, Roster.Of(seen), document, follower, time, logger));
        metrics.Subscription("accepted");
    }

    /// <summary>Inside a call the leg's phone asks, and it is known; outside it is proved.</summary>
    private (RoomCode Room, Caller? Caller, SipReply? Refusal) Who(IncomingSubscription asked)
    {
        if (asked.Call is { } call && legs.Of(call) is { } leg)
            return (leg.Room, new Caller(leg.Party, []), null);
        var verdict = proof.Prove(asked.Request, asked.Source);
        if (verdict.Caller is not { } caller)
            return (default, null, verdict.Reply);
        return (verdict.Room ?? RoomAddress.Read(asked.Request.Uri)) is { } room ? (room, caller, null) : (default, null, RefusalReply.NotFound);
    }

    /// <summary>No Accept means this package's own document (section 3.3).</summary>
    private static bool TakesDocuments(SipRequest request)
    {
        var accepted = request.Headers.Values(HeaderNames.Accept);
        return accepted.Count == 0 || accepted.Exists(type =>
            type.StartsWith(ConferenceDocument.MediaType, StringComparison.OrdinalIgnoreCase)
            || type.StartsWith("application/*", StringComparison.Ordinal)
            || type.StartsWith("*/*", StringComparison.Ordinal));
    }

    private void Refuse(IncomingSubscription asked, SipReply reply, string result)
    {
        asked.Reject(reply);
        metrics.Subscription(result);
    }
}
