using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain;
using Interop.Hub.Domain.Rooms;
using Xunit;
using static Interop.Tests.Unit.Hub.Rooms;

namespace Interop.Tests.Unit.Hub;

public sealed class RoomDecisionTests
{
    private static readonly LegId First = new("leg-1");

    [Fact]
    public void A_call_that_is_of_no_use_is_made_anew_until_the_party_is_back()
    {
        static bool Anew(RoomState room) => RoomPlanner.Plan(room, 1, 1).Legs.Single(leg => leg.Id == First).Anew;
        var room = Busy().Do(new LegWasLost(First, "keys", Anew: true), Actor.Hub);
        Assert.Equal((true, LegStatus.Lost), (Anew(room), room.Leg(First)!.Status));
        Assert.False(Anew(room.Do(new LegCameUp(First), Actor.Hub)));
        Assert.False(Anew(room.Do(Call(Hpd), Phone(Hpd))));
        Assert.False(Anew(Busy().Do(new LegWasLost(First, "408"), Actor.Hub)));
    }

    [Fact]
    public void A_member_and_a_listed_credential_are_admitted_and_others_are_not()
    {
        var room = Busy();
        Assert.IsType<LegJoined>(Assert.Single(room.Decide(Call(Ctic), Phone(Ctic)).Events));
        Assert.IsType<LegJoined>(Assert.Single(room.Decide(Call(Lab, "trunk:lab/lab"), Phone(Lab)).Events));
        Assert.Equal("room.not-admitted", room.Decide(Call(Lab, "trunk:other"), Phone(Lab)).Refused());
        Assert.Equal("room.unknown", new RoomState(Code).Decide(Call(Hpd), Phone(Hpd)).Refused());
    }

    [Fact]
    public void A_trunk_named_without_its_agency_is_the_owners()
    {
        var room = new RoomState(Code).Do(Opening() with { Admits = ["trunk:lab"] }, Dispatcher);

        Assert.Equal("room.not-admitted", room.Decide(Call(Lab, "trunk:lab/lab"), Phone(Lab)).Refused());
        Assert.IsType<LegJoined>(Assert.Single(room.Decide(Call(Lab, "trunk:hpd/lab"), Phone(Lab)).Events));
    }

    [Fact]
    public void A_lost_caller_who_calls_again_gets_its_own_leg_back()
    {
        var room = Busy().Do(new SetLegMode(First, LegMode.Muted), Dispatcher).Do(new LegWasLost(First, "no answer"), Actor.Hub);

        var back = Assert.IsType<LegRejoined>(Assert.Single(room.Decide(Call(Hpd), Phone(Hpd)).Events));

        Assert.Equal(First, back.Leg);
        Assert.Equal((LegStatus.Up, LegMode.Muted), (room.Do(Call(Hpd), Phone(Hpd)).Leg(First)!.Status, room.Do(Call(Hpd), Phone(Hpd)).Leg(First)!.Mode));
    }

    [Fact]
    public void Caller_id_takes_over_no_lost_leg_of_a_trunk_and_an_endpoint_has_its_own_back_from_anywhere()
    {
        var room = Busy().Do(new LegWasLost(First, "no answer"), Actor.Hub);
        var imposter = new Party(Hpd, "100", "sip:100@10.0.0.2", "trunk:lab");
        Assert.IsType<LegJoined>(Assert.Single(room.Decide(new AdmitCaller(new Caller(imposter, [])), Phone(Hpd)).Events));

        var desk = new Party(Hpd, "Desk", "sip:desk@10.0.0.3", "endpoint:desk");
        var joined = Busy().Do(new AdmitCaller(new Caller(desk, [])), Phone(Hpd));
        var lost = joined.Do(new LegWasLost(joined.Legs[^1].Id, "no answer"), Actor.Hub);
        var moved = desk with { Address = "sip:desk@10.0.0.4" };
        Assert.IsType<LegRejoined>(Assert.Single(lost.Decide(new AdmitCaller(new Caller(moved, [])), Phone(Hpd)).Events));
        var beside = desk with { Proof = "trunk:lab" };
        Assert.IsType<LegJoined>(Assert.Single(lost.Decide(new AdmitCaller(new Caller(beside, [])), Phone(Hpd)).Events));
    }

    [Fact]
    public void An_invited_agency_that_calls_in_has_accepted_by_it()
    {
        var events = Busy().Decide(Call(Dea), Phone(Dea)).Events;
        Assert.Equal(new InviteAnswered(new InviteId("invite-2"), true, "called in"), events[0]);
        Assert.IsType<LegJoined>(events[1]);
    }

    [Fact]
    public void Closing_can_be_undone_until_its_time_and_nobody_is_cut_off_before()
    {
        var room = Busy().Do(new CloseRoom("over"), Dispatcher);
        Assert.Equal(Now.AddSeconds(10), room.ClosesAt);
        Assert.All(RoomPlanner.Plan(room, 1, 1).Legs, leg => Assert.NotEqual(LegStatus.Gone, leg.Status));
        Assert.Empty(room.Decide(new CloseRoom(null), Dispatcher).Events);
        Assert.Empty(room.Decide(new FinishClose(), Actor.Hub, Now.AddSeconds(9)).Events);
        Assert.Equal(RoomPhase.Open, room.Do(new UndoClose(), Dispatcher, Now.AddSeconds(9)).Phase);
        Assert.Equal("room.closed", room.Decide(new UndoClose(), Dispatcher, Now.AddSeconds(10)).Refused());

        var closed = room.Do(new FinishClose(), Actor.Hub, Now.AddSeconds(10));
        Assert.Equal(RoomPhase.Closed, closed.Phase);
        Assert.All(closed.Legs, leg => Assert.Equal(LegStatus.Gone, leg.Status));
        Assert.False(RoomPlanner.Plan(closed, 1, 1).Open);
        Assert.Equal("room.unknown", closed.Decide(Call(Hpd), Phone(Hpd)).Refused());
        Assert.Equal("room.closed", closed.Decide(new PostChat("hello"), Dispatcher).Refused());
    }

    [Fact]
    public void A_room_that_closes_takes_nobody_new()
    {
        var room = Busy().Do(new CloseRoom(null), Dispatcher);
        Assert.Equal("room.closing", room.Decide(new DialOut("sip:a@b", null), Dispatcher).Refused());
        Assert.Equal("room.closing", room.Decide(new InviteAgency(Lab, null), Dispatcher).Refused());
        Assert.Equal("room.closing", room.Decide(Lend(Channel(Hpd)), Dispatcher).Refused());
    }

    [Fact]
    public void A_call_that_was_refused_ends_no_leg_that_came_up_by_another()
    {
        var refused = new LegLeft(First, "joined already", Tried: true);
        Assert.Empty(Busy().Decide(refused, Actor.Hub).Events);
        Assert.IsType<LegEnded>(Assert.Single(Busy().Do(new LegWasLost(First, "408"), Actor.Hub).Decide(refused, Actor.Hub).Events));
        Assert.IsType<LegEnded>(Assert.Single(Busy().Decide(new LegLeft(First, "BYE"), Actor.Hub).Events));
    }

    [Fact]
    public void A_lost_leg_stays_in_the_plan_and_one_that_left_never_comes_back()
    {
        var lost = Busy().Do(new LegWasLost(First, "408"), Actor.Hub);
        Assert.Equal(LegStatus.Lost, RoomPlanner.Plan(lost, 1, 1).Legs.Single(leg => leg.Id == First).Status);
        Assert.Empty(lost.Decide(new LegWasLost(First, "again"), Actor.Hub).Events);
        Assert.Equal(LegStatus.Up, lost.Do(new LegCameUp(First), Actor.Hub).Leg(First)!.Status);

        var left = lost.Do(new LegLeft(First, "BYE"), Actor.Hub);
        Assert.DoesNotContain(RoomPlanner.Plan(left, 1, 1).Legs, leg => leg.Id == First);
        Assert.Equal("leg.gone", left.Decide(new LegCameUp(First), Actor.Hub).Refused());
        Assert.Empty(left.Decide(new LegWasLost(First, "late"), Actor.Hub).Events);
    }

    [Fact]
    public void A_dialled_leg_connects_talks_and_is_not_rung_again_when_dropped()
    {
        var room = Busy().Do(new DialOut("sip:chief@10.0.0.9", "Chief"), Dispatcher);
        var leg = room.Legs[^1];
        Assert.Equal((LegStatus.Connecting, true, LegMode.Talk, "dialled"), (leg.Status, leg.Dialled, leg.Mode, leg.Party.Proof));
        var dropped = room.Do(new LegCameUp(leg.Id), Actor.Hub).Do(new DropLeg(leg.Id), Dispatcher);
        Assert.DoesNotContain(RoomPlanner.Plan(dropped, 1, 1).Legs, planned => planned.Id == leg.Id);
        Assert.Empty(dropped.Decide(new DropLeg(leg.Id), Dispatcher).Events);
    }

    [Fact]
    public void A_lent_channel_has_a_radio_leg_with_its_gateway_until_it_is_withdrawn_even_while_closing()
    {
        var room = Busy();
        var planned = RoomPlanner.Plan(room, 1, 1).Legs.Single(leg => leg.Kind == LegKind.Radio);
        Assert.Equal((LegStatus.Connecting, Gateway), (planned.Status, planned.Gateway));
        var withdrawn = room.Do(new CloseRoom(null), Dispatcher).Do(new WithdrawShare(new ShareId("share-1")), Partner);
        Assert.Empty(withdrawn.Shares);
        Assert.DoesNotContain(RoomPlanner.Plan(withdrawn, 1, 1).Legs, leg => leg.Kind == LegKind.Radio);
        Assert.Empty(withdrawn.Decide(new WithdrawShare(new ShareId("share-1")), Partner).Events);
        Assert.Equal("share.unknown", room.Decide(new WithdrawShare(new ShareId("share-9")), Partner).Refused());
    }

    [Fact]
    public void A_channel_that_is_reported_gone_is_lost_and_one_that_is_dropped_is_withdrawn()
    {
        var room = Busy();
        var radio = room.Shares[0].View.Leg!.Value;
        Assert.IsType<LegLost>(Assert.Single(room.Decide(new LegLeft(radio, "?"), Actor.Hub).Events));
        Assert.IsType<ShareWithdrawn>(Assert.Single(room.Decide(new DropLeg(radio), Partner).Events));
    }

    [Fact]
    public void A_withdrawn_invitation_takes_the_agencys_legs_and_shares_along_and_hides_the_room()
    {
        var room = Busy().Do(new WithdrawInvite(new InviteId("invite-1")), Dispatcher);
        Assert.Empty(room.Shares);
        Assert.Equal([Hpd], RoomPlanner.Plan(room, 1, 1).Legs.Select(leg => leg.Party.Agency));
        Assert.Equal("room.unknown", room.Decide(new PostChat("still here?"), Partner).Refused());
    }

    [Fact]
    public void An_agency_is_invited_once_at_a_time_and_again_after_it_declined()
    {
        var room = Busy();
        Assert.Equal("invite.exists", room.Decide(new InviteAgency(Ctic, null), Dispatcher).Refused());
        var declined = room.Do(new AnswerInvite(new InviteId("invite-2"), false, "busy"), Person(Dea, Role.Commander));
        var again = declined.Do(new InviteAgency(Dea, "please"), Dispatcher);
        Assert.Equal("invite-3", again.StandingInvite(Dea)!.Id.Value);
        Assert.Equal("invite.over", again.Do(new AnswerInvite(new InviteId("invite-3"), true, null), Person(Dea, Role.Dispatcher))
            .Decide(new AnswerInvite(new InviteId("invite-2"), true, null), Person(Dea, Role.Dispatcher)).Refused());
    }

    [Fact]
    public void A_provisioned_entry_seen_before_changes_nothing_and_a_new_one_brings_no_withdrawn_channel_back()
    {
        var entry = Opening() with { Shares = [Channel(Hpd)], ProvisionedAs = "one" };
        var provisioning = new Actor(ActorKind.Provisioning, Hpd, "provisioning", Role.Administrator);
        var room = new RoomState(Code).Do(entry, provisioning).Do(new WithdrawShare(new ShareId("share-1")), Dispatcher);
        Assert.Empty(room.Decide(entry, provisioning).Events);
        var changed = room.Decide(entry with { Title = "New title", Shares = [Channel(Hpd), Channel(Hpd, "two")], ProvisionedAs = "two" }, provisioning);
        Assert.IsType<RoomChanged>(changed.Events[0]);
        Assert.Equal("hpd/two", Assert.IsType<ResourceLent>(changed.Events[1]).Resource.Resource.Value);
        Assert.Equal(2, changed.Events.Length);

        var closed = room.Do(new CloseRoom(null), Dispatcher).Do(new FinishClose(), Actor.Hub, Now.AddSeconds(10));
        Assert.Empty(closed.Decide(entry, provisioning).Events);
        var reopened = closed.Do(entry with { ProvisionedAs = "two" }, provisioning);
        Assert.Equal((RoomPhase.Open, Code, 1), (reopened.Phase!.Value, reopened.Code, reopened.Shares.Count));
        Assert.Equal("room.taken", room.Decide(entry with { Owner = Ctic, Shares = [], ProvisionedAs = "x" }, provisioning).Refused());
    }

    [Fact]
    public void A_line_from_a_phone_names_its_leg_and_must_come_from_one_that_has_not_left()
    {
        var room = Busy();
        var line = Assert.IsType<ChatPosted>(Assert.Single(room.Decide(new PostChat("Copy", First), Phone(Hpd)).Events));
        Assert.Equal(("100", "sip", (LegId?)First), (line.From, line.Via, line.Leg));
        Assert.Equal("room.not-allowed", room.Decide(new PostChat("Copy", First), Phone(Ctic)).Refused());
        Assert.Equal("room.unknown", room.Decide(new PostChat("Copy", First), Phone(Lab)).Refused());
        Assert.IsType<ChatPosted>(Assert.Single(room.Do(new LegWasLost(First, "?"), Actor.Hub).Decide(new PostChat("Copy", First), Phone(Hpd)).Events));
        Assert.Equal("room.not-allowed", room.Do(new LegLeft(First, "?"), Actor.Hub).Decide(new PostChat("Copy", First), Phone(Hpd)).Refused());
    }

    [Fact]
    public void An_undelivered_line_says_so_once_for_each_leg()
    {
        var room = Busy().Do(new PostChat("Copy"), Dispatcher).Do(new ChatUndelivered("line-1", First, "408"), Actor.Hub);
        Assert.Equal("408", Assert.Single(room.Chat[0].Undelivered).Cause);
        Assert.Empty(room.Decide(new ChatUndelivered("line-1", First, "408"), Actor.Hub).Events);
    }

    [Fact]
    public void An_alert_comes_in_once_for_each_revision()
    {
        var room = Busy().Do(new AttachAlert(Alert), Dispatcher);
        Assert.Empty(room.Decide(new AttachAlert(Alert), Dispatcher).Events);
        Assert.Equal(2, Assert.Single(room.Do(new AttachAlert(Alert with { Revision = 2 }), Dispatcher).Alerts).Revision);
    }

    [Fact]
    public void Legs_beyond_the_limit_are_refused_and_old_ones_that_are_gone_are_forgotten()
    {
        var room = Busy();
        for (var call = room.Legs.Count; call < Limits.Legs; call++)
            room = room.Do(Call(Hpd), Phone(Hpd));
        Assert.Equal("leg.too-many", room.Decide(Call(Hpd), Phone(Hpd)).Refused());
        var full = room.Legs.Count;
        for (var again = 0; again < Limits.OverLegsShown + 10; again++)
            room = room.Do(new DropLeg(room.Legs[^1].Id), Dispatcher).Do(Call(Hpd), Phone(Hpd));
        Assert.Equal(full + Limits.OverLegsShown, room.Legs.Count);
    }

    [Fact]
    public void Only_what_takes_away_is_done_before_it_is_recorded()
    {
        Assert.True(RoomDecider.Restricts(new SetLegMode(First, LegMode.Muted)));
        Assert.True(RoomDecider.Restricts(new SetLegMode(First, LegMode.Listen)));
        Assert.True(RoomDecider.Restricts(new DropLeg(First)));
        Assert.True(RoomDecider.Restricts(new WithdrawShare(new ShareId("share-1"))));
        Assert.True(RoomDecider.Restricts(new WithdrawInvite(new InviteId("invite-1"))));
        Assert.False(RoomDecider.Restricts(new SetLegMode(First, LegMode.Talk)));
        Assert.False(RoomDecider.Restricts(Call(Hpd)));
    }

    [Theory]
    [InlineData("", "shooting", "title")]
    [InlineData("two\nlines", "shooting", "title")]
    [InlineData("ok", "Not A Slug", "type")]
    [InlineData("ok", "", "type")]
    public void A_wrong_field_of_an_opening_is_named(string title, string type, string field) =>
        Assert.Equal(field, new RoomState(Code).Decide(Opening() with { Title = title, Type = type }, Dispatcher).Refusal?.Field);

    [Theory]
    [InlineData("trunk:lab", true)]
    [InlineData("trunk:ctic/feed", true)]
    [InlineData("endpoint:hpd/desk-1", true)]
    [InlineData("agency:ctic", true)]
    [InlineData("endpoint:desk-1", false)]
    [InlineData("anybody", false)]
    [InlineData("trunk:", false)]
    public void Admits_have_one_of_three_shapes(string admits, bool right) =>
        Assert.Equal(right, new RoomState(Code).Decide(Opening() with { Admits = [admits] }, Dispatcher).Refusal is null);

    [Theory]
    [InlineData("sip:100@10.0.0.1", true)]
    [InlineData("sip:10.0.0.1:5070;transport=tcp", true)]
    [InlineData("sips:a@example.org", true)]
    [InlineData("tel:+18605550100", false)]
    [InlineData("sip:", false)]
    [InlineData("sip:@host", false)]
    [InlineData("sip:a@", false)]
    [InlineData("http://example.org", false)]
    [InlineData("sip:a@b\r\nVia: x", false)]
    [InlineData("sip:a@b c", false)]
    public void Only_an_address_that_a_bridge_can_call_is_dialled(string uri, bool right) =>
        Assert.Equal(right ? null : "uri", Busy().Decide(new DialOut(uri, null), Dispatcher).Refusal?.Field);

    [Theory]
    [InlineData("https://video.example/cam?x=1", true)]
    [InlineData("http://10.0.0.1:8080/", true)]
    [InlineData("https://user:secret@video.example/", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("/relative", false)]
    public void Only_a_link_without_a_password_becomes_video(string url, bool right) =>
        Assert.Equal(right ? null : "url", Busy().Decide(new PostVideo("Camera", url), Dispatcher).Refusal?.Field);

    [Theory]
    [InlineData(41.7, -72.6, null)]
    [InlineData(91.0, 0.0, "place.latitude")]
    [InlineData(0.0, double.NaN, "place.longitude")]
    public void A_place_is_on_the_map(double latitude, double longitude, string? field) =>
        Assert.Equal(field, new RoomState(Code).Decide(Opening() with { Place = new Place(null, latitude, longitude) }, Dispatcher).Refusal?.Field);
}
