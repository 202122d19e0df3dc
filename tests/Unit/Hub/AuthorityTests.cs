using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Rooms;
using Xunit;
using static Interop.Tests.Unit.Hub.Rooms;

namespace Interop.Tests.Unit.Hub;

/// <summary>Every command by every role of the owner, a member, an invited and a foreign agency.</summary>
public sealed class AuthorityTests
{
    // A letter for each role that may: O observer, I integration, M member, C commander, D dispatcher, A administrator.
    private static readonly (string Name, RoomCommand Command, string Owner, string Member, string Invited)[] Table =
    [
        ("open again", Opening(), "DA", "", ""),
        ("invite", new InviteAgency(Lab, null), "CDA", "", ""),
        ("withdraw invite", new WithdrawInvite(new InviteId("invite-1")), "CDA", "", ""),
        ("answer own invite", new AnswerInvite(new InviteId("invite-2"), true, null), "", "", "CDA"),
        ("answer a counter", new AnswerCounter(new InviteId("invite-1"), true, new Conditions(true)), "CDA", "", ""),
        ("set the member's conditions", new SetConditions(new InviteId("invite-1"), new Conditions(true)), "", "CDA", ""),
        ("follow the invites", new FollowInvites(), "", "", ""),
        ("make a link", new MakeLink(new string('a', 64), Role.Member), "CDA", "", ""),
        ("withdraw a link", new WithdrawLink(new InviteId("link-1")), "CDA", "", ""),
        ("accept a link", new AcceptLink(new string('a', 64), "Jo"), "", "", ""),
        ("decline a link", new DeclineLink(new string('a', 64), null), "", "", ""),
        ("put a guest out", new EndGuest("guest-1"), "CDA", "", ""),
        ("lend own", Lend(Channel(Hpd, "own")), "DA", "", ""),
        ("lend the member's", Lend(Channel(Ctic, "own")), "", "DA", ""),
        ("lend the invited's", Lend(Channel(Dea, "own")), "", "", ""),
        ("withdraw the member's share", new WithdrawShare(new ShareId("share-1")), "CDA", "DA", ""),
        ("dial", new DialOut("sip:a@b", null), "CDA", "", ""),
        ("dial as a phone", new DialOut("sip:a@b", null, From: new LegId("leg-1")), "", "", ""),
        ("choose a leg's mode", new ChooseLegMode(new LegId("leg-1"), LegMode.Muted), "", "", ""),
        ("answer an ask", new AnswerAsk(new LegId("leg-1"), LegAnswer.Join), "", "", ""),
        ("mute the owner's leg", new SetLegMode(new LegId("leg-1"), LegMode.Muted), "CDA", "", ""),
        ("mute the member's leg", new SetLegMode(new LegId("leg-2"), LegMode.Muted), "CDA", "DA", ""),
        ("make the owner's leg louder", new SetLegGain(new LegId("leg-1"), 6), "CDA", "", ""),
        ("make the member's leg louder", new SetLegGain(new LegId("leg-2"), 6), "CDA", "DA", ""),
        ("drop the owner's leg", new DropLeg(new LegId("leg-1")), "CDA", "", ""),
        ("drop the member's leg", new DropLeg(new LegId("leg-2")), "CDA", "DA", ""),
        ("drop as a phone", new DropLeg(new LegId("leg-1"), new LegId("leg-1")), "", "", ""),
        ("chat", new PostChat("Copy"), "MCDA", "MCDA", ""),
        ("join by browser", new JoinByBrowser("0123456789abcdef"), "MCDA", "MCDA", ""),
        // leg-1 is a phone: nobody's browser. Whose own a leg is, BrowserDecisionTests have.
        ("leave with a phone's leg", new LeaveByBrowser(new LegId("leg-1")), "", "", ""),
        ("post video", new PostVideo("Camera", "https://video.example/2"), "CDA", "DA", ""),
        ("remove the member's video", new RemoveVideo("video-1"), "CDA", "DA", ""),
        ("attach alert", new AttachAlert(Alert), "CDA", "", ""),
        ("close", new CloseRoom(null), "CDA", "", ""),
        ("undo", new UndoClose(), "CDA", "", ""),
        ("finish", new FinishClose(), "", "", ""),
        ("set the lease", new SetLease(null), "CDA", "", ""),
        ("take note", new TakeNote(LeaseWarningKind.Unattended), "CDA", "", ""),
        ("offer command", new OfferCommand(Ctic, null, "brief"), "CDA", "", ""),
        ("withdraw command", new WithdrawCommand("handover-1"), "CDA", "", ""),
        // Nothing is offered: whose an offer is, LeaseDecisionTests have.
        ("answer command", new AnswerCommand("handover-1", true, null), "CDA", "CDA", "CDA"),
        ("watch the lease", new WatchLease(null, Now), "", "", ""),
        ("end shares", new EndShares(), "", "", ""),
        ("bring a sensor's alert", new BringAlert(new ResourceId(Ctic, "spotter"), Alert), "", "", ""),
        ("leg up", new LegCameUp(new LegId("leg-1")), "", "", ""),
        ("leg lost", new LegWasLost(new LegId("leg-1"), "?"), "", "", ""),
        ("leg left", new LegLeft(new LegId("leg-1"), "?"), "", "", ""),
        ("meet a focus", new MeetFocus(new LegId("leg-1"), "sip:a@b", "sip:c@d"), "", "", ""),
        ("leg loops", new LegLoops(new LegId("leg-1"), true), "", "", ""),
        ("undelivered", new ChatUndelivered("line-1", new LegId("leg-1"), "?"), "", "", ""),
        ("hear a recording", new HearRecording("1"), "MCDA", "MCDA", ""),
        ("take the record", new TakeRecord("json"), "MCDA", "MCDA", ""),
        ("hold recordings", new HoldRecordings("subpoena"), "CA", "", ""),
        ("release recordings", new ReleaseRecordings("withdrawn"), "CA", "", ""),
        ("enter segments", new RecordSegments([]), "", "", ""),
        ("tell of the recording", new TellRecording(RecordingStatus.Off, null), "", "", ""),
        ("forget recordings", new ForgetRecordings(["1"]), "", "", ""),
        ("admit", Call(Hpd), "", "", ""),
        ("chat as a phone", new PostChat("Copy", new LegId("leg-1")), "", "", ""),
    ];

    private static readonly (char Letter, Role Role)[] Roles =
        [('O', Role.Observer), ('I', Role.Integration), ('M', Role.Member), ('C', Role.Commander), ('D', Role.Dispatcher), ('A', Role.Administrator)];

    [Fact]
    public void Every_command_is_for_the_roles_that_the_table_names_and_for_nobody_else()
    {
        var room = Busy();
        foreach (var (name, command, owner, member, invited) in Table)
            foreach (var (letter, role) in Roles)
                foreach (var (agency, allowed) in new[] { (Hpd, owner), (Ctic, member), (Dea, invited), (Lab, "") })
                {
                    var refusal = Authority.Check(room, command, Person(agency, role));
                    Assert.True(allowed.Contains(letter) == refusal is null, $"{name} by {role} of {agency}: {refusal?.Code ?? "allowed"}");
                }
    }

    [Fact]
    public void The_table_has_every_command()
    {
        var all = typeof(RoomCommand).Assembly.GetTypes().Where(type => type.BaseType == typeof(RoomCommand));
        Assert.Empty(all.Except(Table.Select(row => row.Command.GetType())));
    }

    [Fact]
    public void Who_may_not_know_of_the_room_is_told_that_there_is_none()
    {
        var (room, none) = (Busy(), new RoomState(Code));
        foreach (var actor in new[] { Person(Lab, Role.Administrator), Person(Hpd, Role.Integration) })
            foreach (var (_, command, _, _, _) in Table.Where(row => row.Command is not OpenRoom))
                Assert.Equal(Authority.Check(none, command, actor), Authority.Check(room, command, actor));
    }

    [Fact]
    public void Observers_of_the_owner_members_and_the_invited_read_and_integrations_do_not()
    {
        var room = Busy();
        foreach (var agency in new[] { Hpd, Ctic, Dea })
        {
            Assert.True(Authority.MayRead(room, Person(agency, Role.Observer)));
            Assert.False(Authority.MayRead(room, Person(agency, Role.Integration)));
        }

        Assert.False(Authority.MayRead(room, Person(Lab, Role.Administrator)));
    }

    [Fact]
    public void A_phone_speaks_for_its_own_agency_only_and_runs_nothing()
    {
        var room = Busy();
        Assert.Null(Authority.Check(room, Call(Hpd), Phone(Hpd)));
        Assert.NotNull(Authority.Check(room, Call(Hpd), Phone(Ctic)));
        var loud = new Actor(ActorKind.Phone, Hpd, "100", Role.Administrator);
        Assert.Equal("room.not-allowed", Authority.Check(room, new CloseRoom(null), loud)?.Code);
        Assert.Null(Authority.Check(room, new PostChat("from outside of a call"), Phone(Hpd)));
        Assert.Equal("room.unknown", Authority.Check(room, new PostChat("from a stranger"), Phone(Lab))?.Code);
    }

    [Fact]
    public void A_phone_acts_for_a_leg_of_its_agency_that_is_in_the_room()
    {
        var room = Busy();
        var (own, radio) = (new LegId("leg-1"), new LegId("leg-3"));
        foreach (var command in new RoomCommand[] { new ChooseLegMode(own, LegMode.Muted), new DialOut("sip:a@b", null, From: own), new PostChat("Copy", own) })
        {
            Assert.Null(Authority.Check(room, command, Phone(Hpd)));
            Assert.Equal("room.not-allowed", Authority.Check(room, command, Phone(Ctic))?.Code);
            Assert.Equal("room.unknown", Authority.Check(room, command, Phone(Lab))?.Code);
            Assert.Equal("room.not-allowed", Authority.Check(room.Do(new LegLeft(own, "BYE"), Actor.Hub), command, Phone(Hpd))?.Code);
        }

        Assert.Equal("room.not-allowed", Authority.Check(room, new ChooseLegMode(radio, LegMode.Muted), Phone(Ctic))?.Code);
        var lost = room.Do(new LegWasLost(own, "408"), Actor.Hub);
        Assert.Null(Authority.Check(lost, new ChooseLegMode(own, LegMode.Muted), Phone(Hpd)));
        Assert.Equal("room.not-allowed", Authority.Check(lost, new DialOut("sip:a@b", null, From: own), Phone(Hpd))?.Code);
    }

    [Fact]
    public void A_phone_that_called_in_hangs_up_phones_of_its_agency_and_nothing_else()
    {
        var room = Busy().Do(new LegCameUp(new LegId("leg-1")), Actor.Hub).Do(new LegCameUp(new LegId("leg-2")), Actor.Hub)
            .Do(Call(Hpd), Phone(Hpd)).Do(new DialOut("sip:a@b", null), Dispatcher);
        var (own, partners, radio, another, dialled) = (new LegId("leg-1"), new LegId("leg-2"), new LegId("leg-3"), new LegId("leg-4"), new LegId("leg-5"));

        Assert.Null(Authority.Check(room, new DropLeg(another, own), Phone(Hpd)));
        Assert.Null(Authority.Check(room, new DropLeg(dialled, own), Phone(Hpd)));
        Assert.Equal("leg.unknown", room.Decide(new DropLeg(new LegId("leg-9"), own), Phone(Hpd)).Refused());
        Assert.Equal("room.not-allowed", Authority.Check(room, new DropLeg(partners, own), Phone(Hpd))?.Code);
        Assert.Equal("room.not-allowed", Authority.Check(room, new DropLeg(radio, partners), Phone(Ctic))?.Code);
        Assert.Equal("room.not-allowed", Authority.Check(room, new DropLeg(another, partners), Phone(Hpd))?.Code);
        var answered = room.Do(new LegCameUp(dialled), Actor.Hub);
        Assert.Equal("room.not-allowed", Authority.Check(answered, new DropLeg(another, dialled), Phone(Hpd))?.Code);
    }

    [Fact]
    public void A_room_is_opened_by_its_owners_dispatchers_playbooks_and_the_file()
    {
        var none = new RoomState(Code);
        Assert.Null(Authority.Check(none, Opening(), Dispatcher));
        Assert.Null(Authority.Check(none, Opening(), new Actor(ActorKind.Playbook, Hpd, "shots", Role.Dispatcher)));
        Assert.Null(Authority.Check(none, Opening(), new Actor(ActorKind.Provisioning, new AgencyId(""), "file", Role.Administrator)));
        Assert.Equal(RefusalKind.Denied, Authority.Check(none, Opening(), Partner)?.Kind);
        Assert.Equal(RefusalKind.Denied, Authority.Check(none, Opening(), Person(Hpd, Role.Member))?.Kind);
    }
}
