using System.Diagnostics;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Hub.Domain.Rooms;

/// <summary>Decides a command: who may first, then whether its fields are right, then what follows.</summary>
internal static class RoomDecider
{
    public static Decision Decide(RoomState state, RoomCommand command, Actor actor, DateTimeOffset now, Surroundings around) =>
        Authority.Check(state, command, actor) is { } refusal ? refusal : Follow(state, command, actor, now, around);

    /// <summary>Whether a command only takes away, so that it takes effect before it is recorded.</summary>
    public static bool Restricts(RoomCommand command) =>
        command is SetLegMode { Mode: LegMode.Listen or LegMode.Muted }
            or ChooseLegMode { Mode: LegMode.Listen or LegMode.Muted }
            or DropLeg or LeaveByBrowser or RemoveVideo or WithdrawShare or EndShares or WithdrawInvite or WithdrawLink or EndGuest;

    private static Decision Follow(RoomState state, RoomCommand command, Actor actor, DateTimeOffset now, Surroundings around) => command switch
    {
        OpenRoom c => Opening.Open(state, c, now, around),
        CloseRoom c => Opening.Close(state, c, now),
        UndoClose => Opening.UndoClose(state, now),
        FinishClose => Opening.FinishClose(state, now),
        InviteAgency c => Invites.Invite(state, c, now, around),
        AnswerInvite c => Answers.Answer(state, c, now, around),
        AnswerCounter c => Answers.AnswerCounter(state, c, now),
        SetConditions c => Answers.SetConditions(state, c, now),
        WithdrawInvite c => Invites.Withdraw(state, c),
        FollowInvites => InviteTimes.Follow(state, now, around),
        MakeLink c => Links.Make(state, c, now, around),
        WithdrawLink c => Links.Withdraw(state, c),
        AcceptLink c => Links.Accept(state, c, now),
        DeclineLink c => Links.Decline(state, c, now),
        EndGuest c => Links.End(state, c, actor),
        LendResource c => Shares.Lend(state, c, actor, now, around),
        EndShares => Shares.End(state, now),
        BringAlert c => Conversation.Bring(state, c),
        WithdrawShare c => Shares.Withdraw(state, c),
        SetLease c => Leases.Set(state, c, now),
        TakeNote c => Leases.TakeNote(state, c),
        WatchLease c => Leases.Watch(state, c, now),
        OfferCommand c => Leases.Offer(state, c),
        AnswerCommand c => Leases.Answer(state, c, actor),
        WithdrawCommand c => Leases.Withdraw(state, c),
        AdmitCaller c => Admission.Admit(state, c),
        JoinByBrowser c => Browsers.Join(state, c, actor),
        LeaveByBrowser c => Legs.Left(state, new LegLeft(c.Leg, "left")),
        DialOut c => Legs.Dial(state, c, actor, around),
        AnswerAsk c => Asks.Answer(state, c, now, around),
        ChooseLegMode c => Legs.ChooseMode(state, c),
        SetLegMode c => Legs.SetMode(state, c),
        SetLegGain c => Legs.SetGain(state, c),
        DropLeg c => Legs.Drop(state, c),
        LegCameUp c => Legs.CameUp(state, c),
        LegWasLost c => Legs.WasLost(state, c.Leg, c.Cause, c.Anew),
        MeetFocus c => Foci.Met(state, c),
        LegLoops c => Legs.Loops(state, c),
        LegLeft c => Legs.Left(state, c),
        PostChat c => Conversation.Post(state, c, actor),
        ChatUndelivered c => Conversation.Undelivered(state, c),
        PostVideo c => Conversation.PostVideo(state, c, actor),
        RemoveVideo c => Conversation.RemoveVideo(state, c),
        AttachAlert c => Conversation.Attach(state, c),
        RecordSegments c => Recordings.Enter(state, c),
        TellRecording c => Recordings.Tell(state, c),
        HearRecording c => Recordings.Hear(state, c),
        HoldRecordings c => Recordings.Hold(state, c),
        ReleaseRecordings c => Recordings.Release(state, c),
        TakeRecord c => new RecordTaken(c.Format),
        ForgetRecordings c => Recordings.Forget(state, c, around.Recording ?? RecordingRule.Default),
        _ => throw new UnreachableException($"{command.GetType().Name} has no decision defined."),
    };
}
