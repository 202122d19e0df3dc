using Interop.Bridges.Media.Legs;
using Interop.Bridges.Media.Rooms;

namespace Interop.Bridges.Media.Recording;

/// <summary>One frame on its way from the tick to the writer.</summary>
/// <param name="Mark">Whose.</param>
/// <param name="Talker">Who it was then.</param>
/// <param name="Transmission">Which of its transmissions.</param>
/// <param name="Began">The tick with which that began.</param>
/// <param name="Tick">The tick of the frame.</param>
/// <param name="Dropped">How many frames of the voice had been dropped until then.</param>
/// <param name="Band">How wide it is.</param>
internal readonly record struct TappedFrame(TalkMark Mark, Talker? Talker, int Transmission, long Began, long Tick, long Dropped, Band Band);

/// <summary>Takes a copy of what a room hears: each voice by itself, and the mix of all.</summary>
/// <remarks>
/// A ring with one writer, the tick thread, and one reader, the recorder's. When the reader falls behind frames are dropped and
/// counted: the voice waits for no disk. All memory is taken when the tap is made.
/// </remarks>
internal sealed class RoomTap(string room, int capacity = RoomTap.Frames)
{
    /// <summary>Five seconds of one talker with the mix, one of nine. A power of two.</summary>
    public const int Frames = 512;

    /// <summary>Ticks of silence that do not end the mix: what is said in turn is one piece.</summary>
    public const int MixPause = 150;

    private static readonly int s_longest = Band.Wide.FrameSamples();

    private readonly TappedFrame[] _frames = new TappedFrame[capacity];
    private readonly short[] _samples = new short[capacity * s_longest];
    private readonly TalkMark _mix = new(leg: null);
    private readonly object _clock = new();
    private Band _mixBand;
    private long _written;
    private long _read;
    private long _tick = -1;
    private int _skipped;
    private long _dropped;

    public string Room { get; } = room;

    /// <summary>The last tick of which everything was offered. Read it before the frames: then none of its frames is missed.</summary>
    public long Tick => Volatile.Read(ref _tick);

    /// <summary>Frames that found the ring full.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>On the tick thread, once a tick, when everybody was heard and mixed.</summary>
    public void Take(List<Leg> legs, Mixdown mixdown)
    {
        var tick = _tick + 1 + _skipped;
        var heard = false;
        var wide = false;
        for (var i = 0; i < legs.Count; i++)
        {
            var leg = legs[i];
            if (!leg.Heard) continue;
            heard = true;
            wide |= leg.OwnBand == Band.Wide;
            leg.Mark.Heard(_clock, tick, pause: _skipped);
            Put(leg.Mark, tick, leg.OwnBand, leg.FrameIn(leg.OwnBand));
        }

        if (heard)
        {
            var before = _mix.Transmission;
            _mix.Heard(_clock, tick, MixPause);
            // Once somebody was wide the piece stays so: a file has one rate.
            if (_mix.Transmission != before) _mixBand = Band.Narrow;
            if (wide) _mixBand = Band.Wide;
            Put(_mix, tick, _mixBand, mixdown.Whole(_mixBand));
        }

        _skipped = 0;
        Volatile.Write(ref _tick, tick);
    }

    /// <summary>Time passes without audio; whoever talks on after it is still in the same transmission.</summary>
    public void Skip(int ticks) => _skipped += ticks;

    /// <summary>The next frame, on the recorder's thread; it stays until <see cref="Advance"/>.</summary>
    public bool TryPeek(out TappedFrame frame, out ReadOnlySpan<short> samples)
    {
        frame = default;
        samples = default;
        if (_read == Volatile.Read(ref _written)) return false;
        var slot = Slot(_read);
        frame = _frames[slot];
        samples = _samples.AsSpan(slot * s_longest, frame.Band.FrameSamples());
        return true;
    }

    public void Advance() => Volatile.Write(ref _read, _read + 1);

    private int Slot(long number) => (int)(number & (_frames.Length - 1));

    private void Put(TalkMark mark, long tick, Band band, ReadOnlySpan<short> samples)
    {
        if (_written - Volatile.Read(ref _read) == _frames.Length)
        {
            mark.Dropped++;
            Volatile.Write(ref _dropped, _dropped + 1);
            return;
        }

        var slot = Slot(_written);
        _frames[slot] = new TappedFrame(mark, mark.Talker, mark.Transmission, mark.Began, tick, mark.Dropped, band);
        samples.CopyTo(_samples.AsSpan(slot * s_longest));
        Volatile.Write(ref _written, _written + 1);
    }
}
