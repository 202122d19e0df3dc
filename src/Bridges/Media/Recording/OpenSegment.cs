namespace Interop.Bridges.Media.Recording;

/// <summary>A segment that is being made, and where in the room's time it stands.</summary>
internal sealed class OpenSegment(SegmentFile file, in TappedFrame first, long start)
{
    private readonly Talker? _talker = first.Talker;
    private readonly int _transmission = first.Transmission;
    private readonly Band _band = first.Band;
    private readonly long _lostBefore = first.Mark.Written.Lost;
    private readonly long _start = start;
    private long _next = start;
    private long _lost;
    private long _filled;

    public TalkMark Mark { get; } = first.Mark;

    public SegmentFile File => file;

    /// <summary>Whether the frame goes on with this segment.</summary>
    public bool Takes(in TappedFrame frame) =>
        frame.Transmission == _transmission && frame.Band == _band && frame.Tick - _start < RoomSegments.Piece && Equals(frame.Talker, _talker);

    /// <summary>Adds a frame, and silence in place of what should have come before it.</summary>
    public void Add(in TappedFrame frame, ReadOnlySpan<short> samples)
    {
        Fill(frame.Tick, frame.Dropped);
        file.Add(samples);
        _next = frame.Tick + 1;
        Mark.Written = (_transmission, _next, _lostBefore + _lost);
    }

    /// <summary>Whether nothing more of it can come, everything up to the last tick having been read.</summary>
    public bool IsOver(long last) => Mark.Leg is null ? last - Mark.LastTick > RoomTap.MixPause : Mark.LastTick < last;

    public Segment Finish()
    {
        // Its last frames may be among those that were dropped. The tick is read first, as it is written last: it may be the next transmission's.
        var last = Mark.LastTick;
        if (Mark.Transmission == _transmission && last >= _next && last - _start < RoomSegments.Piece) Fill(last + 1, Mark.Dropped);
        return file.Finish(Math.Min(_lost, _filled) * AudioFrame.Duration);
    }

    private void Fill(long upTo, long dropped)
    {
        _lost = dropped + Mark.Refused - _lostBefore;
        _filled += upTo - _next;
        file.AddSilence(upTo - _next);
        _next = Math.Max(_next, upTo);
    }
}
