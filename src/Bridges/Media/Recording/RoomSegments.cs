using System.Security.Cryptography;

namespace Interop.Bridges.Media.Recording;

/// <summary>Makes segments of what a room's tap brings: one for each transmission of each leg, and the mix beside them.</summary>
/// <remarks>
/// Owned by the recorder's thread. What did not come is silence of the same length, so that a segment is as long as the
/// talk was. A disk that refuses costs what is said until it is tried again; <see cref="Failure"/> says so meanwhile.
/// </remarks>
/// <param name="tap">The room's.</param>
/// <param name="store">Where the files are.</param>
/// <param name="time">The clock.</param>
/// <param name="finished">Takes each segment.</param>
/// <param name="torn">Takes the id of each file that could not be finished, to be repaired.</param>
internal sealed class RoomSegments(RoomTap tap, ISegmentStore store, TimeProvider time, Action<Segment> finished, Action<string> torn)
{
    /// <summary>The longest piece, in ticks: a stuck key makes a file a minute.</summary>
    public const int Piece = 3000;

    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(1);

    private readonly Dictionary<TalkMark, OpenSegment> _open = [];
    private readonly List<OpenSegment> _over = [];
    private TimeSpan _probeAt;
    private TimeSpan _retryAt;
    private string? _failure;
    private bool _full;

    public RoomTap Tap => tap;

    /// <summary>What keeps the room from being recorded, in words for an operator; null when nothing does. From any thread.</summary>
    public string? Failure => Volatile.Read(ref _failure);

    private TimeSpan Now => time.GetElapsedTime(0);

    /// <summary>Writes what has come, and finishes what is over.</summary>
    /// <param name="ended">Whether nothing more will come.</param>
    public void Step(bool ended)
    {
        Probe();
        var last = tap.Tick;
        var now = time.GetUtcNow();
        while (tap.TryPeek(out var frame, out var samples))
        {
            Take(frame, samples, now - ((last - frame.Tick) * AudioFrame.Duration));
            tap.Advance();
        }

        FlushAll();
        foreach (var open in _open.Values)
            if (ended || open.IsOver(last)) _over.Add(open);
        foreach (var open in _over) Finish(open);
        _over.Clear();
    }

    private void Take(in TappedFrame frame, ReadOnlySpan<short> samples, DateTimeOffset at)
    {
        if (_open.TryGetValue(frame.Mark, out var open) && !open.Takes(frame))
        {
            Finish(open);
            open = null;
        }

        open ??= Begin(frame, at);
        if (open is null || !Try(open, frame, samples)) frame.Mark.Refused++;
    }

    private OpenSegment? Begin(in TappedFrame frame, DateTimeOffset at)
    {
        if (_full || Now < _retryAt) return null;
        var (transmission, upTo, _) = frame.Mark.Written;
        var start = transmission == frame.Transmission ? upTo : frame.Began;
        // What would be nothing but silence for a whole piece is not written.
        if (frame.Tick - start >= Piece) start = frame.Tick;
        var title = new SegmentTitle(
            RandomNumberGenerator.GetHexString(32, lowercase: true), tap.Room, frame.Mark.Leg is null ? SegmentKind.Mix : SegmentKind.Transmission,
            frame.Mark.Leg, frame.Talker, at - ((frame.Tick - start) * AudioFrame.Duration));
        try
        {
            return _open[frame.Mark] = new OpenSegment(new SegmentFile(store.Create(tap.Room, title.Id), title, frame.Band), frame, start);
        }
        catch (Exception refused) when (IsDisk(refused))
        {
            torn(title.Id);
            Fail(refused);
            return null;
        }
    }

    private bool Try(OpenSegment open, in TappedFrame frame, ReadOnlySpan<short> samples)
    {
        try
        {
            open.Add(frame, samples);
            return true;
        }
        catch (Exception refused) when (IsDisk(refused))
        {
            Tear(open, refused);
            return false;
        }
    }

    private void FlushAll()
    {
        var flushed = _open.Count > 0;
        foreach (var open in _open.Values)
        {
            try
            {
                open.File.Flush();
            }
            catch (Exception refused) when (IsDisk(refused))
            {
                flushed = false;
                Tear(open, refused);
            }
        }

        // What is open may go on where nothing new can begin: then whoever begins to talk is not recorded.
        if (flushed && !_full && Now >= _retryAt) Volatile.Write(ref _failure, null);
    }

    private void Finish(OpenSegment open)
    {
        try
        {
            var segment = open.Finish();
            _open.Remove(open.Mark);
            open.File.Dispose();
            finished(segment);
        }
        catch (Exception refused) when (IsDisk(refused))
        {
            Tear(open, refused);
        }
    }

    private void Tear(OpenSegment open, Exception refused)
    {
        _open.Remove(open.Mark);
        torn(open.File.Title.Id);
        Fail(refused);
        try
        {
            open.File.Dispose();
        }
        catch (IOException)
        {
            // The same disk says the same again.
        }
    }

    // Before anybody talks: whoever relies on a recording must know that there will be none.
    private void Probe()
    {
        if (Now < _probeAt) return;
        _probeAt = Now + s_retry;
        try
        {
            var full = store.Room() <= 0;
            if (full) Volatile.Write(ref _failure, "The disk is full, but for what the record of the rooms needs.");
            else if (_full) Volatile.Write(ref _failure, null);
            _full = full;
        }
        catch (Exception refused) when (IsDisk(refused))
        {
            Fail(refused);
        }
    }

    private void Fail(Exception refused)
    {
        _retryAt = Now + s_retry;
        Volatile.Write(ref _failure, refused.Message);
    }

    internal static bool IsDisk(Exception exception) => exception is IOException or UnauthorizedAccessException;
}
