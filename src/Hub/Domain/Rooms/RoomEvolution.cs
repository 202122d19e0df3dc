using System.Collections.Immutable;
using System.Diagnostics;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Rooms.Record;

namespace Interop.Hub.Domain.Rooms;

/// <summary>Who did something, and when: the rest of a journal entry.</summary>
internal readonly record struct Occasion(Actor Actor, DateTimeOffset At);

/// <summary>What an event makes of a room. It believes the journal: whether something may happen was decided before.</summary>
internal static class RoomEvolution
{
    public static RoomState Evolve(this RoomState state, RoomEvent happened, Occasion on)
    {
        var after = LeaseEvolution.After(Effect(state, happened, on), on);
        return after with { Called = after.Called.Learn(happened) };
    }

    private static RoomState Effect(RoomState state, RoomEvent happened, Occasion on) => happened switch
    {
        RoomOpened e => Begun(state with { Owner = e.Owner }, e.Terms, on, e.Until) with { ProvisionedAs = Seen(state, e.ProvisionedAs) },
        RoomReopened e => Begun(state, e.Terms, on, until: null) with { ProvisionedAs = Seen(state, e.ProvisionedAs) },
        RoomChanged e => state with { Terms = e.Terms, ProvisionedAs = Seen(state, e.ProvisionedAs) },
        RoomResumed e => Resumed(state, e, on),
        RoomClosing e => state with { Phase = RoomPhase.Closing, ClosesAt = e.ClosesAt },
        RoomClosingUndone => state with { Phase = RoomPhase.Open, ClosesAt = null },
        RoomClosed => Closed(state, on),
        AgencyInvited e => Invited(state, e, on),
        InviteAnswered e => Answered(state, e, on),
        InviteWithdrawn e => WithInvite(state, e.Invite, invite => invite with { Status = InviteStatus.Withdrawn, AnsweredAt = on.At }),
        InviteCountered e => WithInvite(state, e.Invite, invite => invite with { Status = InviteStatus.Countered, Counter = e.Conditions, Reason = e.Reason, AnsweredAt = on.At }),
        CounterAnswered e => WithInvite(state, e.Invite, invite => InviteEvolution.Countered(invite, e, on)),
        ConditionsSet e => WithInvite(state, e.Invite, invite => invite with { Conditions = e.Conditions.AreNone ? null : e.Conditions, EndsAt = null }),
        InviteExpired e => WithInvite(state, e.Invite, invite => invite with { Status = InviteStatus.Expired, AnsweredAt = on.At }),
        InviteEnding e => WithInvite(state, e.Invite, invite => invite with { EndsAt = e.EndsAt }),
        InviteEnded e => WithInvite(state, e.Invite, invite => invite with { Status = InviteStatus.Ended, AnsweredAt = on.At }),
        LinkMade e => InviteEvolution.Made(state, e, on),
        LinkWithdrawn e => InviteEvolution.WithLink(state, e.Link, static link => link with { Status = LinkStatus.Withdrawn }),
        LinkExpired e => InviteEvolution.WithLink(state, e.Link, static link => link with { Status = LinkStatus.Expired }),
        GuestCame e => InviteEvolution.Came(state, e, on),
        GuestDeclined e => InviteEvolution.WithLink(state, e.Link, InviteEvolution.Used),
        GuestLeft e => InviteEvolution.Left(state, e, on),
        ResourceLent e => Lent(state, e, on),
        ResourceNotLent or LegNotDialled => state,
        ShareWithdrawn e => Withdrawn(state, e, on),
        LeaseSet e => state with { Lease = LeaseEvolution.Set(state.Lease, e) },
        LeaseWarned e => state with { Lease = LeaseEvolution.Warned(state.Lease, e, on) },
        LeaseWarningSeen e => state with { Lease = LeaseEvolution.Seen(state.Lease, e, on) },
        LeaseWarningEnded e => state with { Lease = LeaseEvolution.Ended(state.Lease, e.Kind) },
        CommandOffered e => state with { Lease = LeaseEvolution.Offered(state.Lease, e, on) },
        CommandAccepted => state with { Lease = LeaseEvolution.Accepted(state.Lease, on) },
        CommandDeclined or CommandOfferWithdrawn => state with { Lease = state.Lease with { Handover = null } },
        LegJoined { Kind: LegKind.Browser } e => Joined(state, Sip(e.Leg, e.Party, LegStatus.Connecting, on) with { Kind = LegKind.Browser }),
        LegJoined e => Joined(state, Sip(e.Leg, e.Party, LegStatus.Up, on) with { Priority = e.Priority ?? Priority.Routine }),
        LegRejoined e => TakenUp(state, e.Leg, e.Party, e.Priority, on),
        LegReplaced e => TakenUp(state, e.Leg, e.Party, e.Priority, on),
        LegDialled e => Joined(state, Sip(e.Leg, e.Party, LegStatus.Connecting, on) with { Dialled = true, Ask = e.Ask }),
        LegAsked e => WithLeg(state, e.Leg, leg => leg with { Status = LegStatus.Asking, Since = on.At, Cause = null, Anew = false }),
        LegAnswered e => Answered(state, e, on),
        LegConnected e => WithLeg(state, e.Leg, leg => leg with { Status = LegStatus.Up, Since = on.At, Cause = null, Anew = false }),
        LegMetFocus e => WithLeg(state, e.Leg, leg => leg with { Party = leg.Party with { Focus = e.Focus } }),
        LegLoopBegan e => WithLeg(state, e.Leg, leg => leg with { Loops = true }),
        LegLoopEnded e => WithLeg(state, e.Leg, leg => leg with { Loops = false }),
        LegLost e => WithLeg(state, e.Leg, leg => leg with { Status = LegStatus.Lost, Since = on.At, Cause = e.Cause, Anew = e.Anew ?? leg.Anew }),
        LegEnded e => Ended(state, e.Leg, e.Cause, on),
        LegDropped e => Ended(state, e.Leg, e.Cause, on),
        LegModeSet e => WithLeg(state, e.Leg, leg => leg with { Mode = e.Mode }),
        LegModeChosen e => WithLeg(state, e.Leg, leg => leg with { Own = e.Mode }),
        LegGainSet e => WithLeg(state, e.Leg, leg => leg with { Gain = e.Gain }),
        ChatPosted e => Posted(state, e, on),
        ChatNotDelivered e => Undelivered(state, e),
        VideoPosted e => state with
        {
            Videos = state.Videos.Add(new VideoLink(e.Video, e.Title, e.Url, e.Agency, on.Actor.Name, on.At)),
            Made = state.Made with { Videos = state.Made.Videos + 1 },
        },
        VideoRemoved e => state with { Videos = state.Videos.RemoveAll(video => video.Id == e.Video) },
        AlertAttached e => Attached(state, e),
        RecordingStarted => state with { Recordings = state.Recordings with { Status = RecordingStatus.On, Cause = null } },
        RecordingStopped => state with { Recordings = state.Recordings with { Status = RecordingStatus.Off, Cause = null } },
        RecordingFailed e => state with { Recordings = state.Recordings with { Status = RecordingStatus.Failed, Cause = e.Cause } },
        SegmentsRecorded e => WithKept(state, state.Recordings.Kept.SetItems(e.Segments.Select(segment => KeyValuePair.Create(segment.Id, segment)))),
        RecordingHeard or RecordTaken => state,
        RecordingsHeld e => state with { Recordings = state.Recordings with { Hold = new LegalHold(on.Actor.Name, on.At, e.Reason) } },
        RecordingsReleased => state with { Recordings = state.Recordings with { Hold = null } },
        RecordingsDeleted e => WithKept(state, state.Recordings.Kept.RemoveRange(e.Segments)),
        _ => throw new UnreachableException($"{happened.GetType().Name} has no effect defined."),
    };

    private static RoomState Begun(RoomState state, RoomTerms terms, Occasion on, DateTimeOffset? until) => state with
    {
        Phase = RoomPhase.Open,
        Terms = terms,
        OpenedAt = on.At,
        OpenedBy = on.Actor.Name,
        ClosesAt = null,
        Lease = LeaseEvolution.Begun(until, state, on),
    };

    private static ImmutableHashSet<string> Seen(RoomState state, string? entry) =>
        entry is null ? state.ProvisionedAs : state.ProvisionedAs.Add(entry);

    private static RoomState Resumed(RoomState state, RoomResumed e, Occasion on)
    {
        foreach (var id in e.Legs)
            state = WithLeg(state, id, leg => leg with
            {
                // A channel is only opened again; a call has to be won back from its far end.
                Status = leg.Kind == LegKind.Radio ? LegStatus.Connecting : LegStatus.Lost,
                Since = on.At,
                Cause = "the hub restarted",
                // What was heard, the new activation has yet to hear.
                Loops = false,
            });
        return state;
    }

    private static RoomState Closed(RoomState state, Occasion on)
    {
        foreach (var leg in state.Legs)
            if (leg.Status != LegStatus.Gone)
                state = Ended(state, leg.Id, "the room was closed", on);
        return InviteEvolution.Closed(state, on) with { Phase = RoomPhase.Closed, ClosesAt = null, Shares = [], Videos = state.Videos.RemoveAll(video => video.Share is not null) };
    }

    private static RoomState Invited(RoomState state, AgencyInvited e, Occasion on) => state with
    {
        Invites = Trimmed(
            state.Invites.Add(new InviteView(
                e.Invite, e.Agency, InviteStatus.Pending, e.Purpose, null, on.Actor.Name, on.At, null, e.Person, e.PersonName, e.Role, e.Terms, e.ExpiresAt, Next: e.Next, After: e.After)),
            static invite => !invite.Stands,
            Limits.OverInvitesShown),
        Made = state.Made with { Invites = state.Made.Invites + 1 },
    };

    private static RoomState Answered(RoomState state, InviteAnswered e, Occasion on) => WithInvite(state, e.Invite, invite => invite with
    {
        Status = e.Accepted ? InviteStatus.Accepted : InviteStatus.Declined,
        Reason = e.Reason,
        AnsweredAt = on.At,
        Counter = null,
    });

    private static RoomState Lent(RoomState state, ResourceLent e, Occasion on)
    {
        var (lent, terms) = (e.Resource, e.Terms ?? ShareTerms.Open);
        var share = new ShareView(e.Share, lent.Resource, lent.Name, e.Leg, on.Actor.Name, on.At, lent.Kind, terms.Direction, terms.Ends, terms.Conditions);
        if (e.Leg is { } leg)
            state = lent.Kind == ResourceKind.Channel
                ? Joined(state, new LegView(leg, LegKind.Radio, LegMode.Talk, LegStatus.Connecting, Shares.Party(lent), Dialled: false, on.At, null, e.Share))
                : WithLeg(state, leg, dialled => dialled with { Share = e.Share });
        return state with
        {
            Shares = state.Shares.Add(new Lent(share, lent)),
            Videos = lent.Url is { } url ? state.Videos.Add(new VideoLink(e.Share.Value, lent.Name, url, lent.Resource.Agency, on.Actor.Name, on.At, e.Share)) : state.Videos,
            EverLent = state.EverLent.Add((lent.Kind, lent.Resource)),
            Made = state.Made with { Shares = state.Made.Shares + 1 },
        };
    }

    private static RoomState Withdrawn(RoomState state, ShareWithdrawn e, Occasion on) =>
        (e.Leg is { } leg ? Ended(state, leg, e.Cause ?? "withdrawn", on) : state) with
        {
            Shares = state.Shares.RemoveAll(share => share.View.Id == e.Share),
            Videos = state.Videos.RemoveAll(video => video.Share == e.Share),
        };

    private static LegView Sip(LegId id, Party party, LegStatus status, Occasion on) =>
        new(id, LegKind.Sip, LegMode.Talk, status, party, Dialled: false, on.At, null, null);

    /// <summary>A phone called in, or a browser came again, and stands for a leg that was there before. A browser has yet to shake hands.</summary>
    private static RoomState TakenUp(RoomState state, LegId id, Party party, Priority? priority, Occasion on) => WithLeg(state, id, leg => leg with
    {
        Party = party,
        Priority = priority ?? Priority.Routine,
        Status = leg.Kind == LegKind.Browser ? LegStatus.Connecting : LegStatus.Up,
        Since = on.At,
        Cause = null,
        Ask = null,
        Anew = false,
    });

    /// <summary>Whoever says yes while the connection breaks is not asked again when it is back.</summary>
    private static RoomState Answered(RoomState state, LegAnswered e, Occasion on) => e.Answer switch
    {
        LegAnswer.Decline => Ended(state, e.Leg, "declined", on),
        LegAnswer.None => Ended(state, e.Leg, "no answer", on),
        _ => WithLeg(state, e.Leg, leg => leg with
        {
            Status = leg.Status == LegStatus.Asking ? LegStatus.Up : leg.Status,
            Since = on.At,
            Ask = null,
            Own = e.Answer == LegAnswer.Listen ? LegMode.Listen : leg.Own,
        }),
    };

    private static RoomState Joined(RoomState state, LegView leg) => state with
    {
        Legs = Trimmed(state.Legs.Add(leg), candidate => candidate.Status == LegStatus.Gone, Limits.OverLegsShown),
        Made = state.Made with { Legs = state.Made.Legs + 1 },
    };

    private static RoomState Ended(RoomState state, LegId id, string cause, Occasion on) =>
        WithLeg(state, id, leg => leg with { Status = LegStatus.Gone, Since = on.At, Cause = cause, Loops = false });

    private static RoomState Posted(RoomState state, ChatPosted e, Occasion on)
    {
        var chat = state.Chat.Add(new ChatLine(e.Line, e.From, e.Agency, e.Via, e.Text, on.At, e.Leg, []));
        return state with
        {
            Chat = chat.Count > Limits.ChatLinesShown ? chat.RemoveAt(0) : chat,
            Made = state.Made with { Lines = state.Made.Lines + 1 },
        };
    }

    private static RoomState Undelivered(RoomState state, ChatNotDelivered e)
    {
        var at = state.Chat.FindIndex(line => line.Id == e.Line);
        if (at < 0)
            return state;
        var line = state.Chat[at];
        var undelivered = line.Undelivered.Append(new Undelivered(e.Leg, e.Name, e.Cause)).ToArray();
        return state with { Chat = state.Chat.SetItem(at, line with { Undelivered = undelivered }) };
    }

    private static RoomState Attached(RoomState state, AlertAttached e)
    {
        var at = state.Alerts.FindIndex(alert => alert.Id == e.Alert.Id);
        var alerts = at < 0 ? state.Alerts.Add(e.Alert) : state.Alerts.SetItem(at, e.Alert);
        return state with { Alerts = alerts.Count > Limits.AlertsShown ? alerts.RemoveAt(0) : alerts };
    }

    private static RoomState WithKept(RoomState state, ImmutableDictionary<string, RecordedSegment> kept) =>
        state with { Recordings = state.Recordings with { Kept = kept } };

    private static RoomState WithLeg(RoomState state, LegId id, Func<LegView, LegView> change)
    {
        var at = state.Legs.FindIndex(leg => leg.Id == id);
        return at < 0 ? state : state with { Legs = state.Legs.SetItem(at, change(state.Legs[at])) };
    }

    private static RoomState WithInvite(RoomState state, InviteId id, Func<InviteView, InviteView> change)
    {
        var at = state.Invites.FindIndex(invite => invite.Id == id);
        return at < 0 ? state : state with { Invites = state.Invites.SetItem(at, change(state.Invites[at])) };
    }

    internal static ImmutableList<T> Trimmed<T>(ImmutableList<T> all, Predicate<T> over, int shown) =>
        all.Count > shown && all.Count(item => over(item)) > shown ? all.RemoveAt(all.FindIndex(over)) : all;
}
