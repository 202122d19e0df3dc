using Interop.Bridges.Media.Codecs;
using Interop.Bridges.Wire.Rtp;

namespace Interop.Bridges.Media.Jitter;

/// <summary>What became of a packet that was put into the buffer.</summary>
internal enum Placement
{
    Held,
    Duplicate,
    Late,
    OutOfWindow,
    TooLong,
}

/// <summary>What a frame that was read is made of.</summary>
internal enum Playout
{
    Silence,
    Audio,
    Concealed,
}

/// <summary>Turns packets of any size and order into 20 ms frames at the pace of the tick.</summary>
/// <remarks>
/// Owned by the tick thread. Memory is taken when a slot is first used, and kept; packets lie in a ring indexed by sequence number, whose size is a
/// power of two so that the index is continuous across the wrap from 65,535 to 0. Losses are told apart from lateness
/// only when the audio is due: what was concealed while waiting is owed back (<c>_debt</c>) if the packet proves lost, and
/// becomes delay if it was only late.
/// </remarks>
internal sealed class JitterBuffer
{
    /// <summary>Ring size: 320 ms of the shortest packets (10 ms), 640 ms of usual ones.</summary>
    public const int Slots = 32;

    /// <summary>The longest payload: what an Ethernet packet holds. Some gateways fill it, and 184 ms of G.711 is still audio.</summary>
    public const int LongestPayload = 1472;

    private const int UsualPayload = 512;

    // RFC 3550 A.1: MAX_MISORDER. Behind this a packet is not late but from a restarted sender.
    private const int MaxMisorder = 100;

    // A sender that restarts a little behind would be late for two seconds; so many in sequence are no stragglers.
    private const int LateProof = 5;
    private const int IdleAfter = 10 * AudioFrame.Samples;
    private const int TrimWindow = 100;
    private const int TrimSlack = AudioFrame.Samples + 40;
    private static readonly TimeSpan s_firstWait = TimeSpan.FromMilliseconds(5);

    private readonly Slot[] _slots = new Slot[Slots];
    private readonly short[] _decoded = new short[LongestPayload];
    private readonly short[] _surplus = new short[AudioFrame.Samples];
    private readonly LossConcealment _concealment = new();

    private PlayoutDelay _delay;
    private SequenceNumber _next;
    private SequenceNumber _probe;
    private SequenceNumber _lateNext;
    private int _lateRun;
    private TimeSpan _firstHeld;
    private bool _started;
    private bool _probing;
    private bool _playing;
    private bool _playedAny;
    private int _packets;
    private int _held;
    private int _packetSamples = AudioFrame.Samples;
    private int _decodedAt;
    private int _decodedEnd;
    private int _concealLeft;
    private int _debt;
    private int _windowTicks;
    private int _windowLeast = int.MaxValue;

    /// <summary>Packets that were due and never came in time.</summary>
    public long Lost { get; private set; }

    /// <summary>Frames that are, wholly or in part, repetition.</summary>
    public long Concealed { get; private set; }

    /// <summary>Times the stream was taken up anew after a jump of its sequence numbers.</summary>
    public long Resyncs { get; private set; }

    /// <summary>Frames or packets dropped because too much audio lay waiting.</summary>
    public long Trimmed { get; private set; }

    /// <summary>Samples at hand.</summary>
    public int Depth => _held + _decodedEnd - _decodedAt;

    /// <summary>Samples wanted at hand.</summary>
    public int Target => _delay.Target;

    /// <summary>Takes in a packet; a null codec is a packet without audio: comfort noise (RFC 3389) or a key, during which there is silence.</summary>
    public Placement Put(in RtpHeader header, ReadOnlySpan<byte> payload, AudioCodec? codec, TimeSpan now)
    {
        if (payload.Length > LongestPayload) return Placement.TooLong;
        if (!TryFit(header.Sequence, out var refusal)) return refusal;

        ref var slot = ref SlotOf(header.Sequence);
        if (slot.Filled) return Placement.Duplicate;
        if (_packets == 0)
        {
            _firstHeld = now;
            if (!_playing) _delay.Rebase();
        }

        slot.Filled = true;
        slot.Codec = codec;
        slot.Length = codec is null ? 0 : payload.Length;
        _packets++;
        if (codec is null) return Placement.Held;

        if (slot.Payload is null || slot.Payload.Length < payload.Length) slot.Payload = new byte[payload.Length <= UsualPayload ? UsualPayload : LongestPayload];
        payload.CopyTo(slot.Payload);
        _held += codec.SamplesIn(payload.Length);
        _delay.Observe(AudioFrame.ClockOf(now) - header.Timestamp);
        return Placement.Held;
    }

    /// <summary>Takes out the next 20 ms.</summary>
    public Playout Read(Span<short> frame, TimeSpan now)
    {
        if (!_playing && !TryBegin(now))
        {
            frame.Clear();
            return Playout.Silence;
        }

        DropOverflow();
        var surplus = TrackSurplus();
        var playout = Fill(frame);
        if (!surplus || playout != Playout.Audio) return playout;

        // Two frames become one by cross-fading: a cut would click.
        Trimmed++;
        Fill(_surplus);
        for (var i = 0; i < frame.Length; i++)
            frame[i] = (short)(((frame[i] * (frame.Length - i)) + (_surplus[i] * i)) / frame.Length);
        return playout;
    }

    /// <summary>Forgets the stream, not the counters: another source begins, or what is held is stale.</summary>
    public void Reset()
    {
        foreach (ref var slot in _slots.AsSpan()) slot.Filled = false;
        _delay = default;
        _started = _probing = _playing = _playedAny = false;
        _packets = _held = _decodedAt = _decodedEnd = _concealLeft = _debt = _lateRun = 0;
        _packetSamples = AudioFrame.Samples;
        ResetWindow();
        _concealment.Reset();
    }

    private bool TryFit(SequenceNumber sequence, out Placement refusal)
    {
        refusal = Placement.Held;
        if (!_started)
        {
            _started = true;
            _next = sequence;
            return true;
        }

        var ahead = sequence.DistanceFrom(_next);
        if (ahead is >= 0 and < Slots)
        {
            _probing = false;
            _lateRun = 0;
            return true;
        }

        // Nothing was played yet: the first packets may arrive in any order.
        if (ahead < 0 && !_playedAny && ahead > -Slots && Highest(ahead) < Slots)
        {
            _next = sequence;
            return true;
        }

        if (ahead is < 0 and >= -MaxMisorder)
        {
            _lateRun = sequence == _lateNext ? _lateRun + 1 : 1;
            _lateNext = sequence.Next;
            if (_lateRun >= LateProof) return Resync(sequence);
            refusal = Placement.Late;
            return false;
        }

        // RFC 3550 A.1: two packets in sequence prove a jump; one alone may be forged or stale.
        if (_probing && sequence == _probe) return Resync(sequence);

        _probing = true;
        _probe = sequence.Next;
        refusal = Placement.OutOfWindow;
        return false;
    }

    private bool Resync(SequenceNumber sequence)
    {
        Reset();
        Resyncs++;
        _started = true;
        _next = sequence;
        return true;
    }

    // The distance from a new first packet to the last one held.
    private int Highest(int ahead)
    {
        for (var i = Slots - 1; i >= 0; i--)
            if (SlotOf(_next.Plus(i)).Filled) return i - ahead;
        return -ahead;
    }

    private ref Slot SlotOf(SequenceNumber sequence) => ref _slots[sequence.Value & (Slots - 1)];

    private bool TryBegin(TimeSpan now)
    {
        // What carries no audio is not waited for, and does not wait for audio either.
        while (_packets > 0 && SlotOf(_next) is { Filled: true, Codec: null }) Take();
        if (_packets == 0 || (_held < Target && _packets < Slots / 2) || now - _firstHeld < s_firstWait) return false;
        while (!SlotOf(_next).Filled) _next = _next.Next;
        _playing = true;
        _debt = 0;
        ResetWindow();
        return true;
    }

    private Playout Fill(Span<short> frame)
    {
        var filled = 0;
        var heard = false;
        var concealed = false;
        while (filled < frame.Length)
        {
            var rest = frame[filled..];
            if (_decodedAt < _decodedEnd)
            {
                var count = Math.Min(rest.Length, _decodedEnd - _decodedAt);
                _decoded.AsSpan(_decodedAt, count).CopyTo(rest);
                _decodedAt += count;
                filled += count;
                heard = true;
            }
            else if (_concealLeft > 0)
            {
                var count = Math.Min(rest.Length, _concealLeft);
                _concealment.Fill(rest[..count]);
                _concealLeft -= count;
                filled += count;
                concealed = true;
            }
            else if (!_playing)
            {
                rest.Clear();
                break;
            }
            else
            {
                Advance(rest.Length);
            }
        }

        if (concealed) Concealed++;
        return heard ? Playout.Audio : concealed ? Playout.Concealed : Playout.Silence;
    }

    // Decides what stands next in the stream: a packet, a loss, or waiting for one that may only be late.
    private void Advance(int wanted)
    {
        if (SlotOf(_next).Filled)
        {
            Take();
        }
        else if (_packets > 0 && _debt >= _packetSamples)
        {
            _debt -= _packetSamples;
            Skip();
        }
        else if (_packets > 0 && _held >= Target)
        {
            _concealLeft = _packetSamples;
            Skip();
        }
        else if (_debt >= IdleAfter)
        {
            // A partner who let go of the key sends nothing: that is silence and not loss.
            _playing = false;
            _debt = 0;
        }
        else
        {
            _concealLeft = wanted;
            _debt += wanted;
        }
    }

    private void Take()
    {
        ref var slot = ref SlotOf(_next);
        slot.Filled = false;
        _packets--;
        _playedAny = true;
        if (slot.Codec is not null)
        {
            _decodedEnd = slot.Codec.Decode(slot.Payload.AsSpan(0, slot.Length), _decoded);
            _decodedAt = 0;
            _held -= _decodedEnd;
            _debt = 0;
            if (_decodedEnd > 0)
            {
                _packetSamples = _decodedEnd;
                _concealment.Heard(_decoded.AsSpan(0, _decodedEnd));
            }
        }

        // The far end says that it is silent, or presses a key: nothing is due until it speaks, so nothing is made up.
        else if (_packets == 0)
        {
            _playing = false;
            _debt = _concealLeft = 0;
            _concealment.Reset();
        }

        _next = _next.Next;
    }

    private void Skip()
    {
        Lost++;
        _playedAny = true;
        _next = _next.Next;
    }

    private void DropOverflow()
    {
        while (_held > PlayoutDelay.Maximum + LongestPayload)
        {
            if (SlotOf(_next).Filled)
            {
                Take();
                Trimmed++;
            }
            else
            {
                Skip();
            }
        }
    }

    // Delay that was never needed in two seconds is given back.
    private bool TrackSurplus()
    {
        _windowLeast = Math.Min(_windowLeast, Depth);
        if (++_windowTicks < TrimWindow) return false;
        var surplus = _windowLeast >= Target + TrimSlack;
        ResetWindow();
        return surplus;
    }

    private void ResetWindow()
    {
        _windowTicks = 0;
        _windowLeast = int.MaxValue;
    }

    private struct Slot
    {
        public bool Filled;
        public int Length;
        public AudioCodec? Codec;
        public byte[]? Payload;
    }
}
