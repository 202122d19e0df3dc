using Interop.Bridges.Media.Codecs;
using Interop.Bridges.Wire.Rtp;

namespace Interop.Bridges.Media.Jitter;

/// <summary>What a frame that was read is made of.</summary>
internal enum Playout
{
    Silence,
    Noise,
    Audio,
    Concealed,
}

/// <summary>Turns packets of any size, order and coding into 20 ms frames at the pace of the tick.</summary>
/// <remarks>
/// Owned by the tick thread. Times are counted in 1/8000 s whatever the band of the sound. Losses are told apart from lateness
/// only when the audio is due: what was concealed while waiting is owed back (<c>_debt</c>) if the packet proves lost, and
/// becomes delay if it was only late. Delay that proves too much, or too little to be safe, is worked off by splices, so that
/// clocks that drift apart neither fill the buffer nor run it dry.
/// </remarks>
internal sealed class JitterBuffer
{
    /// <summary>The longest payload: what an Ethernet packet holds. Some gateways fill it, and 184 ms of G.711 is still audio.</summary>
    public const int LongestPayload = 1472;

    private const int IdleAfter = 10 * AudioFrame.Samples;

    private static readonly TimeSpan s_firstWait = TimeSpan.FromMilliseconds(5);

    private readonly PacketRing _ring = new();
    private readonly AudioDecoder?[] _decoders = new AudioDecoder?[AudioCodec.Count];
    private readonly short[] _decoded = new short[AudioCodec.LongestDecoded];
    private readonly short[] _spliced = new short[2 * (AudioFrame.Samples + Splice.Longest)];
    private readonly short[] _left = new short[2 * Splice.Longest];
    private readonly LossConcealment _concealment = new();

    private PlayoutDelay _delay;
    private ComfortNoise _noise;
    private AudioDecoder? _decoder;
    private TimeSpan _firstHeld;
    private TimeSpan _lastRead;
    private bool _playing;
    private int _packetTime = AudioFrame.Samples;
    private int _leftCount;
    private int _decodedAt;
    private int _decodedEnd;
    private bool _recovered;
    private int _concealLeft;
    private int _debt;
    private DepthWindow _window = new();

    /// <summary>The band of the frames, which is that of the packets.</summary>
    public Band Band { get; private set; }

    /// <summary>Packets that were due and never came in time.</summary>
    public long Lost { get; private set; }

    /// <summary>Frames that are, wholly or in part, made up.</summary>
    public long Concealed { get; private set; }

    /// <summary>Times the stream was taken up anew after a jump of its sequence numbers.</summary>
    public long Resyncs { get; private set; }

    /// <summary>Frames that were made of more sound than they last, and packets dropped, because too much audio lay waiting.</summary>
    public long Trimmed { get; private set; }

    /// <summary>Frames that were made of less sound than they last, because too little lay waiting.</summary>
    public long Stretched { get; private set; }

    /// <summary>Audio at hand, in 1/8000 s.</summary>
    public int Depth => _ring.Time + ((_leftCount + _decodedEnd - _decodedAt) / Band.Scale());

    /// <summary>What the last packet brought, in 1/8000 s.</summary>
    public int PacketTime => _packetTime;

    /// <summary>Audio wanted at hand.</summary>
    public int Target => _delay.Target;

    /// <summary>The packet that the last frame begins in; null when that frame is not audio as it came.</summary>
    public SequenceNumber? FrameFrom { get; private set; }

    /// <summary>A packet that waits, or was played of late.</summary>
    public bool TryRecall(SequenceNumber sequence, out PacketRing.Slot packet) => _ring.TryRecall(sequence, out packet);

    /// <summary>Whether anything waits behind a packet.</summary>
    public bool HoldsAfter(SequenceNumber sequence) => _ring.Packets > Math.Max(0, 1 + sequence.DistanceFrom(_ring.Due));

    /// <summary>Goes on after a packet that was heard already: what waits up to it is skipped, and known to whoever makes up losses.</summary>
    /// <param name="heard">The packet.</param>
    /// <param name="plays">Whether the voice goes on without a pause; else it waits for its delay again.</param>
    public void GoOnAfter(SequenceNumber heard, bool plays)
    {
        while (heard.DistanceFrom(_ring.Due) is >= 0 and < PacketRing.Slots)
        {
            if (_ring.IsNextHeld) Take();
            else Skip();
        }

        _leftCount = _concealLeft = _debt = 0;
        _decodedAt = _decodedEnd;
        _playing &= plays;
        _window = new();
    }

    /// <summary>Takes in a packet.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="payload">Its payload; for a packet without audio that of comfort noise, or empty for a key.</param>
    /// <param name="codec">Its coding; null is a packet without audio, and there is silence or noise from it on.</param>
    /// <param name="now">When it came.</param>
    public Placement Put(in RtpHeader header, ReadOnlySpan<byte> payload, AudioCodec? codec, TimeSpan now)
    {
        if (payload.Length > LongestPayload) return Placement.TooLong;
        var placement = _ring.Judge(header.Sequence, out var restarts);
        if (placement != Placement.Held) return placement;
        if (restarts)
        {
            Reset();
            Resyncs++;
        }

        if (_ring.Packets == 0)
        {
            _firstHeld = now;
            if (!_playing) _delay.Rebase();
        }

        if (codec is not null)
        {
            _delay.Observe(AudioFrame.ClockOf(now, codec.ClockRate) - header.Timestamp, codec.ClockRate / AudioFrame.SampleRate);
            if (_playing) _window.Weigh(Depth, (int)((now - _lastRead).Ticks * AudioFrame.SampleRate / TimeSpan.TicksPerSecond));
            _decoders[codec.Index] ??= codec.CreateDecoder();
        }

        _ring.Put(header, payload, codec);
        return Placement.Held;
    }

    /// <summary>Takes out the next 20 ms in <see cref="Band"/>; the frame has room for a wide one.</summary>
    public Playout Read(Span<short> frame, TimeSpan now)
    {
        _lastRead = now;
        FrameFrom = null;
        var begins = !_playing && TryBegin(now);
        if (_leftCount == 0 && _decodedAt == _decodedEnd && _concealLeft == 0 && NextIsOfOtherBand) Band = _ring.Next.Codec!.Band;
        frame = frame[..Band.FrameSamples()];
        if (!_playing) return Rest(frame);
        if (begins) _noise.End();
        DropOverflow();
        var from = _leftCount > 0 || _decodedAt < _decodedEnd ? _ring.Due.Plus(-1) : _ring.Due;
        var playout = _window.Judge(Depth, Target) switch
        {
            > 0 => ReadMore(frame),
            < 0 => ReadLess(frame),
            _ => Fill(frame, out _),
        };
        if (playout == Playout.Audio) FrameFrom = from;
        return playout;
    }

    /// <summary>Forgets the stream, not the counters: another source begins, or what is held is stale.</summary>
    public void Reset()
    {
        _ring.Clear();
        _delay = default;
        _playing = _recovered = false;
        _leftCount = _decodedAt = _decodedEnd = _concealLeft = _debt = 0;
        _packetTime = AudioFrame.Samples;
        _window = new();
        _concealment.Reset();
        _noise.End();
        foreach (var decoder in _decoders) decoder?.Reset();
    }

    private bool NextIsOfOtherBand => _ring.IsNextHeld && _ring.Next.Codec is { } codec && codec.Band != Band;

    private bool TryBegin(TimeSpan now)
    {
        // What carries no audio is not waited for, and does not wait for audio either.
        while (_ring.Packets > 0 && _ring.IsNextHeld && _ring.Next.Codec is null) Take();
        if (_ring.Packets == 0 || (_ring.Time < Target && _ring.Packets < PacketRing.Slots / 2) || now - _firstHeld < s_firstWait) return false;
        _ring.Forward();
        _playing = true;
        _debt = 0;
        _window = new();
        return true;
    }

    private Playout Fill(Span<short> frame, out bool whole)
    {
        var filled = 0;
        var heard = false;
        var concealed = false;
        while (filled < frame.Length)
        {
            var rest = frame[filled..];
            if (_leftCount > 0)
            {
                filled += TakeLeft(rest);
                heard = true;
            }
            else if (_decodedAt < _decodedEnd)
            {
                var count = Math.Min(rest.Length, _decodedEnd - _decodedAt);
                _decoded.AsSpan(_decodedAt, count).CopyTo(rest);
                _decodedAt += count;
                filled += count;
                heard |= !_recovered;
                concealed |= _recovered;
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
                Rest(rest);
                break;
            }
            else
            {
                Advance(rest.Length);
            }
        }

        if (concealed) Concealed++;
        whole = heard && !concealed && filled == frame.Length;
        return heard ? Playout.Audio : concealed ? Playout.Concealed : Playout.Silence;
    }

    private Playout Rest(Span<short> frame)
    {
        if (_noise.Active)
        {
            _noise.Fill(frame);
            return Playout.Noise;
        }

        frame.Clear();
        return Playout.Silence;
    }

    // Decides what stands next in the stream: a packet, a loss, or waiting for one that may only be late.
    private void Advance(int wanted)
    {
        var time = wanted / Band.Scale();
        if (NextIsOfOtherBand)
        {
            // A frame has one band: the other begins with the next frame.
            _concealLeft = wanted;
        }
        else if (_ring.IsNextHeld)
        {
            Take();
        }
        else if (_ring.Packets > 0 && _debt >= _packetTime)
        {
            _debt -= _packetTime;
            Skip();
        }
        else if (_ring.Packets > 0 && _ring.Time >= Target)
        {
            Conceal(_packetTime);
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
            _debt += Conceal(time);
        }
    }

    private void Take()
    {
        ref readonly var slot = ref _ring.Next;
        if (slot.Codec is { } codec)
        {
            _decoder = _decoders[codec.Index]!;
            _decodedEnd = _decoder.Decode(slot.Payload, _decoded);
            _decodedAt = 0;
            _debt = 0;
            _recovered = false;
            if (_decodedEnd > 0)
            {
                _packetTime = _decodedEnd / codec.Band.Scale();
                _concealment.Heard(_decoded.AsSpan(0, _decodedEnd), codec.Band);
            }
        }

        // The far end says that it is silent, or presses a key: nothing is due until it speaks, so nothing is made up.
        else
        {
            _noise.Set(slot.Payload);
            if (_ring.Packets == 1)
            {
                _playing = false;
                _debt = _concealLeft = 0;
                _concealment.Reset();
            }
        }

        _ring.Pass();
    }

    /// <summary>Makes up what is missing, by the coding's own means where it has some; returns how much that was.</summary>
    private int Conceal(int time)
    {
        ref readonly var following = ref _ring.Following;
        var told = following is { Filled: true, Codec: { } codec } && _decoders[codec.Index] == _decoder ? following.Payload : default;
        _decodedAt = 0;
        _decodedEnd = _decoder?.Recover(told, _decoded.AsSpan(0, time * Band.Scale())) ?? 0;
        _recovered = _decodedEnd > 0;
        if (_recovered) return _decodedEnd / Band.Scale();
        _concealLeft = time * Band.Scale();
        return time;
    }

    private void Skip()
    {
        Lost++;
        _ring.Pass();
    }

    private void DropOverflow()
    {
        while (_ring.Time > PlayoutDelay.Maximum + LongestPayload)
        {
            if (_ring.IsNextHeld)
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

    private Playout ReadMore(Span<short> frame)
    {
        var sound = _spliced.AsSpan(0, frame.Length + (Splice.Longest * Band.Scale()));
        var playout = Fill(sound, out var whole);
        if (whole) Trimmed++;
        else sound[..frame.Length].CopyTo(frame);
        PutLeft(sound[(whole ? Splice.Shorten(sound, frame, Band.Scale()) : frame.Length)..]);
        return playout;
    }

    private Playout ReadLess(Span<short> frame)
    {
        var sound = _spliced.AsSpan(0, frame.Length);
        var playout = Fill(sound, out var whole);
        if (whole) Stretched++;
        else sound.CopyTo(frame);
        PutLeft(sound[(whole ? Splice.Lengthen(sound, frame, Band.Scale()) : frame.Length)..]);
        return playout;
    }

    private void PutLeft(ReadOnlySpan<short> samples)
    {
        samples.CopyTo(_left);
        // Once nothing plays any more, what is left over is the silence after it.
        _leftCount = _playing ? samples.Length : 0;
    }

    private int TakeLeft(Span<short> frame)
    {
        var count = Math.Min(frame.Length, _leftCount);
        _left.AsSpan(0, count).CopyTo(frame);
        _left.AsSpan(count, _leftCount - count).CopyTo(_left);
        _leftCount -= count;
        return count;
    }
}
