using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Rooms;
using Xunit;
using static Interop.Tests.Unit.Hub.Rooms;

namespace Interop.Tests.Unit.Hub;

/// <summary>The journal's text of every event, for good: a line here is changed only together with a reader for the old one.</summary>
public sealed class RoomEventTests
{
    private static readonly RoomTerms Terms = new("Shots fired", "shooting", Priority.Urgent, new Place("Main St", 41.76, -72.67), ["trunk:lab"]);
    private static readonly Party Caller = new(Hpd, "100", "sip:100@10.0.0.1", "trunk:lab");
    private static readonly LegId Leg = new("leg-1");
    private static readonly ShareId Share = new("share-1");

    internal static readonly (RoomEvent Happened, string Name, string Data)[] Golden =
    [
        (new RoomOpened(Hpd, Terms, "abc"), "room.opened",
            """{"owner":"hpd","terms":{"title":"Shots fired","type":"shooting","priority":"urgent","place":{"text":"Main St","latitude":41.76,"longitude":-72.67},"admits":["trunk:lab"]},"provisionedAs":"abc"}"""),
        (new RoomChanged(Terms with { Place = null }, "def"), "room.changed",
            """{"terms":{"title":"Shots fired","type":"shooting","priority":"urgent","admits":["trunk:lab"]},"provisionedAs":"def"}"""),
        (new RoomReopened(Terms with { Place = null, Admits = [] }, "def"), "room.reopened",
            """{"terms":{"title":"Shots fired","type":"shooting","priority":"urgent","admits":[]},"provisionedAs":"def"}"""),
        (new RoomResumed([Leg]), "room.resumed", """{"legs":["leg-1"]}"""),
        (new RoomClosing(Now, "over"), "room.closing", """{"closesAt":"2026-11-23T06:00:00+00:00","reason":"over"}"""),
        (new RoomClosingUndone(), "room.closing-undone", "{}"),
        (new RoomClosed([Leg], [Share]), "room.closed", """{"legs":["leg-1"],"shares":["share-1"]}"""),
        (new AgencyInvited(new InviteId("invite-1"), Ctic, "camera"), "invite.sent", """{"invite":"invite-1","agency":"ctic","purpose":"camera"}"""),
        (new AgencyInvited(
            new InviteId("invite-2"), Ctic, null, "lee", "Lee", null, new InviteTerms("Do not record", true, 90), Now,
            [new Invitee(Ctic, Role: Role.Commander, PatienceSeconds: 60)], new InviteId("invite-1")), "invite.sent",
            """{"invite":"invite-2","agency":"ctic","person":"lee","personName":"Lee","terms":{"handling":"Do not record","recorded":true,"keepDays":90},"expiresAt":"2026-11-23T06:00:00+00:00","next":[{"agency":"ctic","role":"commander","patienceSeconds":60}],"after":"invite-1"}"""),
        (new InviteCountered(new InviteId("invite-1"), new Conditions(true, false, Now), "no radio"), "invite.countered",
            """{"invite":"invite-1","conditions":{"listenOnly":true,"noVideo":false,"until":"2026-11-23T06:00:00+00:00"},"reason":"no radio"}"""),
        (new CounterAnswered(new InviteId("invite-1"), false, "all or nothing"), "invite.counter-answered", """{"invite":"invite-1","accepted":false,"reason":"all or nothing"}"""),
        (new ConditionsSet(new InviteId("invite-1"), new Conditions(NoVideo: true)), "invite.conditions", """{"invite":"invite-1","conditions":{"listenOnly":false,"noVideo":true}}"""),
        (new InviteExpired(new InviteId("invite-1")), "invite.expired", """{"invite":"invite-1"}"""),
        (new InviteEnding(new InviteId("invite-1"), Now), "invite.ending", """{"invite":"invite-1","endsAt":"2026-11-23T06:00:00+00:00"}"""),
        (new InviteEnded(new InviteId("invite-1")), "invite.ended", """{"invite":"invite-1"}"""),
        (new LinkMade(new InviteId("link-1"), "00ff", Role.Member, "Commander", "advice", new InviteTerms(null, false, 90), Now, 2), "link.made",
            """{"link":"link-1","tokenHash":"00ff","role":"member","for":"Commander","purpose":"advice","terms":{"recorded":false,"keepDays":90},"expiresAt":"2026-11-23T06:00:00+00:00","uses":2}"""),
        (new LinkWithdrawn(new InviteId("link-1")), "link.withdrawn", """{"link":"link-1"}"""),
        (new LinkExpired(new InviteId("link-1")), "link.expired", """{"link":"link-1"}"""),
        (new GuestCame("guest-1", new InviteId("link-1"), "Jo (by link of Dana)"), "guest.joined", """{"guest":"guest-1","link":"link-1","name":"Jo (by link of Dana)"}"""),
        (new GuestDeclined(new InviteId("link-1"), "busy"), "guest.declined", """{"link":"link-1","reason":"busy"}"""),
        (new GuestLeft("guest-1", "left"), "guest.left", """{"guest":"guest-1","cause":"left"}"""),
        (new GuestLeft("guest-1", "put out", true), "guest.left", """{"guest":"guest-1","cause":"put out","removed":true}"""),
        (new InviteAnswered(new InviteId("invite-1"), true, null), "invite.answered", """{"invite":"invite-1","accepted":true}"""),
        (new InviteWithdrawn(new InviteId("invite-1")), "invite.withdrawn", """{"invite":"invite-1"}"""),
        (new ResourceLent(Share, Leg, Channel(Hpd)), "share.lent",
            """{"share":"share-1","leg":"leg-1","channel":{"resource":"hpd/patrol-north","name":"Patrol North","gateway":{"receive":"239.10.0.1:5004","transmit":"239.10.0.2:5004","codec":"PCMU","ttl":1,"hangMs":200,"tailMs":500,"timeOutMs":60000}}}"""),
        (new ResourceNotLent(new ResourceId(Hpd, "patrol-north"), "Patrol North", "in use"), "share.not-lent",
            """{"resource":"hpd/patrol-north","name":"Patrol North","reason":"in use"}"""),
        (new ResourceLent(Share, null, Camera(Hpd), new ShareTerms(ShareDirection.Listen, Now, "no recording")), "share.lent",
            """{"share":"share-1","channel":{"resource":"hpd/gate","name":"Gate","kind":"camera","url":"https://video.example/gate"},"terms":{"direction":"listen","ends":"2026-11-23T06:00:00+00:00","conditions":"no recording"}}"""),
        (new ShareWithdrawn(Share, Leg), "share.withdrawn", """{"share":"share-1","leg":"leg-1"}"""),
        (new ShareWithdrawn(Share, null, "its time was up"), "share.withdrawn", """{"share":"share-1","cause":"its time was up"}"""),
        (new RoomOpened(Hpd, Terms with { Place = null, Admits = [] }, null, Now), "room.opened",
            """{"owner":"hpd","terms":{"title":"Shots fired","type":"shooting","priority":"urgent","admits":[]},"until":"2026-11-23T06:00:00+00:00"}"""),
        (new LeaseSet(Now, 30, new Holder(Ctic, "Pat")), "lease.set", """{"until":"2026-11-23T06:00:00+00:00","unattendedMinutes":30,"next":{"agency":"ctic","name":"Pat"}}"""),
        (new LeaseWarned(LeaseWarningKind.Unattended, new Holder(Hpd, "Dana")), "lease.warned", """{"kind":"unattended","to":{"agency":"hpd","name":"Dana"}}"""),
        (new LeaseWarned(LeaseWarningKind.Overdue, new Holder(Hpd, ""), true), "lease.warned", """{"kind":"overdue","to":{"agency":"hpd","name":""},"escalated":true}"""),
        (new LeaseWarningSeen(LeaseWarningKind.Overdue), "lease.warning-seen", """{"kind":"overdue"}"""),
        (new LeaseWarningEnded(LeaseWarningKind.Unattended), "lease.warning-ended", """{"kind":"unattended"}"""),
        (new CommandOffered("handover-1", Ctic, "Pat", "Two suspects."), "command.offered", """{"handover":"handover-1","agency":"ctic","name":"Pat","brief":"Two suspects."}"""),
        (new CommandAccepted("handover-1"), "command.accepted", """{"handover":"handover-1"}"""),
        (new CommandDeclined("handover-1", "busy"), "command.declined", """{"handover":"handover-1","reason":"busy"}"""),
        (new CommandOfferWithdrawn("handover-1"), "command.offer-withdrawn", """{"handover":"handover-1"}"""),
        (new LegRejoined(Leg, Caller), "leg.rejoined", """{"leg":"leg-1","party":{"agency":"hpd","name":"100","address":"sip:100@10.0.0.1","proof":"trunk:lab"}}"""),
        (new LegJoined(Leg, Caller), "leg.joined", """{"leg":"leg-1","party":{"agency":"hpd","name":"100","address":"sip:100@10.0.0.1","proof":"trunk:lab"}}"""),
        (new LegDialled(Leg, Caller), "leg.dialled", """{"leg":"leg-1","party":{"agency":"hpd","name":"100","address":"sip:100@10.0.0.1","proof":"trunk:lab"}}"""),
        (new LegJoined(Leg, Caller, Priority.Emergency), "leg.joined", """{"leg":"leg-1","party":{"agency":"hpd","name":"100","address":"sip:100@10.0.0.1","proof":"trunk:lab"},"priority":"emergency"}"""),
        (new LegReplaced(Leg, Caller), "leg.replaced", """{"leg":"leg-1","party":{"agency":"hpd","name":"100","address":"sip:100@10.0.0.1","proof":"trunk:lab"}}"""),
        (new LegDialled(Leg, Caller, new LegAsk(Hpd, "Hartford Police", "camera", "es", new InviteId("invite-1"))), "leg.dialled",
            """{"leg":"leg-1","party":{"agency":"hpd","name":"100","address":"sip:100@10.0.0.1","proof":"trunk:lab"},"ask":{"by":"hpd","byName":"Hartford Police","purpose":"camera","language":"es","invite":"invite-1"}}"""),
        (new LegNotDialled(Caller, new InviteId("invite-1"), "too many"), "leg.not-dialled",
            """{"party":{"agency":"hpd","name":"100","address":"sip:100@10.0.0.1","proof":"trunk:lab"},"invite":"invite-1","reason":"too many"}"""),
        (new LegAsked(Leg), "leg.asked", """{"leg":"leg-1"}"""),
        (new LegAnswered(Leg, LegAnswer.Listen), "leg.answered", """{"leg":"leg-1","answer":"listen"}"""),
        (new LegConnected(Leg), "leg.up", """{"leg":"leg-1"}"""),
        (new LegJoined(Leg, Caller with { Focus = "sip:4201@10.0.0.1" }), "leg.joined",
            """{"leg":"leg-1","party":{"agency":"hpd","name":"100","address":"sip:100@10.0.0.1","proof":"trunk:lab","focus":"sip:4201@10.0.0.1"}}"""),
        (new LegMetFocus(Leg, "sip:4201@10.0.0.1"), "leg.focus", """{"leg":"leg-1","focus":"sip:4201@10.0.0.1"}"""),
        (new LegLoopBegan(Leg), "leg.loop", """{"leg":"leg-1"}"""),
        (new LegLoopEnded(Leg), "leg.loop-ended", """{"leg":"leg-1"}"""),
        (new LegLost(Leg, "408"), "leg.lost", """{"leg":"leg-1","cause":"408"}"""),
        (new LegLost(Leg, "keys", Anew: true), "leg.lost", """{"leg":"leg-1","cause":"keys","anew":true}"""),
        (new LegEnded(Leg, "BYE"), "leg.left", """{"leg":"leg-1","cause":"BYE"}"""),
        (new LegDropped(Leg, "dropped"), "leg.dropped", """{"leg":"leg-1","cause":"dropped"}"""),
        (new LegModeSet(Leg, LegMode.Listen), "leg.mode-set", """{"leg":"leg-1","mode":"listen"}"""),
        (new LegModeChosen(Leg, LegMode.Muted), "leg.mode-chosen", """{"leg":"leg-1","mode":"muted"}"""),
        (new LegGainSet(Leg, -6), "leg.gain-set", """{"leg":"leg-1","gain":-6}"""),
        (new ChatPosted("line-1", "Dana", Hpd, "console", "<Grüße>", null), "chat.posted",
            """{"line":"line-1","from":"Dana","agency":"hpd","via":"console","text":"<Grüße>"}"""),
        (new ChatNotDelivered("line-1", Leg, "100", "408"), "chat.undelivered", """{"line":"line-1","leg":"leg-1","name":"100","cause":"408"}"""),
        (new VideoPosted("video-1", "Camera", "https://video.example/1", Hpd), "video.posted",
            """{"video":"video-1","title":"Camera","url":"https://video.example/1","agency":"hpd"}"""),
        (new VideoRemoved("video-1"), "video.removed", """{"video":"video-1"}"""),
        (new AlertAttached(Alert with { Room = Code }), "alert.attached",
            """{"alert":{"id":"spotter|1","revision":1,"event":"gunshot","headline":"Shots heard","severity":"Severe","source":"spotter","sent":"2026-11-23T06:00:00+00:00","receivedAt":"2026-11-23T06:00:00+00:00","exercise":false,"cancelled":false,"room":"4201","playbook":"shots"}}"""),
        (new RecordingStarted(), "recording.started", "{}"),
        (new RecordingStopped(), "recording.stopped", "{}"),
        (new RecordingFailed("The disk is full."), "recording.failed", """{"cause":"The disk is full."}"""),
        (new SegmentsRecorded(
            [
                new RecordedSegment("00ff", SegmentKind.Transmission, Leg, "100", Hpd, Now, 2_500, 21_024, "abcd", 40),
                new RecordedSegment("01ff", SegmentKind.Mix, null, null, null, Now, 2_500, 21_024, "ef01"),
            ]), "recording.segments",
            """{"segments":[{"id":"00ff","kind":"transmission","leg":"leg-1","talker":"100","agency":"hpd","startedAt":"2026-11-23T06:00:00+00:00","lengthMs":2500,"octets":21024,"sha256":"abcd","lostMs":40},{"id":"01ff","kind":"mix","startedAt":"2026-11-23T06:00:00+00:00","lengthMs":2500,"octets":21024,"sha256":"ef01","lostMs":0}]}"""),
        (new RecordingHeard("00ff"), "recording.heard", """{"segment":"00ff"}"""),
        (new RecordingsHeld("subpoena"), "recording.held", """{"reason":"subpoena"}"""),
        (new RecordingsReleased("withdrawn"), "recording.released", """{"reason":"withdrawn"}"""),
        (new RecordingsDeleted(["00ff"], "kept for 90 days"), "recording.deleted", """{"segments":["00ff"],"reason":"kept for 90 days"}"""),
        (new RecordTaken("html"), "record.taken", """{"format":"html"}"""),
    ];

    [Fact]
    public void Every_event_is_written_as_it_always_was_and_read_back()
    {
        foreach (var (happened, name, data) in Golden)
        {
            Assert.Equal((name, data), RoomEvent.Names.Write(happened));
            Assert.Equal((name, data), RoomEvent.Names.Write(RoomEvent.Names.Read(name, data)));
        }
    }

    [Fact]
    public void Every_event_has_a_name_and_a_golden_text()
    {
        var all = typeof(RoomEvent).Assembly.GetTypes().Where(type => type.BaseType == typeof(RoomEvent)).ToHashSet();
        Assert.Empty(all.Except(RoomEvent.Names.Types));
        Assert.Empty(all.Except(Golden.Select(row => row.Happened.GetType())));
    }

    [Fact]
    public void Every_event_changes_the_room_and_shows_what_it_changed()
    {
        foreach (var (happened, name, _) in Golden)
        {
            var state = Busy().Evolve(happened, new Occasion(Dispatcher, Now));
            Assert.NotNull(RoomLive.Changes(happened, state).ToArray());
            Assert.True(state.Exists, name);
        }
    }

    [Fact]
    public void A_field_of_a_later_version_is_passed_over() =>
        Assert.Equal(new LegConnected(Leg), RoomEvent.Names.Read("leg.up", """{"leg":"leg-1","later":{"a":[1]}}"""));

    [Fact]
    public void An_event_of_a_later_version_is_not_guessed_at() =>
        Assert.Throws<InvalidDataException>(() => RoomEvent.Names.Read("leg.teleported", "{}"));
}
