using Interop.Bridges.Media.Codecs;
using Interop.Bridges.Media.Jitter;
using Interop.Bridges.Media.Keys;
using Interop.Bridges.Media.Legs;
using Interop.Bridges.Wire.Rtp;

namespace Interop.Bridges.Media.Rooms;

/// <summary>Passes a lone talker's packets on as they are, the moment they come, to all who can take them (design rule 11).</summary>
/// <remarks>
/// Whoever can't take them hears the mixer as before, and whoever can hears the same audio without the wait for the jitter buffer
/// and the tick. The talker is still read at the tick, to see whether he talks and for radios. A listener changes from the
/// mixer to the packets only where nobody hears it: out of silence, or in a pause of 200 ms; it gets what waits in the talker's
/// jitter buffer at once, so nothing is lost or said twice, and has that much more to play from then on. That lead is
/// given back in the next pause. When a second one talks, the mixer goes on after the last packet that was passed, and makes up
/// what has not come yet. Only 20 ms of a coding without memory are passed: a decoder that remembers would click at each
/// change of encoder. Owned by the tick thread.
/// </remarks>
internal sealed class PassThrough(IReadOnlyList<PhoneLeg> phones)
{
    private const int PauseTicks = 10;

    // What waits at a talker with a calm path. A deeper buffer is there for jitter, which a listener's need not be fit for.
    private const int MostWaiting = 4;
    private const int MostMissing = 5;
    private static readonly TimeSpan s_starved = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan s_distrust = TimeSpan.FromSeconds(10);

    private readonly List<PhoneLeg> _takers = [];
    private readonly KeyTones _tones = new();
    private readonly short[] _frame = new short[AudioFrame.Samples];
    private PhoneLeg? _source;
    private AudioCodec _codec = AudioCodec.Pcmu;
    private AudioDecoder _decoder = AudioCodec.Pcmu.CreateDecoder();
    private SequenceNumber _last;
    private uint _lastTimestamp;
    private TimeSpan _lastAt;
    private int _quietTicks;
    private bool _nobodyTalks;
    private TimeSpan _distrustedUntil;

    /// <summary>Whether a lead may be given back, since nothing is said that would be left out by it.</summary>
    public bool GivesBack => _nobodyTalks || InPause;

    private bool InPause => _quietTicks >= PauseTicks;

    /// <summary>Decides, when all have been heard in a tick, whose packets are passed on from now on, and to whom.</summary>
    /// <param name="talkers">How many talk.</param>
    /// <param name="lone">The only one who does, if he is a phone.</param>
    /// <param name="loud">Whether there is a voice in this tick, not only the pause after one.</param>
    /// <param name="now">When it is.</param>
    public void Judge(int talkers, PhoneLeg? lone, bool loud, TimeSpan now)
    {
        _nobodyTalks = talkers == 0;
        _quietTicks = loud ? 0 : _quietTicks + 1;
        if (_source is { } source && (source != lone || !source.MayPass(now) || now - _lastAt > s_starved)) End(now);
        if (_source is null && lone is not null && now >= _distrustedUntil && lone.MayPass(now)) Begin(lone, now);
        if (_source is null) return;
        DropUnfit();
        // What is kept back of it, a key's tone as a rule, must not go out as what waits.
        if (!_source.KeptBack) Join();
    }

    /// <summary>A packet of the talker has come.</summary>
    public void Pass(in RtpHeader header, ReadOnlySpan<byte> payload, AudioCodec? codec, TimeSpan now)
    {
        var step = header.Sequence.DistanceFrom(_last);
        // A path that changes the order is left to the jitter buffer, which mends it; passed on, each change would be a loss.
        if (step <= 0) _distrustedUntil = now + s_distrust;
        var fits = step is > 0 and <= MostMissing && codec == _codec && payload.Length == _codec.Silence.Length
            && header.Timestamp - _lastTimestamp == (uint)(step * _codec.TickClock) && _source!.MayPass(now);
        if (!fits || (_takers.Count > 0 && !IsFreeOfKeys(payload)))
        {
            End();
            return;
        }

        (_last, _lastTimestamp, _lastAt) = (header.Sequence, header.Timestamp, now);
        for (var i = 0; i < _takers.Count; i++)
            if (_takers[i].Takes(_codec)) _takers[i].PassOn(payload, missing: step - 1);
    }

    /// <summary>The leg is no more, or its stream begins anew.</summary>
    public void Forget(PhoneLeg leg)
    {
        if (leg == _source) End();
        _takers.Remove(leg);
    }

    /// <summary>The mixer has all of it from now on.</summary>
    /// <param name="tick">When it is, if the talker's frame of this tick has been read already: it is one that was passed on before.</param>
    public void End(TimeSpan? tick = null)
    {
        if (_source is not { } source) return;
        _source = null;
        source.Passing = null;
        if (_takers.Count == 0) return;
        var stopped = tick - _lastAt > s_starved;
        for (var i = 0; i < _takers.Count; i++) _takers[i].LeavePassing(stopped);
        _takers.Clear();
        source.GoOnAfter(_last, tick);
    }

    private void Begin(PhoneLeg lone, TimeSpan now)
    {
        if (lone.Jitter.FrameFrom is not { } from || !lone.Jitter.TryRecall(from, out var packet) || !IsPassable(packet.Codec, packet.Length)) return;
        (_codec, _decoder) = (packet.Codec!, packet.Codec!.CreateDecoder());
        for (var waiting = 0; lone.Jitter.TryRecall(from, out packet) && packet.Codec == _codec && packet.Length == _codec.Silence.Length; waiting++)
        {
            if (waiting > MostWaiting) return;
            (_last, _lastTimestamp) = (from, packet.Timestamp);
            from = from.Next;
        }

        if (lone.Jitter.HoldsAfter(_last)) return;
        (_source, _lastAt) = (lone, now);
        lone.Passing = this;
    }

    private static bool IsPassable(AudioCodec? codec, int length) => codec is { Remembers: false, Band: Band.Narrow } && length == codec.Silence.Length;

    private void Join()
    {
        var source = _source!;
        if (source.Jitter.FrameFrom is not { } from || _last.DistanceFrom(from) is < 0 or > MostWaiting) return;
        for (var i = 0; i < phones.Count; i++)
        {
            var phone = phones[i];
            if (phone == source || phone.IsPassedTo || phone.IsAhead || !(phone.HearsNothing || InPause) || !phone.Takes(_codec)) continue;
            if (_takers.Count == 0 && !Recall(from, null)) return;
            _takers.Add(phone);
            phone.JoinPassing();
            Recall(from, phone);
        }
    }

    /// <summary>Goes through what waits at the talker: looks for keys in it, or passes it on to one who joins.</summary>
    private bool Recall(SequenceNumber from, PhoneLeg? to)
    {
        if (to is null) _tones.HearNothing();
        for (; !from.IsAfter(_last); from = from.Next)
        {
            if (!_source!.Jitter.TryRecall(from, out var packet)) return false;
            if (to is not null) to.PassOn(packet.Payload, missing: 0);
            else if (!IsFreeOfKeys(packet.Payload)) return false;
        }

        return true;
    }

    /// <summary>A key's tone reaches nobody, so it is looked for before the packet goes on, not at the tick.</summary>
    private bool IsFreeOfKeys(ReadOnlySpan<byte> payload)
    {
        _decoder.Decode(payload, _frame);
        return !_tones.Hear(_frame, repeated: false, talking: true).Silence;
    }

    private void DropUnfit()
    {
        for (var i = _takers.Count - 1; i >= 0; i--)
        {
            if (_takers[i].Takes(_codec)) continue;
            _takers[i].LeavePassing(stopped: false);
            _takers.RemoveAt(i);
        }
    }
}
