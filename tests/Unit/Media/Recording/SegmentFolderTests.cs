using System.Diagnostics;
using Interop.Bridges.Media;
using Interop.Bridges.Media.Recording;
using Microsoft.Extensions.Logging.Abstractions;

namespace Interop.Tests.Unit.Media.Recording;

/// <summary>Segments as files of a real disk.</summary>
public sealed class SegmentFolderTests : IDisposable
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"interop-segments-{Guid.NewGuid():N}");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_segment_is_sealed_read_and_deleted_and_nobody_else_may_look_at_it()
    {
        var folder = new SegmentFolder(_directory, leaveFree: 0);
        var segment = await RecordAsync(folder);
        var (room, id) = (segment.Title.Room, segment.Title.Id);
        Assert.Equal(room, Assert.Single(folder.Rooms()));
        Assert.Equal($"{id}.part", Path.GetFileName(Assert.Single(Directory.GetFiles(Path.Combine(_directory, room)))));
        folder.Seal(room, id);
        folder.Seal(room, id);
        var path = Path.Combine(_directory, room, $"{id}.wav");
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(path)!));
        }

        using (var stream = folder.Open(room, id))
            Assert.Equal(segment.Octets, stream!.Length);
        folder.Delete(room, id);
        folder.Delete(room, id);
        Assert.Null(folder.Open(room, id));
        // Until the record says so too, the room must be asked again.
        Assert.Equal(room, Assert.Single(folder.Rooms()));
        folder.Prune(room);
        folder.Prune(room);
        Assert.Empty(folder.Rooms());
    }

    [Fact]
    public void A_folder_with_a_segment_is_not_pruned()
    {
        var folder = new SegmentFolder(_directory, leaveFree: 0);
        ((ISegmentStore)folder).Create("room", "0123456789abcdef0123456789abcdef").Dispose();
        folder.Prune("room");
        Assert.Equal("room", Assert.Single(folder.Rooms()));
    }

    [Theory]
    [InlineData("..", "0123456789abcdef0123456789abcdef")]
    [InlineData("a/b", "0123456789abcdef0123456789abcdef")]
    [InlineData("room", "../../etc/passwd")]
    [InlineData("room", "")]
    public void What_is_no_name_becomes_no_path(string room, string id)
    {
        var folder = new SegmentFolder(_directory, leaveFree: 0);
        Directory.CreateDirectory(_directory);
        Assert.Null(folder.Open(room, id));
        folder.Seal(room, id);
        folder.Delete("room", id);
        folder.Prune(room);
        Assert.Throws<IOException>(() => ((ISegmentStore)folder).Create(room, id));
    }

    [Fact]
    public void What_the_record_of_the_rooms_needs_is_not_the_recorders()
    {
        Assert.True(((ISegmentStore)new SegmentFolder(_directory, leaveFree: 0)).Room() > 0);
        Assert.True(((ISegmentStore)new SegmentFolder(_directory, leaveFree: long.MaxValue)).Room() < 0);
    }

    [Fact]
    public async Task A_player_reads_the_file_and_who_talks_in_it()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/ffprobe"), "ffprobe is not installed");
        var segment = await RecordAsync(new SegmentFolder(_directory, leaveFree: 0));
        var probe = new ProcessStartInfo("/usr/bin/ffprobe", ["-v", "error", "-show_entries", "stream=codec_name,sample_rate,duration:format_tags=comment", Path.Combine(_directory, segment.Title.Room, $"{segment.Title.Id}.part")])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        using var running = Process.Start(probe)!;
        var told = await running.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Contains("codec_name=pcm_mulaw", told, StringComparison.Ordinal);
        Assert.Contains("sample_rate=8000", told, StringComparison.Ordinal);
        Assert.Contains($"duration={segment.Length.TotalSeconds:0.000}", told, StringComparison.Ordinal);
        Assert.Contains("Engine 4", told, StringComparison.Ordinal);
    }

    private async Task<Segment> RecordAsync(SegmentFolder folder)
    {
        await using var rig = new MediaRig(recordings: folder);
        var a = await rig.AddPhoneAsync("a");
        rig.Engine.SetTalker(MediaRig.Room, "a", new Talker("Engine 4", "hfd"));
        rig.Engine.Record(MediaRig.Room, true);
        var tone = new Tone(400);
        rig.Ticks(50, () => a.Send(tone.Next()));
        rig.Ticks(30);
        rig.Recorder.Step();
        Assert.True(rig.Recorder.Finished.TryRead(out var segment));
        // The mix is still open; it is no part of this.
        foreach (var other in Directory.GetFiles(Path.Combine(_directory, segment.Title.Room)))
            if (!other.Contains(segment.Title.Id, StringComparison.Ordinal)) File.Delete(other);
        return segment;
    }
}
