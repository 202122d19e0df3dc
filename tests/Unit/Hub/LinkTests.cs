using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Rooms;
using Xunit;
using static Interop.Tests.Unit.Hub.Rooms;

namespace Interop.Tests.Unit.Hub;

/// <summary>Links by which people without an account come in, and what a guest may do.</summary>
public sealed class LinkTests
{
    private static readonly string Hash = new('a', 64);
    private static readonly InviteId Id = new("link-1");
    private static readonly Actor Stranger = new(ActorKind.Guest, new AgencyId(""), "", Role.Observer);

    [Fact]
    public void A_link_is_answered_as_often_as_it_was_made_for_and_the_record_names_the_guest_with_who_made_it()
    {
        var room = Linked(uses: 2);
        var offer = Links.Offer(room, Hash, Now, Around()).Value!;
        Assert.Equal(("Hartford Police", "Dana", "advice", Role.Member), (offer.AgencyName, offer.InvitedBy, offer.Purpose, offer.Role));
        Assert.Equal(0, room.Link(Id)!.View.Uses);
        room = Accept(room, "Jo");
        Assert.Equal("Jo (by link of Dana)", room.Guest("guest-1")!.Name);
        Assert.Equal((LinkStatus.Open, 1), (room.Link(Id)!.View.Status, room.Link(Id)!.View.Uses));
        room = Accept(room, "Jo");
        Assert.Equal(LinkStatus.UsedUp, room.Link(Id)!.View.Status);
        Assert.Equal("link.unknown", room.Decide(new AcceptLink(Hash, "Third"), Stranger).Refused());
        Assert.Equal(["guest-1", "guest-2"], room.Guests.Select(guest => guest.Id));
        Assert.Equal("Jo (by link of Dana)", Links.Known(Linked(), Stranger, new AcceptLink(Hash, "Jo"), Now).Name);
    }

    [Fact]
    public void Every_link_that_cannot_be_used_gets_the_same_answer()
    {
        var refusals = new[]
        {
            Linked().Decide(new AcceptLink(new string('b', 64), "Jo"), Stranger),
            Linked().Decide(new AcceptLink("", "Jo"), Stranger),
            Linked().Decide(new AcceptLink(Hash, "Jo"), Stranger, Now.AddHours(5)),
            Linked().Do(new WithdrawLink(Id), Dispatcher).Decide(new AcceptLink(Hash, "Jo"), Stranger),
            Linked().Do(new CloseRoom(null), Dispatcher).Decide(new AcceptLink(Hash, "Jo"), Stranger),
            new RoomState(Code).Decide(new AcceptLink(Hash, "Jo"), Stranger),
            Linked().Decide(new DeclineLink(new string('b', 64), null), Stranger),
        }.Select(decision => decision.Refusal).ToArray();
        Assert.Equal("link.unknown", refusals[0]!.Code);
        Assert.All(refusals, refusal => Assert.Equal(refusals[0], refusal));
        Assert.Equal(refusals[0], Links.Offer(Linked(), new string('b', 64), Now, Around()).Refusal);
    }

    [Fact]
    public void A_no_uses_the_link_and_says_why()
    {
        var room = Linked().Do(new DeclineLink(Hash, "off duty"), Stranger);
        Assert.Equal(LinkStatus.UsedUp, room.Link(Id)!.View.Status);
        Assert.Empty(room.Guests);
    }

    [Fact]
    public void A_guest_has_the_one_room_within_the_role_and_nothing_else()
    {
        var room = Accept(Linked(uses: 2), "Jo");
        var guest = Guest("guest-1");
        Assert.True(Authority.MayRead(room, guest));
        Assert.False(Authority.MayReadRecord(room, guest));
        Assert.False(Authority.MayHear(room, guest));
        Assert.False(Authority.MayRead(room, Guest("guest-9")));
        Assert.False(Authority.MayRead(room, Guest(null)));
        var allowed = new RoomCommand[] { new PostChat("hello"), new JoinByBrowser("a-guests-page"), new EndGuest("guest-1"), new AcceptLink(Hash, "Jo"), new DeclineLink(Hash, null) };
        foreach (var command in allowed)
            Assert.Null(Authority.Check(room, command, guest));
        foreach (var command in new RoomCommand[]
        {
            Opening(), new InviteAgency(Lab, null), new AnswerInvite(new InviteId("invite-1"), true, null), new WithdrawLink(Id), new MakeLink(Hash, Role.Member), new EndGuest("guest-2"),
            new DialOut("sip:a@b", null), new SetLegMode(new LegId("leg-1"), LegMode.Muted), new DropLeg(new LegId("leg-1")), new PostVideo("a", "https://b"), new CloseRoom(null), Call(Hpd),
            new PostChat("as a phone", new LegId("leg-1")), new HearRecording("1"), new LegCameUp(new LegId("leg-1")), new FollowInvites(),
        })
            Assert.NotNull(Authority.Check(room, command, guest with { Agency = Hpd, Role = Role.Administrator }));
        var observer = Accept(Linked(role: Role.Observer), "Jo");
        Assert.NotNull(Authority.Check(observer, new PostChat("hello"), guest));
        Assert.NotNull(Authority.Check(observer, new JoinByBrowser("a-guests-page"), guest));
    }

    [Fact]
    public void Two_guests_of_one_name_do_not_have_each_others_voice()
    {
        var room = Accept(Accept(Linked(uses: 2), "Jo"), "Jo");
        var (one, two) = (Known(room, "guest-1"), Known(room, "guest-2"));
        room = room.Do(new JoinByBrowser("page-of-one"), one).Do(new JoinByBrowser("page-of-two"), two);
        Assert.Equal(["guest:guest-1", "guest:guest-2"], room.Legs.Select(leg => leg.Party.Proof));
        Assert.Null(Authority.Check(room, new LeaveByBrowser(new LegId("leg-1")), one));
        Assert.NotNull(Authority.Check(room, new LeaveByBrowser(new LegId("leg-1")), two));
        Assert.False(Browsers.IsOf(room.Legs[0], Person(Hpd, Role.Member) with { Name = "Jo (by link of Dana)" }));
    }

    [Fact]
    public void Withdrawing_a_link_puts_out_whoever_came_by_it_with_their_voice_and_only_them()
    {
        var room = Accept(Linked(uses: 2), "Jo").Do(new MakeLink(new string('c', 64), Role.Member), Dispatcher);
        room = room.Do(new AcceptLink(new string('c', 64), "Kay"), Links.Known(room, Stranger, new AcceptLink(new string('c', 64), "Kay"), Now));
        room = room.Do(new JoinByBrowser("page-of-jo"), Known(room, "guest-1")).Do(new JoinByBrowser("page-of-kay"), Known(room, "guest-2"));
        Assert.True(RoomDecider.Restricts(new WithdrawLink(Id)));
        room = room.Do(new WithdrawLink(Id), Dispatcher);
        Assert.Equal([GuestStatus.Removed, GuestStatus.In], room.Guests.Select(guest => guest.Status));
        Assert.Equal(["leg-2"], RoomPlanner.Plan(room, 1, 1).Legs.Select(leg => leg.Id.Value));
        Assert.Equal("guest.over", Authority.Check(room, new PostChat("still here?"), Guest("guest-1"))?.Code);
        Assert.Empty(room.Decide(new WithdrawLink(Id), Dispatcher).Events);
        var left = room.Do(new EndGuest("guest-2"), Known(room, "guest-2"));
        Assert.Equal(GuestStatus.Left, left.Guest("guest-2")!.Status);
        Assert.Equal(GuestStatus.Removed, room.Do(new EndGuest("guest-2"), Dispatcher).Guest("guest-2")!.Status);
        Assert.Equal("guest.unknown", room.Decide(new EndGuest("guest-7"), Dispatcher).Refused());
    }

    [Fact]
    public void A_link_expires_and_guests_who_came_before_stay_until_the_room_is_closed()
    {
        var room = Accept(Linked(uses: 2), "Jo");
        Assert.Equal(Now.AddHours(4), InviteTimes.Next(room));
        room = room.Do(new FollowInvites(), Actor.Hub, Now.AddHours(4));
        Assert.Equal((LinkStatus.Expired, GuestStatus.In), (room.Link(Id)!.View.Status, room.Guest("guest-1")!.Status));
        room = room.Do(new CloseRoom(null), Dispatcher).Do(new FinishClose(), Actor.Hub, Now.AddMinutes(1));
        Assert.Equal(GuestStatus.Removed, room.Guest("guest-1")!.Status);
        Assert.False(Authority.MayRead(room, Guest("guest-1")));
    }

    [Fact]
    public void A_guest_sees_who_is_there_and_nothing_of_how_they_are_reached_or_who_was_asked()
    {
        var busy = Busy().Do(new MakeLink(Hash, Role.Member), Dispatcher);
        var room = busy.Do(new AcceptLink(Hash, "Jo"), Links.Known(busy, Stranger, new AcceptLink(Hash, "Jo"), Now));
        var seen = RoomLive.For(room, RoomLive.Snapshot(room, default, new RoomSound([], null), leg => leg), Guest("guest-1"));
        Assert.Equal((room.Legs.Count, room.Videos.Count), (seen.Legs.Count, seen.Videos.Count));
        Assert.All(seen.Legs, leg => Assert.Equal(("", ""), (leg.Party.Address, leg.Party.Proof)));
        Assert.Empty(seen.Invites);
        Assert.Empty(seen.Links);
        Assert.Empty(seen.Shares);
        Assert.Empty(seen.Header.Admits);
        Assert.Equal("guest-1", Assert.Single(seen.Guests).Id);
        Assert.Null(GuestSight.Of(new InviteChanged(room.Invites[0]), "guest-1"));
        Assert.Null(GuestSight.Of(new LinkChanged(room.Links[0].View), "guest-1"));
        Assert.Null(GuestSight.Of(new GuestChanged(room.Guests[0]), "guest-2"));
    }

    [Theory]
    [InlineData("short", Role.Member, 1, 3600, "tokenHash")]
    [InlineData(null, Role.Commander, 1, 3600, "role")]
    [InlineData(null, Role.Member, 0, 3600, "uses")]
    [InlineData(null, Role.Member, 101, 3600, "uses")]
    [InlineData(null, Role.Member, 1, 10, "lifeSeconds")]
    public void A_link_that_cannot_be_made_names_the_field(string? hash, Role role, int uses, int life, string field) =>
        Assert.Equal(field, new RoomState(Code).Do(Opening(), Dispatcher).Decide(new MakeLink(hash ?? Hash, role, Uses: uses, LifeSeconds: life), Dispatcher).Refusal?.Field);

    [Theory]
    [InlineData("")]
    [InlineData("a\nb")]
    public void A_guest_needs_a_name_of_one_line(string name) =>
        Assert.Equal("name", Linked().Decide(new AcceptLink(Hash, name), Stranger).Refusal?.Field);

    private static RoomState Linked(int uses = 1, Role role = Role.Member) =>
        new RoomState(Code).Do(Opening(), Dispatcher).Do(new MakeLink(Hash, role, "Commander", "advice", Uses: uses), Dispatcher);

    private static RoomState Accept(RoomState room, string name)
    {
        var accept = new AcceptLink(Hash, name);
        return room.Do(accept, Links.Known(room, Stranger, accept, Now));
    }

    private static Actor Guest(string? id) => new(ActorKind.Guest, new AgencyId(""), "", Role.Observer, id);

    private static Actor Known(RoomState room, string id) => Links.Known(room, Guest(id), null, Now);
}
