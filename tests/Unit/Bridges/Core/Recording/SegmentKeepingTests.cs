using Interop.Bridges.Core.Recording;
using Interop.Bridges.Media.Recording;
using Interop.Hub.Contracts.Rooms;
using Interop.Tests.Unit.Bridges.Core.Attendant;
using Interop.Tests.Unit.Media;
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
