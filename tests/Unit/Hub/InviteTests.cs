using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain;
using Interop.Hub.Domain.Rooms;
using Xunit;
using static Interop.Tests.Unit.Hub.Rooms;

namespace Interop.Tests.Unit.Hub;

/// <summary>Whom an invitation asks, what they answer and on what conditions, and what time makes of it.</summary>
public sealed class InviteTests
{
    private static readonly InviteId First = new("invite-1");
    private static readonly InviteId Second = new("invite-2");
    private static readonly Actor Lee = new(ActorKind.Person, Ctic, "Lee", Role.Member, "lee");
    private static readonly Actor Kim = new(ActorKind.Person, Ctic, "Kim", Role.Commander, "kim");
    private static readonly Conditions Listening = new(ListenOnly: true);

    private static DateTimeOffset Later(double minutes) => Now.AddMinutes(minutes);

    [Fact]
    public void A_person_who_is_asked_reads_answers_and_comes_in_alone_and_their_agencys_phones_do_not()
    {
        var room = Open().Do(new InviteAgency(Ctic, null, Person: "lee"), Dispatcher, around: Directory());
        Assert.Equal("Lee", room.Invite(First)!.PersonName);
        Assert.True(Authority.MayRead(room, Lee));
        Assert.False(Authority.MayRead(room, Kim));
        Assert.Equal("room.unknown", room.Decide(new AnswerInvite(First, true, null), Kim).Refused());
        Assert.Equal("room.not-admitted", room.Decide(Call(Ctic), Phone(Ctic)).Refused());
        room = room.Do(new AnswerInvite(First, true, null), Lee);
        Assert.Null(room.Decide(new PostChat("here"), Lee).Refusal);
        Assert.Equal("room.unknown", room.Decide(new PostChat("me too"), Kim).Refused());
        Assert.Equal("room.not-admitted", room.Decide(Call(Ctic), Phone(Ctic)).Refused());
        var summary = RoomLive.Summary(room);
        Assert.Empty(summary.Members);
        Assert.Equal((true, false), (summary.IsVisibleTo(Lee), summary.IsVisibleTo(Kim)));
    }

    [Fact]
    public void A_role_that_is_asked_is_answered_by_whoever_has_it_or_more()
    {
        var room = Open().Do(new InviteAgency(Ctic, null, Role: Role.Commander), Dispatcher, around: Directory());
        Assert.False(Authority.MayRead(room, Lee));
        Assert.True(Authority.MayRead(room, Partner));
        Assert.Equal(InviteStatus.Accepted, room.Do(new AnswerInvite(First, true, null), Kim).Invite(First)!.Status);
    }

    [Fact]
    public void A_person_is_called_at_their_own_address_and_asked_on_the_terms()
    {
        var around = Directory(new AgencyEntry("hpd", "Hartford Police", AgencyLevel.City, Handling: "Law enforcement only"), new RecordingEntry("all", null, true, 365));
        var room = Open().Do(new InviteAgency(Hpd, "decide", Person: "chief"), Dispatcher, around: around);
        var leg = room.Legs.Single();
        Assert.Equal(("Chief", "sip:chief@hpd.example"), (leg.Party.Name, leg.Party.Address));
        Assert.Equal(new InviteTerms("Law enforcement only", true, 365), leg.Ask!.Terms);
        Assert.Equal(leg.Ask.Terms, room.Invite(First)!.Terms);
        Assert.Equal("Names nobody", Open().Do(new InviteAgency(Ctic, null, Handling: "Names nobody"), Dispatcher, around: around).Invite(First)!.Terms!.Handling);
    }

    [Theory]
    [InlineData("hpd", null, null, null, "agency")]
    [InlineData("ctic", "nobody", null, null, "person")]
    [InlineData("ctic", "lee", "Commander", null, "role")]
    [InlineData("ctic", null, "Observer", null, "role")]
    [InlineData("ctic", null, null, 5, "patienceSeconds")]
    [InlineData("ctic", null, null, 700_000, "patienceSeconds")]
    public void What_cannot_be_asked_names_the_field(string agency, string? person, string? role, int? patience, string field)
    {
        var asked = new InviteAgency(new AgencyId(agency), null, null, person, role is null ? null : Enum.Parse<Role>(role), null, patience);
        Assert.Equal(field, Open().Decide(asked, Dispatcher, around: Directory()).Refusal?.Field);
        if (agency != "hpd")
            Assert.Equal($"next[0].{field}", Open().Decide(
                new InviteAgency(Dea, null, Next: [new Invitee(asked.Agency, person, asked.Role, null, patience)]), Dispatcher, around: Directory()).Refusal?.Field);
    }

    [Fact]
    public void Nobody_is_named_twice_and_nobody_is_asked_twice()
    {
        Assert.Equal("next[0]", Open().Decide(new InviteAgency(Ctic, null, Next: [new Invitee(Ctic)]), Dispatcher, around: Directory()).Refusal?.Field);
        var room = Open().Do(new InviteAgency(Ctic, null), Dispatcher, around: Directory());
        Assert.Equal("invite.exists", room.Decide(new InviteAgency(Ctic, null), Dispatcher, around: Directory()).Refused());
        Assert.Null(room.Decide(new InviteAgency(Ctic, null, Person: "lee"), Dispatcher, around: Directory()).Refusal);
    }

    [Fact]
    public void A_counter_waits_for_the_inviter_and_holds_when_it_is_accepted()
    {
        var room = Invited().Do(new AnswerInvite(First, true, "no radio", Listening), Partner);
        Assert.Equal((InviteStatus.Countered, Listening), (room.Invite(First)!.Status, room.Invite(First)!.Counter));
        Assert.Equal("room.not-allowed", room.Decide(new PostChat("early"), Partner).Refused());
        Assert.Equal("room.not-allowed", room.Decide(new AnswerCounter(First, true, Listening), Partner).Refused());
        room = room.Do(new AnswerCounter(First, true, Listening), Dispatcher);
        Assert.Equal((InviteStatus.Accepted, Listening), (room.Invite(First)!.Status, room.Invite(First)!.Conditions));
        Assert.Null(room.Invite(First)!.Counter);
        Assert.Empty(room.Decide(new AnswerCounter(First, true, Listening), Dispatcher).Events);
    }

    [Fact]
    public void A_counter_that_is_refused_leaves_the_invitation_waiting_with_time_to_answer()
    {
        var room = Invited().Do(new AnswerInvite(First, true, null, Listening), Partner);
        var late = room.Invite(First)!.ExpiresAt!.Value.AddHours(1);
        Assert.Empty(room.Decide(new FollowInvites(), Actor.Hub, late).Events);
        room = room.Do(new AnswerCounter(First, false, null, "all or nothing"), Dispatcher, late);
        Assert.Equal((InviteStatus.Pending, "all or nothing", late + Limits.NamePatience), (room.Invite(First)!.Status, room.Invite(First)!.Reason, room.Invite(First)!.ExpiresAt));
        Assert.Equal(InviteStatus.Accepted, room.Do(new AnswerInvite(First, true, null), Partner, late).Invite(First)!.Status);
    }

    [Fact]
    public void Answers_that_cross_are_refused_by_what_came_first()
    {
        var countered = Invited().Do(new AnswerInvite(First, true, null, Listening), Partner);
        var other = countered.Do(new AnswerInvite(First, true, null, new Conditions(NoVideo: true)), Partner);
        Assert.Equal("invite.counter-changed", other.Decide(new AnswerCounter(First, true, Listening), Dispatcher).Refused());
        Assert.Equal("invite.counter-changed", other.Decide(new AnswerCounter(First, true), Dispatcher).Refused());
        Assert.Empty(countered.Decide(new AnswerInvite(First, true, null, Listening), Partner).Events);
        // The agency took its conditions back before the inviter answered them.
        Assert.Equal("invite.no-counter", countered.Do(new AnswerInvite(First, true, null), Partner).Decide(new AnswerCounter(First, true, Listening), Dispatcher).Refused());
        Assert.Equal("invite.accepted", Invited().Do(new AnswerInvite(First, true, null), Partner).Decide(new AnswerInvite(First, true, null, Listening), Partner).Refused());

        foreach (var over in new[] { Invited().Do(new WithdrawInvite(First), Dispatcher), Expired() })
        {
            // The agency no longer knows of the room; whoever could have been it by a later invitation is told what is over.
            var again = over.Do(new InviteAgency(Ctic, null), Dispatcher, around: Directory());
            Assert.Equal("invite.over", again.Decide(new AnswerInvite(First, true, null), Partner).Refused());
            Assert.Equal("invite.over", again.Decide(new AnswerInvite(First, false, null), Partner).Refused());
            Assert.Equal("invite.over", again.Decide(new AnswerInvite(First, true, null, Listening), Partner).Refused());
            Assert.Equal("invite.over", again.Decide(new SetConditions(First, Listening), Partner).Refused());
            Assert.Equal("invite.over", over.Decide(new AnswerCounter(First, true, Listening), Dispatcher).Refused());
            Assert.Empty(over.Decide(new WithdrawInvite(First), Dispatcher).Events);
            Assert.Equal("room.unknown", over.Decide(new AnswerInvite(First, true, null), Partner).Refused());
        }

        var twice = Invited().Do(new AnswerInvite(First, true, null), Partner);
        Assert.Empty(twice.Decide(new AnswerInvite(First, true, null), Partner).Events);
        Assert.Equal(InviteStatus.Declined, twice.Do(new AnswerInvite(First, false, "called away"), Partner).Invite(First)!.Status);
    }

    [Fact]
    public void Legs_of_who_came_to_listen_are_listeners_and_nobody_but_their_agency_lifts_it()
    {
        var room = Member(Listening).Do(Call(Ctic), Phone(Ctic)).Do(Call(Hpd), Phone(Hpd));
        var (theirs, ours) = (room.Legs[0], room.Legs[1]);
        Assert.Equal([LegMode.Listen, LegMode.Talk], RoomPlanner.Plan(room, 1, 1).Legs.Select(leg => leg.Mode));
        Assert.Equal("leg.listen-only", room.Decide(new SetLegMode(theirs.Id, LegMode.Talk), Dispatcher).Refused());
        // A key of the phone does not lift what its agency laid down.
        room = room.Do(new ChooseLegMode(theirs.Id, LegMode.Muted), Phone(Ctic)).Do(new ChooseLegMode(theirs.Id, LegMode.Talk), Phone(Ctic));
        Assert.Equal(LegMode.Listen, RoomPlanner.Effective(room, room.Leg(theirs.Id)!));
        Assert.Equal(LegMode.Talk, RoomPlanner.Effective(room, ours));
        Assert.Equal("room.not-allowed", room.Decide(new SetConditions(First, new Conditions()), Dispatcher).Refused());
        room = room.Do(new SetConditions(First, new Conditions()), Partner);
        Assert.Equal(LegMode.Talk, RoomPlanner.Effective(room, room.Leg(theirs.Id)!));
        Assert.Empty(room.Decide(new SetConditions(First, new Conditions()), Partner).Events);
    }

    [Fact]
    public void A_browser_of_who_came_to_listen_is_refused_the_key_in_words()
    {
        var room = Member(Listening).Do(new JoinByBrowser("a-page-of-ctic"), Partner).Do(new LegCameUp(new LegId("leg-1")), Actor.Hub);
        Assert.Equal("talk.listen-only", Browsers.MayTalk(room, new LegId("leg-1"), Partner)?.Code);
    }

    [Fact]
    public void Who_takes_part_without_video_neither_sees_nor_posts_it()
    {
        var room = Member(new Conditions(NoVideo: true)).Do(new PostVideo("Camera", "https://video.example/1"), Dispatcher);
        var whole = RoomLive.Snapshot(room, default, new RoomSound([], null), leg => leg);
        Assert.Empty(RoomLive.For(room, whole, Partner).Videos);
        Assert.Single(RoomLive.For(room, whole, Dispatcher).Videos);
        Assert.Equal("video.without", room.Decide(new PostVideo("Mine", "https://video.example/2"), Partner).Refused());
        var told = Assert.IsType<VideoChanged>(Assert.Single(RoomLive.Changes(new VideoPosted("video-1", "Camera", "https://video.example/1", Hpd), room)));
        Assert.Contains(told.Except!, whom => whom.Includes(Partner));
        Assert.DoesNotContain(told.Except!, whom => whom.Includes(Dispatcher));
    }

    [Fact]
    public void A_membership_that_ends_is_warned_of_ends_and_takes_along_what_it_brought()
    {
        var room = Member(new Conditions(Until: Later(60))).Do(Lend(Channel(Ctic)), Partner);
        Assert.Equal(Later(55), InviteTimes.Next(room));
        Assert.Empty(room.Decide(new FollowInvites(), Actor.Hub, Later(54)).Events);
        Assert.Equal([new InviteEnding(First, Later(60))], room.Decide(new FollowInvites(), Actor.Hub, Later(55)).Events);
        room = room.Do(new FollowInvites(), Actor.Hub, Later(55));
        Assert.Equal(Later(60), InviteTimes.Next(room));
        Assert.Empty(room.Decide(new FollowInvites(), Actor.Hub, Later(59)).Events);
        room = room.Do(new FollowInvites(), Actor.Hub, Later(60));
        Assert.Equal((InviteStatus.Ended, 0, LegStatus.Gone), (room.Invite(First)!.Status, room.Shares.Count, room.Legs[0].Status));
        Assert.False(Authority.MayRead(room, Partner));
        Assert.Null(InviteTimes.Next(room));
    }

    [Fact]
    public void A_warning_that_comes_late_puts_the_end_off_and_the_agency_prolongs_its_stay()
    {
        var room = Member(new Conditions(Until: Later(60)));
        Assert.Equal([new InviteEnding(First, Later(95))], room.Decide(new FollowInvites(), Actor.Hub, Later(90)).Events);
        room = room.Do(new FollowInvites(), Actor.Hub, Later(55)).Do(new SetConditions(First, new Conditions(Until: Later(120))), Partner, Later(56));
        Assert.Null(room.Invite(First)!.EndsAt);
        Assert.Equal(Later(115), InviteTimes.Next(room));
        Assert.Equal("conditions.until", room.Decide(new SetConditions(First, new Conditions(Until: Later(58))), Partner, Later(56)).Refusal?.Field);
        Assert.Equal("conditions.until", Invited().Decide(new AnswerInvite(First, true, null, new Conditions(Until: Later(2))), Partner).Refusal?.Field);
        var late = Invited().Do(new AnswerInvite(First, true, null, new Conditions(Until: Later(10))), Partner);
        Assert.Equal("invite.counter-late", late.Decide(new AnswerCounter(First, true, new Conditions(Until: Later(10))), Dispatcher, Later(11)).Refused());
    }

    [Fact]
    public void An_invitation_passes_to_the_next_name_on_silence_and_on_a_no()
    {
        var asked = new InviteAgency(Dea, "camera", PatienceSeconds: 60, Next: [new Invitee(Ctic), new Invitee(Lab, PatienceSeconds: 30)]);
        var room = Open().Do(asked, Dispatcher, around: Directory());
        Assert.Equal(Later(1), InviteTimes.Next(room));
        Assert.Empty(room.Decide(new FollowInvites(), Actor.Hub, Later(0.9), Directory()).Events);

        var silent = room.Do(new FollowInvites(), Actor.Hub, Later(1), Directory());
        Assert.Equal([InviteStatus.Expired, InviteStatus.Pending], silent.Invites.Select(invite => invite.Status));
        var next = silent.Invite(Second)!;
        Assert.Equal((Ctic, "camera", First, Later(1) + Limits.NamePatience), (next.Agency, next.Purpose, next.After, next.ExpiresAt));
        // The desk of the one is called and the call to the other ends.
        Assert.Equal(Second, silent.Legs.Single().Ask!.Invite);
        Assert.Empty(silent.Decide(new FollowInvites(), Actor.Hub, Later(1), Directory()).Events);

        var declined = silent.Do(new AnswerInvite(Second, false, "busy"), Partner, Later(2), Directory());
        Assert.Equal([InviteStatus.Expired, InviteStatus.Declined, InviteStatus.Pending], declined.Invites.Select(invite => invite.Status));
        Assert.Equal((Lab, Later(2.5)), (declined.Invites[2].Agency, declined.Invites[2].ExpiresAt));
        Assert.Equal(LegStatus.Gone, declined.Legs.Single().Status);

        var byPhone = silent.Do(new LegCameUp(silent.Legs[0].Id), Actor.Hub).Do(new AnswerAsk(silent.Legs[0].Id, LegAnswer.Decline), Actor.Hub, Later(2), Directory());
        Assert.Equal(Lab, byPhone.Invites[2].Agency);
        var last = declined.Do(new FollowInvites(), Actor.Hub, Later(3), Directory());
        Assert.Equal(InviteStatus.Expired, last.Invites[2].Status);
        Assert.Equal(3, last.Invites.Count);
    }

    [Fact]
    public void A_name_that_is_in_already_is_passed_over_and_nobody_is_asked_into_a_room_that_closes()
    {
        var room = Open().Do(new InviteAgency(Ctic, null), Dispatcher, around: Directory())
            .Do(new InviteAgency(Dea, null, PatienceSeconds: 60, Next: [new Invitee(Ctic), new Invitee(Lab)]), Dispatcher, around: Directory());
        Assert.Equal(Lab, room.Do(new FollowInvites(), Actor.Hub, Later(1), Directory()).Invites[^1].Agency);
        Assert.Equal([new InviteExpired(Second)], room.Do(new CloseRoom(null), Dispatcher).Decide(new FollowInvites(), Actor.Hub, Later(1), Directory()).Events);
    }

    [Fact]
    public void An_invitation_of_before_there_were_times_waits_for_ever()
    {
        var room = Open().Evolve(new AgencyInvited(First, Ctic, "camera"), new Occasion(Dispatcher, Now));
        Assert.Null(InviteTimes.Next(room));
        Assert.Equal(InviteStatus.Accepted, room.Do(new AnswerInvite(First, true, null), Partner, Now.AddYears(1)).Invite(First)!.Status);
    }

    [Fact]
    public void An_invitation_that_is_over_takes_along_what_no_other_covers()
    {
        var room = Invited().Do(new AnswerInvite(First, true, null), Partner)
            .Do(new InviteAgency(Ctic, null, Person: "lee"), Dispatcher, around: Directory())
            .Do(new AnswerInvite(Second, true, null), Lee)
            .Do(Call(Ctic), Phone(Ctic))
            .Do(Lend(Channel(Ctic)), Partner)
            .Do(new JoinByBrowser("a-page-of-lee"), Lee);
        var person = room.Do(new WithdrawInvite(Second), Dispatcher);
        Assert.DoesNotContain(person.Legs, leg => leg.Status == LegStatus.Gone);
        var agency = room.Do(new WithdrawInvite(First), Dispatcher);
        Assert.Equal(["Lee"], agency.Legs.Where(leg => leg.Status != LegStatus.Gone).Select(leg => leg.Party.Name));
        Assert.Empty(agency.Shares);
        Assert.Equal((true, false), (Authority.MayRead(agency, Lee), Authority.MayRead(agency, Kim)));
    }

    [Fact]
    public void Ones_no_takes_nobody_else_out()
    {
        var room = Open().Do(new InviteAgency(Ctic, null, Role: Role.Commander), Dispatcher, around: Directory())
            .Do(new AnswerInvite(First, true, null), Person(Ctic, Role.Commander))
            .Do(Lend(Channel(Ctic)), Partner)
            .Do(new JoinByBrowser("a-page-of-dana"), Partner)
            .Do(new InviteAgency(Ctic, null, Person: "lee"), Dispatcher, around: Directory());

        foreach (var over in new[] { room.Do(new AnswerInvite(Second, false, "off duty"), Lee), room.Do(new WithdrawInvite(Second), Dispatcher) })
        {
            Assert.DoesNotContain(over.Legs, leg => leg.Status == LegStatus.Gone);
            Assert.Single(over.Shares);
        }
    }

    [Fact]
    public void An_owner_takes_its_channel_back_also_where_only_one_of_its_people_was_asked_in()
    {
        var room = Open().Do(new InviteAgency(Ctic, null, Person: "lee"), Dispatcher, around: Directory())
            .Do(new AnswerInvite(First, true, null), Lee)
            .Do(Lend(Channel(Ctic)), Lee with { Role = Role.Dispatcher });

        Assert.Equal("room.unknown", room.Decide(new PostChat("here"), Partner).Refused());
        Assert.Empty(room.Do(new WithdrawShare(new ShareId("share-1")), Partner).Shares);
        Assert.Equal("room.unknown", room.Decide(new WithdrawShare(new ShareId("share-1")), Person(Lab, Role.Administrator)).Refused());
        Assert.Equal("room.unknown", room.Decide(new WithdrawShare(new ShareId("share-1")), Person(Ctic, Role.Member)).Refused());
    }

    [Fact]
    public void Whoever_asks_for_conditions_comes_by_no_phone_without_them()
    {
        var room = Open().Do(new InviteAgency(Ctic, null), Dispatcher, around: Directory());
        var asking = room.Do(new LegCameUp(room.Legs.Single().Id), Actor.Hub);
        var countered = asking.Do(new AnswerInvite(First, true, null, new Conditions(ListenOnly: true)), Partner);

        Assert.Equal(LegStatus.Gone, countered.Legs.Single().Status);
        Assert.Equal("room.not-admitted", countered.Decide(Call(Ctic), Phone(Ctic)).Refused());
        Assert.Null(countered.Do(new AnswerCounter(First, true, new Conditions(ListenOnly: true)), Dispatcher).Decide(Call(Ctic), Phone(Ctic)).Refusal);
    }

    [Fact]
    public void Those_with_a_role_are_not_asked_at_the_agencys_desk()
    {
        Assert.Empty(Open().Do(new InviteAgency(Ctic, null, Role: Role.Commander), Dispatcher, around: Directory()).Legs);
        Assert.Single(Open().Do(new InviteAgency(Ctic, null), Dispatcher, around: Directory()).Legs);
    }

    [Fact]
    public void An_invitation_into_a_standing_room_waits_for_ever() =>
        Assert.Null(InviteTimes.Next(new RoomState(Code).Do(Opening(Ctic) with { ProvisionedAs = "abc" }, Dispatcher)));

    private static Surroundings Directory(params DirectoryEntry[] hpd)
    {
        var around = Around([.. hpd.Where(entry => entry is not AgencyEntry)]);
        return new Surroundings(around.Directory with
        {
            Agencies =
            [
                .. around.Directory.Agencies.Select(agency => agency.Agency == Ctic
                    ? agency with { Entries = [.. agency.Entries, new PersonEntry("lee", "Lee", Role.Member, null, null)] }
                    : agency.Agency == Hpd && hpd.OfType<AgencyEntry>().FirstOrDefault() is { } own
                    ? agency with { Entries = [own, .. agency.Entries.Where(entry => entry is not AgencyEntry)] }
                    : agency),
            ],
        });
    }

    private static RoomState Open() => new RoomState(Code).Do(Opening(), Dispatcher);

    private static RoomState Invited() => Open().Do(new InviteAgency(Ctic, null), Dispatcher);

    private static RoomState Member(Conditions conditions) =>
        Invited().Do(new AnswerInvite(First, true, null, conditions), Partner).Do(new AnswerCounter(First, true, conditions), Dispatcher);

    private static RoomState Expired()
    {
        var room = Invited();
        return room.Do(new FollowInvites(), Actor.Hub, room.Invite(First)!.ExpiresAt);
    }
}
