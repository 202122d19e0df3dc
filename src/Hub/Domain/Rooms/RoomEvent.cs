using System.Text.Json.Serialization;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Alerts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Hub.Domain.Rooms;

/// <summary>Something that happened to a room, as its journal keeps it; who and when stand beside it in the entry.</summary>
internal abstract record RoomEvent
{
    /// <summary>The names under which the journal keeps them.</summary>
    public static EventNames<RoomEvent> Names { get; } = new EventNames<RoomEvent>()
        .With<RoomOpened>("room.opened")
        .With<RoomChanged>("room.changed")
        .With<RoomReopened>("room.reopened")
        .With<RoomResumed>("room.resumed")
        .With<RoomClosing>("room.closing")
        .With<RoomClosingUndone>("room.closing-undone")
        .With<RoomClosed>("room.closed")
        .With<AgencyInvited>("invite.sent")
        .With<InviteAnswered>("invite.answered")
        .With<InviteWithdrawn>("invite.withdrawn")
        .With<InviteCountered>("invite.countered")
        .With<CounterAnswered>("invite.counter-answered")
        .With<ConditionsSet>("invite.conditions")
        .With<InviteExpired>("invite.expired")
        .With<InviteEnding>("invite.ending")
        .With<InviteEnded>("invite.ended")
        .With<LinkMade>("link.made")
        .With<LinkWithdrawn>("link.withdrawn")
        .With<LinkExpired>("link.expired")
        .With<GuestCame>("guest.joined")
        .With<GuestDeclined>("guest.declined")
        .With<GuestLeft>("guest.left")
        .With<ResourceLent>("share.lent")
        .With<ResourceNotLent>("share.not-lent")
        .With<ShareWithdrawn>("share.withdrawn")
        .With<LeaseSet>("lease.set")
        .With<LeaseWarned>("lease.warned")
        .With<LeaseWarningSeen>("lease.warning-seen")
        .With<LeaseWarningEnded>("lease.warning-ended")
        .With<CommandOffered>("command.offered")
        .With<CommandAccepted>("command.accepted")
        .With<CommandDeclined>("command.declined")
        .With<CommandOfferWithdrawn>("command.offer-withdrawn")
        .With<LegJoined>("leg.joined")
        .With<LegRejoined>("leg.rejoined")
        .With<LegDialled>("leg.dialled")
        .With<LegNotDialled>("leg.not-dialled")
        .With<LegAsked>("leg.asked")
        .With<LegAnswered>("leg.answered")
        .With<LegReplaced>("leg.replaced")
        .With<LegConnected>("leg.up")
        .With<LegMetFocus>("leg.focus")
        .With<LegLoopBegan>("leg.loop")
        .With<LegLoopEnded>("leg.loop-ended")
        .With<LegLost>("leg.lost")
        .With<LegEnded>("leg.left")
        .With<LegDropped>("leg.dropped")
        .With<LegModeSet>("leg.mode-set")
        .With<LegModeChosen>("leg.mode-chosen")
        .With<LegGainSet>("leg.gain-set")
        .With<ChatPosted>("chat.posted")
        .With<ChatNotDelivered>("chat.undelivered")
        .With<VideoPosted>("video.posted")
        .With<VideoRemoved>("video.removed")
        .With<AlertAttached>("alert.attached")
        .With<RecordingStarted>("recording.started")
        .With<RecordingStopped>("recording.stopped")
        .With<RecordingFailed>("recording.failed")
        .With<SegmentsRecorded>("recording.segments")
        .With<RecordingHeard>("recording.heard")
        .With<RecordingsHeld>("recording.held")
        .With<RecordingsReleased>("recording.released")
        .With<RecordingsDeleted>("recording.deleted")
        .With<RecordTaken>("record.taken");
}

/// <summary>What a room is, apart from who is in it.</summary>
internal sealed record RoomTerms(string Title, string Type, Priority Priority, Place? Place, IReadOnlyList<string> Admits);

internal sealed record RoomOpened(AgencyId Owner, RoomTerms Terms, string? ProvisionedAs, DateTimeOffset? Until = null) : RoomEvent;

/// <summary>A standing room's provisioned entry changed.</summary>
internal sealed record RoomChanged(RoomTerms Terms, string ProvisionedAs) : RoomEvent;

/// <summary>A closed standing room was provisioned anew.</summary>
internal sealed record RoomReopened(RoomTerms Terms, string ProvisionedAs) : RoomEvent;

/// <summary>The room came up again without the connections it had; they are brought back.</summary>
internal sealed record RoomResumed(IReadOnlyList<LegId> Legs) : RoomEvent;

internal sealed record RoomClosing(DateTimeOffset ClosesAt, string? Reason) : RoomEvent;

internal sealed record RoomClosingUndone : RoomEvent;

/// <summary>The room is over, and with it what was still in it.</summary>
internal sealed record RoomClosed(IReadOnlyList<LegId> Legs, IReadOnlyList<ShareId> Shares) : RoomEvent;

/// <param name="Terms">What was shown before the answer. Null in older records, as is what follows.</param>
/// <param name="ExpiresAt">Until when it waits; null for ever.</param>
/// <param name="Next">Whom it passes to.</param>
/// <param name="After">The invitation that passed to this one.</param>
internal sealed record AgencyInvited(
    InviteId Invite,
    AgencyId Agency,
    string? Purpose,
    string? Person = null,
    string? PersonName = null,
    Role? Role = null,
    InviteTerms? Terms = null,
    DateTimeOffset? ExpiresAt = null,
    IReadOnlyList<Invitee>? Next = null,
    InviteId? After = null) : RoomEvent;

internal sealed record InviteAnswered(InviteId Invite, bool Accepted, string? Reason) : RoomEvent;

internal sealed record InviteWithdrawn(InviteId Invite) : RoomEvent;

/// <summary>A resource was lent.</summary>
/// <param name="Leg">Its leg, where it carries voice; a phone's was dialled in the same act.</param>
/// <param name="Resource">Under the name that it had when channels alone were lent.</param>
/// <param name="Terms">Null for both ways without an end.</param>
internal sealed record ResourceLent(
    ShareId Share, LegId? Leg, [property: JsonPropertyName("channel")] LentResource Resource, ShareTerms? Terms = null) : RoomEvent;

/// <summary>What should have come with the opening could not be had; the room opened without it.</summary>
internal sealed record ResourceNotLent(ResourceId Resource, string Name, string Reason) : RoomEvent;

/// <summary>A share is over.</summary>
/// <param name="Cause">Why, where nobody took it back: its time was up, its party hung up.</param>
internal sealed record ShareWithdrawn(ShareId Share, LegId? Leg, string? Cause = null) : RoomEvent;

/// <summary>A caller was let in.</summary>
/// <param name="Priority">Null for routine.</param>
/// <param name="Kind">Null for a SIP call.</param>
internal sealed record LegJoined(LegId Leg, Party Party, Priority? Priority = null, LegKind? Kind = null) : RoomEvent;

/// <summary>A caller who had been lost came back by itself.</summary>
internal sealed record LegRejoined(LegId Leg, Party Party, Priority? Priority = null) : RoomEvent;

/// <summary>Another phone of the agency took the leg's place.</summary>
internal sealed record LegReplaced(LegId Leg, Party Party, Priority? Priority = null) : RoomEvent;

/// <param name="Ask">How it is asked in; null when it is simply connected.</param>
internal sealed record LegDialled(LegId Leg, Party Party, LegAsk? Ask = null) : RoomEvent;

/// <summary>A call that should have come with the opening could not be made; the room opened without it.</summary>
internal sealed record LegNotDialled(Party Party, InviteId? Invite, string Reason) : RoomEvent
{
    public static LegNotDialled For(LegDialled called, Refusal refusal) => new(called.Party, called.Ask?.Invite, refusal.Text);
}

/// <summary>A phone was answered, and whoever answered is being asked in.</summary>
internal sealed record LegAsked(LegId Leg) : RoomEvent;

/// <summary>What the party said; who declines or says nothing is gone with it.</summary>
internal sealed record LegAnswered(LegId Leg, LegAnswer Answer) : RoomEvent;

internal sealed record LegConnected(LegId Leg) : RoomEvent;

/// <summary>The party turned out to be another system's room.</summary>
internal sealed record LegMetFocus(LegId Leg, string Focus) : RoomEvent;

/// <summary>The room's own sound came back by the leg, which was taken out of the mix.</summary>
internal sealed record LegLoopBegan(LegId Leg) : RoomEvent;

/// <summary>It comes back no more, and the leg is in the mix again.</summary>
internal sealed record LegLoopEnded(LegId Leg) : RoomEvent;

/// <summary>The connection broke. With <paramref name="Anew"/> its call is of no use any more, and the party is called again.</summary>
internal sealed record LegLost(LegId Leg, string Cause, bool? Anew = null) : RoomEvent;

/// <summary>The party left by itself.</summary>
internal sealed record LegEnded(LegId Leg, string Cause) : RoomEvent;

/// <summary>The party was cut off.</summary>
internal sealed record LegDropped(LegId Leg, string Cause) : RoomEvent;

internal sealed record LegModeSet(LegId Leg, LegMode Mode) : RoomEvent;

/// <summary>The party chose for itself, beside what the room lets it.</summary>
internal sealed record LegModeChosen(LegId Leg, LegMode Mode) : RoomEvent;

/// <summary>The leg is heard louder or quieter than it came, in dB.</summary>
internal sealed record LegGainSet(LegId Leg, int Gain) : RoomEvent;

internal sealed record ChatPosted(string Line, string From, AgencyId Agency, string Via, string Text, LegId? Leg) : RoomEvent;

internal sealed record ChatNotDelivered(string Line, LegId Leg, string Name, string Cause) : RoomEvent;

internal sealed record VideoPosted(string Video, string Title, string Url, AgencyId Agency) : RoomEvent;

internal sealed record VideoRemoved(string Video) : RoomEvent;

internal sealed record AlertAttached(AlertSummary Alert) : RoomEvent;

internal sealed record RecordingStarted : RoomEvent;

internal sealed record RecordingStopped : RoomEvent;

/// <summary>The room should be recorded and is not; the voice goes on.</summary>
internal sealed record RecordingFailed(string Cause) : RoomEvent;

/// <summary>Files of recorded voice, each with its hash: the chain holds what they were, also when they are deleted.</summary>
internal sealed record SegmentsRecorded(IReadOnlyList<RecordedSegment> Segments) : RoomEvent;

/// <summary>Somebody was given a segment to hear.</summary>
internal sealed record RecordingHeard(string Segment) : RoomEvent;

internal sealed record RecordingsHeld(string Reason) : RoomEvent;

internal sealed record RecordingsReleased(string Reason) : RoomEvent;

internal sealed record RecordingsDeleted(IReadOnlyList<string> Segments, string Reason) : RoomEvent;

/// <summary>Somebody was given the whole record to keep.</summary>
internal sealed record RecordTaken(string Format) : RoomEvent;
