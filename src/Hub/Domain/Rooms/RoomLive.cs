using System.Diagnostics;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Hub.Domain.Rooms;

/// <summary>Shows a room: whole, in a list, and change by change.</summary>
/// <remarks>Lists are arrays: a compiler's own collection type has no serializer in the cluster.</remarks>
internal static class RoomLive
{
    public static RoomHeader Header(RoomState state) => new(
        state.Code,
        state.Terms.Title,
        state.Phase ?? RoomPhase.Closed,
        state.Terms.Type,
        state.Terms.Priority,
        state.Terms.Place,
        state.Owner,
        state.Standing,
        state.OpenedAt,
        state.OpenedBy,
        state.ClosesAt,
        state.Terms.Admits,
        state.Recordings.View,
        state.Exists ? state.Lease.View : null);

    public static RoomSnapshot Snapshot(RoomState state, LiveRevision revision, RoomSound sound, Func<LegView, LegView> shown) => new(
        revision,
        Header(state),
        state.Invites.ToArray(),
        state.Legs.Select(shown).ToArray(),
        state.Shares.Select(share => share.View).ToArray(),
        state.Chat.ToArray(),
        state.Videos.ToArray(),
        state.Alerts.ToArray(),
        sound.Talking,
        sound.Floor,
        state.Links.Select(link => link.View).ToArray(),
        state.Guests.ToArray());

    /// <summary>The room as the actor may see it.</summary>
    public static RoomSnapshot For(RoomState state, RoomSnapshot room, Actor actor)
    {
        if (actor.Kind == ActorKind.Guest)
            return GuestSight.Of(room, actor.Id);
        return Memberships.SeesVideo(state, actor) ? room : room with { Videos = [] };
    }

    public static RoomSummary Summary(RoomState state) => new(
        state.Code,
        state.Terms.Title,
        state.Phase ?? RoomPhase.Closed,
        state.Terms.Type,
        state.Terms.Priority,
        state.Terms.Place,
        state.Owner,
        state.Standing,
        state.OpenedAt,
        Agencies(state, InviteStatus.Accepted),
        Agencies(state, InviteStatus.Pending),
        state.Legs.Count(leg => leg.Status == LegStatus.Up),
        state.Legs.Count(leg => leg.Status == LegStatus.Lost),
        state.Invites.Where(invite => invite.Stands && !invite.Invitee.IsWhole).Select(invite => invite.Invitee).ToArray());

    /// <summary>Whether a list would show both the same.</summary>
    public static bool SameInList(RoomSummary one, RoomSummary other) =>
        one.Members.SequenceEqual(other.Members)
        && one.Invited.SequenceEqual(other.Invited)
        && (one.Named ?? []).SequenceEqual(other.Named ?? [])
        && one with { Members = other.Members, Invited = other.Invited, Named = other.Named } == other;

    /// <summary>What an event changes for those who watch, as the room is after it.</summary>
    public static IEnumerable<RoomChange> Changes(RoomEvent happened, RoomState after) => happened switch
    {
        RoomOpened or RoomChanged or RoomReopened or RoomClosing or RoomClosingUndone => [new HeaderChanged(Header(after))],
        RoomResumed e => Legs(after, e.Legs),
        RoomClosed e =>
        [
            new HeaderChanged(Header(after)),
            .. Legs(after, e.Legs),
            .. e.Shares.SelectMany(Gone),
            .. after.Guests.Where(guest => guest.Status == GuestStatus.Removed).Select(guest => new GuestChanged(guest)),
            .. after.Links.Select(link => new LinkChanged(link.View)),
        ],
        AgencyInvited e => Invite(after, e.Invite),
        // With a member that leaves, command may fall back to the owner.
        InviteAnswered e => e.Accepted ? Invite(after, e.Invite) : [.. Invite(after, e.Invite), new HeaderChanged(Header(after))],
        InviteWithdrawn e => [.. Invite(after, e.Invite), new HeaderChanged(Header(after))],
        InviteCountered e => Invite(after, e.Invite),
        CounterAnswered e => Invite(after, e.Invite),
        ConditionsSet e => Invite(after, e.Invite),
        InviteExpired e => Invite(after, e.Invite),
        InviteEnding e => Invite(after, e.Invite),
        InviteEnded e => [.. Invite(after, e.Invite), new HeaderChanged(Header(after))],
        LinkMade e => LinkNow(after, e.Link),
        LinkWithdrawn e => LinkNow(after, e.Link),
        LinkExpired e => LinkNow(after, e.Link),
        GuestCame e => [.. LinkNow(after, e.Link), .. Guest(after, e.Guest)],
        GuestDeclined e => LinkNow(after, e.Link),
        GuestLeft e => Guest(after, e.Guest),
        LeaseSet or LeaseWarned or LeaseWarningSeen or LeaseWarningEnded or CommandOffered or CommandAccepted or CommandDeclined or CommandOfferWithdrawn =>
            [new HeaderChanged(Header(after))],
        ResourceLent e => Shared(after, e.Share),
        ResourceNotLent or LegNotDialled => [],
        ShareWithdrawn e => [.. Gone(e.Share), .. e.Leg is { } leg ? Legs(after, [leg]) : []],
        LegJoined e => Legs(after, [e.Leg]),
        LegRejoined e => Legs(after, [e.Leg]),
        LegDialled e => Legs(after, [e.Leg]),
        LegReplaced e => Legs(after, [e.Leg]),
        LegAsked e => Legs(after, [e.Leg]),
        LegAnswered e => Legs(after, [e.Leg]),
        LegConnected e => Legs(after, [e.Leg]),
        LegMetFocus e => Legs(after, [e.Leg]),
        LegLoopBegan e => Legs(after, [e.Leg]),
        LegLoopEnded e => Legs(after, [e.Leg]),
        LegLost e => Legs(after, [e.Leg]),
        LegEnded e => Legs(after, [e.Leg]),
        LegDropped e => Legs(after, [e.Leg]),
        LegModeSet e => Legs(after, [e.Leg]),
        LegModeChosen e => Legs(after, [e.Leg]),
        LegGainSet e => Legs(after, [e.Leg]),
        ChatPosted e => Line(after, e.Line),
        ChatNotDelivered e => Line(after, e.Line),
        VideoPosted e => after.Videos.Find(video => video.Id == e.Video) is { } video ? [new VideoChanged(video, Memberships.WithoutVideo(after))] : [],
        VideoRemoved e => [new VideoGone(e.Video)],
        AlertAttached e => [new AlertChanged(e.Alert)],
        RecordingHeard or RecordTaken => [],
        RecordingStarted or RecordingStopped or RecordingFailed or SegmentsRecorded or RecordingsHeld or RecordingsReleased or RecordingsDeleted => [new HeaderChanged(Header(after))],
        _ => throw new UnreachableException($"{happened.GetType().Name} has no change defined."),
    };

    /// <summary>What a command made, for its receipt: the leg, invitation, share, line or video that it asked for.</summary>
    public static string? Created(IEnumerable<RoomEvent> happened)
    {
        foreach (var one in happened)
        {
            switch (one)
            {
                case RoomOpened or RoomReopened or RoomChanged:
                    return null;
                case AgencyInvited e:
                    return e.Invite.Value;
                case LinkMade e:
                    return e.Link.Value;
                case GuestCame e:
                    return e.Guest;
                case ResourceLent e:
                    return e.Share.Value;
                case LegJoined e:
                    return e.Leg.Value;
                case LegRejoined e:
                    return e.Leg.Value;
                case LegReplaced e:
                    return e.Leg.Value;
                case LegDialled e:
                    return e.Leg.Value;
                case CommandOffered e:
                    return e.Handover;
                case ChatPosted e:
                    return e.Line;
                case VideoPosted e:
                    return e.Video;
            }
        }

        return null;
    }

    private static IEnumerable<RoomChange> Shared(RoomState after, ShareId id)
    {
        if (after.Share(id) is not { } share)
            yield break;
        yield return new ShareChanged(share.View);
        if (share.View.Leg is { } leg)
            foreach (var change in Legs(after, [leg]))
                yield return change;
        if (after.Videos.Find(video => video.Share == id) is { } video)
            yield return new VideoChanged(video, Memberships.WithoutVideo(after));
    }

    /// <summary>A share that is gone takes the link of its camera along, which has its id.</summary>
    private static RoomChange[] Gone(ShareId share) => [new ShareGone(share), new VideoGone(share.Value)];

    private static AgencyId[] Agencies(RoomState state, InviteStatus status) =>
        state.Invites.Where(invite => Shown(invite.Status) == status && invite.Invitee.IsWhole).Select(invite => invite.Agency).ToArray();

    /// <summary>Whoever asks for conditions is invited and not in yet.</summary>
    private static InviteStatus Shown(InviteStatus status) => status == InviteStatus.Countered ? InviteStatus.Pending : status;

    private static IEnumerable<RoomChange> Legs(RoomState after, IReadOnlyList<LegId> ids)
    {
        foreach (var id in ids)
            if (after.Leg(id) is { } leg)
                yield return new LegChanged(leg);
    }

    private static IEnumerable<RoomChange> Invite(RoomState after, InviteId id) =>
        after.Invite(id) is { } invite ? [new InviteChanged(invite)] : [];

    private static IEnumerable<RoomChange> LinkNow(RoomState after, InviteId id) =>
        after.Link(id) is { } link ? [new LinkChanged(link.View)] : [];

    private static IEnumerable<RoomChange> Guest(RoomState after, string id) =>
        after.Guest(id) is { } guest ? [new GuestChanged(guest)] : [];

    private static IEnumerable<RoomChange> Line(RoomState after, string id) =>
        after.Chat.Find(line => line.Id == id) is { } line ? [new ChatChanged(line)] : [];
}
