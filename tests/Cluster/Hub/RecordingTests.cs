using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Journal;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Grains.Journal;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Interop.Tests.Cluster.Hub;

/// <summary>Recordings in a room's record: what they were, who heard, held and deleted them.</summary>
public sealed class RecordingTests
{
    private static readonly Actor Commander = new(ActorKind.Person, Cast.Hpd, "Chris", Role.Commander);

    private static readonly Actor Observer = Cast.Dispatcher with { Role = Role.Observer };

    [Fact]
    public async Task The_chain_keeps_the_hash_of_what_is_deleted_and_verifies_without_it()
    {
        using var data = new DataDirectory();
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero));
        RoomCode code;
        await using (var hub = await HubCluster.Start(data.Path, clock: clock))
        {
            code = await Begin(hub, clock);
            var room = hub.Room(code);
            Assert.True((await room.Execute(new RecordSegments([Segment("a", clock), Segment("b", clock)]), Actor.Hub, Cast.Id())).Ok);
            // Told again, as after a crash before the file was sealed.
            Assert.True((await room.Execute(new RecordSegments([Segment("b", clock)]), Actor.Hub, Cast.Id())).Ok);
            Assert.Equal(["a", "b"], await room.TakeExpired());
            Assert.True((await room.Execute(new ForgetRecordings(["a", "b"]), Actor.Hub, Cast.Id())).Ok);
            Assert.Empty(await room.TakeExpired());
            Assert.Empty((await room.Recordings(Cast.Dispatcher, null, 100)).Value!);
        }

        var journal = new JournalOptions { Directory = data.Path };
        Assert.Null(JournalVerifier.Verify(journal).FirstBroken);
        Assert.Equal(
            [("a", new string('a', 64), "kept for 30 days"), ("b", new string('b', 64), "kept for 30 days")],
            RecordedAudio.Read(journal, code.Value).Select(file => (file.Segment.Id, file.Segment.Sha256, file.Deleted!)));
    }

    [Fact]
    public async Task A_hold_outlives_a_restart_and_stops_every_deletion_until_it_is_released()
    {
        using var data = new DataDirectory();
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero));
        RoomCode code;
        await using (var hub = await HubCluster.Start(data.Path, clock: clock))
        {
            code = await Begin(hub, clock);
            Assert.True((await hub.Room(code).Execute(new RecordSegments([Segment("a", clock)]), Actor.Hub, Cast.Id())).Ok);
            Assert.True((await hub.Room(code).Execute(new HoldRecordings("subpoena"), Commander, Cast.Id())).Ok);
        }

        await using (var hub = await HubCluster.Start(data.Path, clock: clock))
        {
            var room = hub.Room(code);
            Assert.Empty(await room.TakeExpired());
            Assert.Equal("a", Assert.Single((await room.Recordings(Cast.Dispatcher, null, 100)).Value!).Id);
            Assert.True((await room.Execute(new ReleaseRecordings("settled"), Commander, Cast.Id())).Ok);
            Assert.Equal(["a"], await room.TakeExpired());

            // The files are being deleted: a hold that began now would hold what is gone.
            Assert.Equal("recording.deleting", (await room.Execute(new HoldRecordings("late"), Commander, Cast.Id())).Refusal?.Code);
            clock.Advance(TimeSpan.FromMinutes(1));
            Assert.True((await room.Execute(new HoldRecordings("late"), Commander, Cast.Id())).Ok);
        }
    }

    [Fact]
    public async Task Nothing_is_deleted_while_the_owners_rule_is_not_known()
    {
        using var data = new DataDirectory();
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero));
        await using var hub = await HubCluster.Start(data.Path, clock: clock);
        var code = await hub.Open();
        Assert.True((await hub.Room(code).Execute(new RecordSegments([Segment("a", clock)]), Actor.Hub, Cast.Id())).Ok);
        Assert.Empty(await hub.Room(code).TakeExpired());
    }

    [Fact]
    public async Task Who_hears_a_recording_stands_in_the_record_once_for_one_hearing_and_whoever_may_not_does_not()
    {
        using var data = new DataDirectory();
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero));
        await using var hub = await HubCluster.Start(data.Path, clock: clock);
        var code = await Begin(hub, clock);
        var room = hub.Room(code);
        Assert.True((await room.Execute(new RecordSegments([Segment("a", clock)]), Actor.Hub, Cast.Id())).Ok);
        var hearing = Cast.Id();
        for (var part = 0; part < 3; part++)
            Assert.True((await room.Execute(new HearRecording("a"), Cast.Dispatcher, hearing)).Ok);
        Assert.Equal("room.unknown", (await room.Execute(new HearRecording("a"), Cast.Partner, Cast.Id())).Refusal?.Code);
        Assert.Equal("room.unknown", (await room.Recordings(Cast.Partner, null, 100)).Refusal?.Code);
        Assert.Equal(["room.opened", "recording.segments", "recording.heard"], (await Journal(room)).Select(entry => entry.Type));
    }

    [Fact]
    public async Task Whoever_lost_the_right_is_not_answered_with_the_receipt_of_an_earlier_hearing()
    {
        using var data = new DataDirectory();
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero));
        await using var hub = await HubCluster.Start(data.Path, clock: clock);
        var room = hub.Room(await Begin(hub, clock));
        Assert.True((await room.Execute(new RecordSegments([Segment("a", clock)]), Actor.Hub, Cast.Id())).Ok);
        var hearing = Cast.Id();
        Assert.True((await room.Execute(new HearRecording("a"), Cast.Dispatcher, hearing)).Ok);
        Assert.Equal(RefusalKind.Denied, (await room.Execute(new HearRecording("a"), Observer, hearing)).Refusal?.Kind);
    }

    [Fact]
    public async Task Whoever_may_not_hear_reads_a_record_without_what_was_recorded_page_by_page()
    {
        using var data = new DataDirectory();
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero));
        await using var hub = await HubCluster.Start(data.Path, clock: clock);
        var room = hub.Room(await Begin(hub, clock));
        Assert.True((await room.Execute(new RecordSegments([Segment("a", clock)]), Actor.Hub, Cast.Id())).Ok);
        Assert.True((await room.Execute(new HearRecording("a"), Cast.Dispatcher, Cast.Id())).Ok);
        Assert.True((await room.Execute(new ForgetRecordings(["a"]), Actor.Hub, Cast.Id())).Ok);
        Assert.True((await room.Execute(new HoldRecordings("subpoena"), Commander, Cast.Id())).Ok);

        Assert.Equal(["room.opened", "recording.segments", "recording.heard", "recording.deleted", "recording.held"], (await Journal(room)).Select(entry => entry.Type));
        var first = Assert.Single((await room.ReadJournal(Observer, 0, 1)).Value!);
        var second = Assert.Single((await room.ReadJournal(Observer, first.Version, 1)).Value!);
        Assert.Equal(("room.opened", "recording.held"), (first.Type, second.Type));
        Assert.Empty((await room.ReadJournal(Observer, second.Version, 1)).Value!);
    }

    [Fact]
    public async Task Recordings_come_newest_first_and_no_more_than_were_asked_for()
    {
        using var data = new DataDirectory();
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero));
        await using var hub = await HubCluster.Start(data.Path, clock: clock);
        var room = hub.Room(await Begin(hub, clock));
        var oldest = Segment("a", clock);
        var kept = Enumerable.Range(0, 4).Select(number => oldest with { Id = $"{number}", StartedAt = oldest.StartedAt.AddMinutes(number) }).ToArray();
        Assert.True((await room.Execute(new RecordSegments(kept), Actor.Hub, Cast.Id())).Ok);
        Assert.Equal(["3", "2"], (await room.Recordings(Cast.Dispatcher, null, 2)).Value!.Select(segment => segment.Id));
        Assert.Equal(["1", "0"], (await room.Recordings(Cast.Dispatcher, kept[2].StartedAt, 2)).Value!.Select(segment => segment.Id));
        Assert.Equal(kept[1], (await room.Recording(Cast.Dispatcher, "1")).Value);
        Assert.Equal("recording.unknown", (await room.Recording(Cast.Dispatcher, "4")).Refusal?.Code);
        Assert.Equal(RefusalKind.Denied, (await room.Recording(Observer, "1")).Refusal?.Kind);
    }

    [Fact]
    public async Task A_room_that_came_up_anew_begins_no_hold_while_a_node_may_delete_what_it_was_given_before()
    {
        using var data = new DataDirectory();
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero));
        RoomCode code;
        await using (var hub = await HubCluster.Start(data.Path, clock: clock))
        {
            code = await Begin(hub, clock);
            Assert.True((await hub.Room(code).Execute(new RecordSegments([Segment("a", clock)]), Actor.Hub, Cast.Id())).Ok);
            Assert.Equal(["a"], await hub.Room(code).TakeExpired());
        }

        await using (var hub = await HubCluster.Start(data.Path, clock: clock))
        {
            var room = hub.Room(code);
            Assert.Equal("recording.deleting", (await room.Execute(new HoldRecordings("subpoena"), Commander, Cast.Id())).Refusal?.Code);
            clock.Advance(TimeSpan.FromMinutes(1));
            Assert.True((await room.Execute(new HoldRecordings("subpoena"), Commander, Cast.Id())).Ok);
        }
    }

    [Fact]
    public async Task A_recording_that_cannot_be_entered_for_now_is_entered_once_when_it_can()
    {
        using var data = new DataDirectory();
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero));
        await using var hub = await HubCluster.Start(data.Path, clock: clock);
        var code = await Begin(hub, clock);
        var room = hub.Room(code);
        hub.Of<RefusingJournal>().LosesAnswer = append => append.Entries.Any(entry => entry.Type == "recording.segments");
        Assert.Equal(RefusalKind.Unavailable, (await room.Execute(new RecordSegments([Segment("a", clock)]), Actor.Hub, Cast.Id())).Refusal?.Kind);
        hub.Of<RefusingJournal>().LosesAnswer = _ => false;
        Assert.True((await room.Execute(new RecordSegments([Segment("a", clock)]), Actor.Hub, Cast.Id())).Ok);
        Assert.Equal(["room.opened", "recording.segments"], (await Journal(room)).Select(entry => entry.Type));
    }

    private static async Task<IReadOnlyList<JournalEntry>> Journal(IRoomGrain room) => (await room.ReadJournal(Cast.Dispatcher, 0, 100)).Value!;

    private static async Task<RoomCode> Begin(HubCluster hub, FakeTimeProvider clock)
    {
        Assert.True((await hub.Agency("hpd").Provision(
            [new AgencyEntry("hpd", "Hartford Police", AgencyLevel.City), new RecordingEntry("all", null, true, 30)], Cast.Provisioning)).Ok);
        await Eventually.Holds(
            () =>
            {
                clock.Advance(TimeSpan.FromMilliseconds(10));
                return hub.Of<IDirectory>().Current.Find(Cast.Hpd) is not null;
            },
            "the rule reached the node");
        return await hub.Open();
    }

    // Old already: a clock that is turned by a month would make every timer of the silo run a million times.
    private static RecordedSegment Segment(string id, TimeProvider clock) =>
        new(id, SegmentKind.Transmission, new LegId("leg-1"), "100", Cast.Hpd, clock.GetUtcNow().AddDays(-31), 1_000, 9_024, new string(id[0], 64));
}
