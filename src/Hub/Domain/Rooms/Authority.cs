using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Hub.Domain.Rooms;

/// <summary>Who may do what in a room. Everything that no line here allows is refused.</summary>
internal static class Authority
{
    /// <summary>Whether the actor may know that the room is there, and so read it.</summary>
    public static bool MayRead(RoomState state, Actor actor)
    {
        if (!state.Exists)
            return false;
        if (actor.IsHub || actor.Kind == ActorKind.Provisioning)
            return true;
        if (actor.Kind == ActorKind.Guest)
            return state.GuestIn(actor.Id) is not null;
        return actor.ReadsRooms && (actor.Agency == state.Owner || state.Concerns(actor));
    }

    /// <summary>Whether the actor may know what was recorded, and hear it: whoever takes part, from before their own time too.</summary>
    public static bool MayHear(RoomState state, Actor actor) => actor.Kind is not (ActorKind.Phone or ActorKind.Guest) && MayRead(state, actor) && OfMember(state, actor, Role.Member);

    /// <summary>Whether the actor may read the record; a guest sees the room as it is, and nothing of how it came about.</summary>
    public static bool MayReadRecord(RoomState state, Actor actor) => actor.Kind != ActorKind.Guest && MayRead(state, actor);

    /// <summary>The refusal of a command that the actor may not give; null when it may.</summary>
    public static Refusal? Check(RoomState state, RoomCommand command, Actor actor)
    {
        if (actor.Kind == ActorKind.Guest)
            return ByGuest(state, command, actor);
        if (command is OpenRoom opening && !state.Exists)
            return ActsFor(opening.Owner, actor, Role.Dispatcher)
                ? null
                : Refusals.NotAllowed("Only a dispatcher or an administrator of the owning agency opens its rooms.");
        if (command is AdmitCaller or ChooseLegMode or PostChat { From: not null } or DialOut { From: not null } or DropLeg { From: not null })
            return ByPhone(state, command, actor);
        // An owner takes back what is its own, also where only some of its people were asked in (design rule 6).
        if (command is WithdrawShare take && state.Share(take.Share) is { } own && actor.Kind != ActorKind.Phone && actor.Is(own.View.Resource.Agency, Role.Dispatcher))
            return null;
        if (!MayRead(state, actor))
            return Refusals.Unknown(state.Code);
        return May(state, command, actor) ? null : Refusals.NotAllowed(Needed(command));
    }

    private static bool May(RoomState state, RoomCommand command, Actor actor) => command switch
    {
        OpenRoom => ActsFor(state.Owner, actor, Role.Dispatcher),
        // An address that is named is called at the owner's expense: whoever holds the room for another agency invites without one.
        InviteAgency invite when invite.Call is not null || invite.Next?.Any(static name => name?.Call is not null) == true => ActsFor(state.Owner, actor, Role.Commander) && actor.Kind != ActorKind.Phone,
        InviteAgency or AnswerCounter or WithdrawInvite or MakeLink or WithdrawLink or EndGuest
            or DialOut or CloseRoom or UndoClose or AttachAlert => Runs(state, actor),
        SetLease or TakeNote or OfferCommand or WithdrawCommand => Runs(state, actor),
        AnswerCommand answer => state.Lease.Handover is not { } offer || offer.Id != answer.Handover ? actor.Role >= Role.Commander : Leases.IsFor(offer, actor),
        AnswerInvite answer => Answers(state, answer.Invite, actor),
        SetConditions set => Answers(state, set.Invite, actor),
        LendResource lend => OfMember(state, actor, Role.Dispatcher) && lend.Resource.Resource.Agency == actor.Agency,
        WithdrawShare withdraw => Runs(state, actor)
            || (state.Share(withdraw.Share) is { } share
                ? actor.Is(share.View.Resource.Agency, Role.Dispatcher)
                : actor.Role >= Role.Dispatcher),
        SetLegMode mode => Runs(state, actor) || OwnsLeg(state, mode.Leg, actor),
        SetLegGain gain => Runs(state, actor) || OwnsLeg(state, gain.Leg, actor),
        DropLeg drop => Runs(state, actor) || OwnsLeg(state, drop.Leg, actor),
        PostChat or JoinByBrowser => OfMember(state, actor, Role.Member),
        LeaveByBrowser leave => state.Leg(leave.Leg) is { } left && Browsers.IsOf(left, actor),
        PostVideo => Runs(state, actor) || OfMember(state, actor, Role.Dispatcher),
        RemoveVideo remove => Runs(state, actor)
            || (OfMember(state, actor, Role.Dispatcher) && state.Videos.Exists(video => video.Id == remove.Video && video.Agency == actor.Agency)),
        HearRecording => MayHear(state, actor),
        TakeRecord => actor.Kind != ActorKind.Phone && OfMember(state, actor, Role.Member),
        HoldRecordings or ReleaseRecordings => ActsFor(state.Owner, actor, Role.Commander) && actor.Kind != ActorKind.Phone && actor.Role is Role.Commander or Role.Administrator,
        LegCameUp or LegWasLost or LegLeft or MeetFocus or LegLoops or AnswerAsk or ChatUndelivered or FinishClose or EndShares or BringAlert or WatchLease
            or RecordSegments or TellRecording or ForgetRecordings or FollowInvites => actor.IsHub,
        _ => false,
    };

    /// <summary>Whoever was asked. An invitation that is not there is told of to those who could have been.</summary>
    private static bool Answers(RoomState state, InviteId id, Actor actor) =>
        state.Invite(id) is { } invite ? Memberships.MayAnswer(invite, actor) : Runs(state, actor) || actor.Role >= Role.Commander;

    /// <summary>A guest answers a link that it proves by its token, and then has the one room, within the link's role.</summary>
    private static Refusal? ByGuest(RoomState state, RoomCommand command, Actor actor)
    {
        if (command is AcceptLink or DeclineLink)
            return state.Exists ? null : Refusals.NoLink();
        if (state.GuestIn(actor.Id) is not { } guest)
            return Refusals.GuestOver();
        var may = command switch
        {
            EndGuest end => end.Guest == guest.Id,
            PostChat { From: null } or JoinByBrowser => guest.Role >= Role.Member,
            LeaveByBrowser leave => state.Leg(leave.Leg) is { } left && Browsers.IsOf(left, actor),
            _ => false,
        };
        return may ? null : Refusals.NotAllowed("The link by which you came does not let you do this.");
    }

    /// <summary>A phone is known by its agency and by its leg, not by a person's role.</summary>
    private static Refusal? ByPhone(RoomState state, RoomCommand command, Actor actor)
    {
        if (!state.Exists)
            return Refusals.Unknown(state.Code);
        return command switch
        {
            AdmitCaller admit when actor.IsHub || (actor.Kind == ActorKind.Phone && actor.Agency == admit.Caller.Party.Agency) => null,
            // A phone that writes inside its call is there, also when the room has not found it again yet.
            PostChat { From: { } from } when ItsLeg(state, from, actor) is { Status: LegStatus.Up or LegStatus.Lost } => null,
            DialOut { From: { } from } when ItsLeg(state, from, actor) is { Status: LegStatus.Up } => null,
            DropLeg { From: { } from } drop when ItsLeg(state, from, actor) is { Status: LegStatus.Up, Dialled: false } => IsPhoneOf(state, drop.Leg, actor.Agency)
                ? null
                : Refusals.NotAllowed("A phone hangs up phones of its own agency."),
            ChooseLegMode { Leg: var own } when ItsLeg(state, own, actor) is not null => null,
            _ when MayRead(state, actor) => Refusals.NotAllowed("Only a phone that is in the room speaks for its leg."),
            _ => Refusals.Unknown(state.Code),
        };
    }

    /// <summary>The call for which a phone speaks, if it is its agency's.</summary>
    private static LegView? ItsLeg(RoomState state, LegId id, Actor actor) =>
        actor.Kind == ActorKind.Phone && state.Leg(id) is { Kind: LegKind.Sip, Status: not LegStatus.Gone } leg && leg.Party.Agency == actor.Agency
            ? leg
            : null;

    /// <summary>Whether a leg is a call of that agency; its channels and bridges are its dispatchers' to cut off. One that is not there is no other agency's.</summary>
    private static bool IsPhoneOf(RoomState state, LegId id, AgencyId agency) =>
        state.Leg(id) is not { } leg || (leg.Kind == LegKind.Sip && leg.Party.Agency == agency && !leg.Party.IsBridge);

    /// <summary>A commander, dispatcher or administrator of the owner runs the room, and so does one of the agency that has command of it.</summary>
    private static bool Runs(RoomState state, Actor actor) =>
        actor.Kind != ActorKind.Phone
        && (ActsFor(state.Owner, actor, Role.Commander) || (state.IsMember(actor) && actor.Is(state.Lease.Holder.Agency, Role.Commander)));

    private static bool OfMember(RoomState state, Actor actor, Role atLeast) =>
        state.IsMember(actor) && actor.Role >= atLeast;

    private static bool OwnsLeg(RoomState state, LegId leg, Actor actor) =>
        OfMember(state, actor, Role.Dispatcher) && (state.Leg(leg) is not { } found || found.Party.Agency == actor.Agency);

    // Whoever can write the provisioning file owns the node, so the file speaks for every agency.
    private static bool ActsFor(AgencyId agency, Actor actor, Role atLeast) =>
        actor.Kind == ActorKind.Provisioning || actor.Is(agency, atLeast);

    public const string HearingNeeds = "Only members of the room hear what was recorded in it; accept the invitation first.";

    private static string Needed(RoomCommand command) => command switch
    {
        AnswerInvite or SetConditions => "Only whoever was asked answers: the person, those with the role, or a commander or dispatcher of the agency.",
        AcceptLink or DeclineLink => "Only whoever follows a link answers it.",
        LendResource => "Only a dispatcher of the resource's owner lends it, into a room where the agency is a member.",
        WithdrawShare => "Only a dispatcher of the resource's owner, or whoever runs the room, withdraws it.",
        SetLegMode or SetLegGain or DropLeg => "Only whoever runs the room, or a dispatcher of the leg's agency, does this to a leg.",
        AnswerCommand => "Only the successor that the offer names, a commander or higher, answers it.",
        JoinByBrowser => "Only members of the room talk in it; accept the invitation first.",
        LeaveByBrowser => "Only whoever brought the leg in leaves with it.",
        PostChat => "Only members of the room write in it; accept the invitation first.",
        PostVideo or RemoveVideo => "Only whoever runs the room, or a dispatcher of a member agency, manages its own video.",
        HearRecording => HearingNeeds,
        TakeRecord => "Only members of the room take its record; accept the invitation first.",
        HoldRecordings or ReleaseRecordings => "Only a commander or an administrator of the room's owner holds its recordings, or releases them.",
        LegCameUp or LegWasLost or LegLeft or MeetFocus or LegLoops or AnswerAsk or ChatUndelivered or FinishClose or EndShares or BringAlert or WatchLease
            or RecordSegments or TellRecording or ForgetRecordings or FollowInvites => "Only the hub reports what it saw.",
        _ => "Only a commander, dispatcher or administrator of the room's owner, or of the agency that holds it, does this.",
    };
}
