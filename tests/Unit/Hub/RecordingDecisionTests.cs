using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Directory;
using Interop.Hub.Domain.Rooms;
using Xunit;
using static Interop.Tests.Unit.Hub.Rooms;

namespace Interop.Tests.Unit.Hub;

/// <summary>What a room decides about its recordings: once each, kept as long as the rule says, and longer under a hold.</summary>
public sealed class RecordingDecisionTests
{
    private static readonly Actor Commander = Person(Hpd, Role.Commander);
    private static readonly RecordingRule Rule = new(true, 30);

    [Fact]
    public void A_segment_that_is_reported_again_is_entered_once()
    {
        var room = Busy().Do(new RecordSegments([Segment("a"), Segment("b")]), Actor.Hub);
        var again = room.Decide(new RecordSegments([Segment("b"), Segment("c")]), Actor.Hub);
        Assert.Equal("c", Assert.Single(Assert.IsType<SegmentsRecorded>(Assert.Single(again.Events)).Segments).Id);
        Assert.Empty(room.Decide(new RecordSegments([Segment("a")]), Actor.Hub).Events);
        Assert.Equal(2, RoomLive.Header(room).Recording!.Segments);
    }

    [Fact]
    public void A_closed_rooms_segments_are_entered_heard_and_held()
    {
        var room = Busy().Do(new CloseRoom(null), Dispatcher).Do(new FinishClose(), Actor.Hub, Now.AddMinutes(1));
        Assert.True(room.IsOver);
        room = room.Do(new RecordSegments([Segment("a")]), Actor.Hub).Do(new HearRecording("a"), Partner).Do(new HoldRecordings("subpoena"), Commander);
        Assert.Equal("subpoena", room.Recordings.Hold!.Reason);
    }

    [Fact]
    public void What_was_not_recorded_cannot_be_heard() =>
        Assert.Equal("recording.unknown", Busy().Decide(new HearRecording("a"), Dispatcher).Refused());

    [Fact]
    public void A_failure_is_told_once_however_its_words_change_and_so_is_its_end()
    {
        var room = Busy().Do(new TellRecording(RecordingStatus.On, null), Actor.Hub);
        Assert.Empty(room.Decide(new TellRecording(RecordingStatus.On, null), Actor.Hub).Events);
        room = room.Do(new TellRecording(RecordingStatus.Failed, "for 3 s"), Actor.Hub);
        Assert.Equal((RecordingStatus.Failed, "for 3 s"), (RoomLive.Header(room).Recording!.Status, RoomLive.Header(room).Recording!.Cause));
        Assert.Empty(room.Decide(new TellRecording(RecordingStatus.Failed, "for 4 s"), Actor.Hub).Events);
        Assert.IsType<RecordingStarted>(Assert.Single(room.Decide(new TellRecording(RecordingStatus.On, null), Actor.Hub).Events));
    }

    [Fact]
    public void A_recording_is_kept_for_its_days_and_under_a_hold_for_ever()
    {
        var room = Busy().Do(new RecordSegments([Segment("a"), Segment("b", Now.AddDays(1))]), Actor.Hub);
        Assert.Empty(Recordings.Expired(room, Rule, Now.AddDays(30)));
        Assert.Equal(["a"], Recordings.Expired(room, Rule, Now.AddDays(30).AddSeconds(2)));
        Assert.Equal(["a", "b"], Recordings.Expired(room, Rule, Now.AddDays(32)));
        var held = room.Do(new HoldRecordings("subpoena"), Commander);
        Assert.Empty(Recordings.Expired(held, Rule, Now.AddYears(50)));
        Assert.Equal("recording.held", held.Decide(new HoldRecordings("another"), Commander).Refused());
        Assert.Equal(["a"], Recordings.Expired(held.Do(new ReleaseRecordings("withdrawn"), Commander), Rule, Now.AddDays(30).AddSeconds(2)));
    }

    [Fact]
    public void What_is_deleted_is_forgotten_once_and_stays_in_the_record()
    {
        var room = Busy().Do(new RecordSegments([Segment("a"), Segment("b")]), Actor.Hub);
        var around = Around() with { Recording = Rule };
        var deleted = Assert.IsType<RecordingsDeleted>(Assert.Single(room.Decide(new ForgetRecordings(["a", "unknown"]), Actor.Hub, around: around).Events));
        Assert.Equal(("a", "kept for 30 days"), (Assert.Single(deleted.Segments), deleted.Reason));
        room = room.Do(new ForgetRecordings(["a"]), Actor.Hub, around: around);
        Assert.Empty(room.Decide(new ForgetRecordings(["a"]), Actor.Hub, around: around).Events);
        Assert.Equal("recording.unknown", room.Decide(new HearRecording("a"), Dispatcher).Refused());
    }

    [Fact]
    public void A_hold_says_why() =>
        Assert.Equal("room.invalid", Busy().Decide(new HoldRecordings(" "), Commander).Refused());

    [Fact]
    public void The_rule_for_a_type_comes_before_the_owners_general_one_and_that_before_the_hubs()
    {
        var directory = Around(new RecordingEntry("all", null, true, 10), new RecordingEntry("drills", "drill", false, 1)).Directory;
        Assert.Equal(new RecordingRule(false, 1), RecordingRule.For(directory, Hpd, "drill", RecordingRule.Default));
        Assert.Equal(new RecordingRule(true, 10), RecordingRule.For(directory, Hpd, "shooting", RecordingRule.Default));
        Assert.Equal(RecordingRule.Default, RecordingRule.For(directory, Ctic, "shooting", RecordingRule.Default));
        Assert.False(RecordingRule.Default.Record);
    }

    [Theory]
    [InlineData(null, 0, "keepDays")]
    [InlineData(null, 36_501, "keepDays")]
    [InlineData("No Word", 1, "type")]
    public void A_rule_that_makes_no_sense_is_refused_with_its_field(string? type, int days, string field) =>
        Assert.Equal(field, EntryRules.Fault(Hpd, new RecordingEntry("r", type, true, days))?.Field);

    private static RecordedSegment Segment(string id, DateTimeOffset? at = null) =>
        new(id, SegmentKind.Transmission, new("leg-1"), "100", Hpd, at ?? Now, 1_000, 9_024, new string('0', 64));
}
