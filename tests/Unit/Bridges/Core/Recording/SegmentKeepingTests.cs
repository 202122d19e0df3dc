using System.Collections;
using Interop.Bridges.Core.Recording;
using Interop.Bridges.Media.Recording;
using Interop.Hub.Contracts.Rooms;
using Interop.Tests.Unit.Bridges.Core.Attendant;
using Interop.Tests.Unit.Media;
using Interop.Tests.Unit.Media.Recording;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Interop.Tests.Unit.Bridges.Core.Recording;

/// <summary>From the finished file to the record, and from the record to the deleted file.</summary>
public sealed class SegmentKeepingTests : IDisposable
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"interop-keeping-{Guid.NewGuid():N}");
    private readonly FakeTimeProvider _time = new();

    public void Dispose()
    {
        if (Directory.Exists(_directory)) Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task A_segment_is_sealed_when_the_room_has_entered_it_and_asked_again_until_then()
    {
        var folder = new SegmentFolder(_directory, leaveFree: 0);
        await RecordAsync(folder);
        using var recorder = new Recorder(folder, _time, NullLogger<Recorder>.Instance);
        recorder.Recover();
        recorder.Step();
        var room = new DeskRoom { Unreachable = 1 };
        using var relay = new SegmentRelay(recorder, folder, OneRoom.Of(room), _time, NullLogger<SegmentRelay>.Instance);

        await relay.RoundAsync();
        Assert.Equal(2, Directory.GetFiles(_directory, "*.part", SearchOption.AllDirectories).Length);
        await relay.RoundAsync();
        var entered = Assert.IsType<RecordSegments>(await room.NextAsync());
        Assert.Equal(["Engine 4", null], entered.Segments.OrderBy(segment => segment.Kind).Select(segment => segment.Talker));
        Assert.Equal("hfd", entered.Segments.Single(segment => segment.Kind == Interop.Hub.Contracts.Rooms.SegmentKind.Transmission).Agency?.Value);
        Assert.Empty(Directory.GetFiles(_directory, "*.part", SearchOption.AllDirectories));
        Assert.Equal(2, Directory.GetFiles(_directory, "*.wav", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public async Task What_is_over_its_time_is_deleted_before_the_record_says_so_also_when_it_was_gone_already()
    {
        var folder = new SegmentFolder(_directory, leaveFree: 0);
        await RecordAsync(folder);
        var ids = Directory.GetFiles(_directory, "*.part", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension).OfType<string>().ToArray();
        var room = new DeskRoom();
        // The second list has what a crash left: its file is gone, and the record does not know.
        room.Expired.Enqueue([ids[0]]);
        room.Expired.Enqueue([ids[0], ids[1]]);
        using var retention = new Retention(folder, OneRoom.Of(room), _time, NullLogger<Retention>.Instance);
        await retention.SweepAsync(TestContext.Current.CancellationToken);
        Assert.Equal([ids[0]], Assert.IsType<ForgetRecordings>(await room.NextAsync()).Segments);
        Assert.Equal([ids[0], ids[1]], Assert.IsType<ForgetRecordings>(await room.NextAsync()).Segments);
        Assert.Empty(folder.Rooms());
    }

    [Fact]
    public async Task A_room_that_did_not_take_what_was_deleted_is_asked_again()
    {
        var folder = new SegmentFolder(_directory, leaveFree: 0);
        await RecordAsync(folder);
        var ids = Directory.GetFiles(_directory, "*.part", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension).OfType<string>().ToArray();
        var room = new DeskRoom { Unreachable = 1 };
        room.Expired.Enqueue(ids);
        room.Expired.Enqueue(ids);
        using var retention = new Retention(folder, OneRoom.Of(room), _time, NullLogger<Retention>.Instance);
        await retention.SweepAsync(TestContext.Current.CancellationToken);
        Assert.Single(folder.Rooms());
        await retention.SweepAsync(TestContext.Current.CancellationToken);
        Assert.Equal(ids, Assert.IsType<ForgetRecordings>(await room.NextAsync()).Segments);
        Assert.Empty(folder.Rooms());
    }

    [Fact]
    public async Task A_slow_disk_deletes_no_more_than_the_room_keeps_from_being_held_and_goes_on_when_asked_again()
    {
        var folder = new SegmentFolder(_directory, leaveFree: 0);
        await RecordAsync(folder);
        var room = new DeskRoom();
        room.Expired.Enqueue(new Slowly(["a", "b", "c"], () => _time.Advance(TimeSpan.FromSeconds(30))));
        room.Expired.Enqueue(["c"]);
        using var retention = new Retention(folder, OneRoom.Of(room), _time, NullLogger<Retention>.Instance);
        await retention.SweepAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["a", "b"], Assert.IsType<ForgetRecordings>(await room.NextAsync()).Segments);
        Assert.Equal(["c"], Assert.IsType<ForgetRecordings>(await room.NextAsync()).Segments);
    }

    [Fact]
    public async Task A_room_that_cannot_be_reached_makes_no_more_wait_than_has_its_bound()
    {
        var disk = new MemoryDisk();
        disk.Leave(files: 4_200);
        using var recorder = new Recorder(disk, _time, NullLogger<Recorder>.Instance);
        recorder.Recover();
        while (recorder.Finished.Count < 4_200) recorder.Step();
        var room = new DeskRoom { Unreachable = 1 };
        using var relay = new SegmentRelay(recorder, new SegmentFolder(_directory, leaveFree: 0), OneRoom.Of(room), _time, NullLogger<SegmentRelay>.Instance);
        await relay.RoundAsync();
        Assert.Equal(4_200 - 4_096, recorder.Finished.Count);
        for (var round = 0; round < 21; round++) await relay.RoundAsync();
        var entered = new HashSet<string>();
        for (var round = 0; round < 21; round++)
            Assert.All(Assert.IsType<RecordSegments>(await room.NextAsync()).Segments, segment => Assert.True(entered.Add(segment.Id)));
        Assert.Equal((4_200, 0), (entered.Count, recorder.Finished.Count));
    }

    private sealed class Slowly(string[] ids, Action passes) : IReadOnlyList<string>
    {
        public int Count => ids.Length;

        public string this[int index] => ids[index];

        public IEnumerator<string> GetEnumerator()
        {
            foreach (var id in ids)
            {
                yield return id;
                passes();
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private static async Task RecordAsync(SegmentFolder folder)
    {
        await using var rig = new MediaRig(recordings: folder);
        var a = await rig.AddPhoneAsync("a");
        rig.Engine.SetTalker(MediaRig.Room, "a", new Talker("Engine 4", "hfd"));
        rig.Engine.Record(MediaRig.Room, true);
        var tone = new Tone(400);
        rig.Ticks(50, () => a.Send(tone.Next()));
        rig.Recorder.Step(ending: true);
    }
}
