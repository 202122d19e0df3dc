using Interop.Bridges.Media.Codecs;
using Interop.Bridges.Media.Legs;
using Interop.Bridges.Media.Mixing;

namespace Interop.Bridges.Media.Rooms;

/// <summary>One tick's audio of a room in each band and coding that is asked for, each made at most once.</summary>
/// <remarks>Scratch memory of the tick thread, shared by all rooms one after the other.</remarks>
internal sealed class Mixdown
{
    private const int Duck = 4;

    private readonly Mixer[] _mixers = [new(Band.Narrow), new(Band.Wide)];
    private readonly bool[] _mixed = new bool[Bands.Count];
    private readonly short[] _mix = new short[Band.Wide.FrameSamples()];
    private readonly byte[][] _shared = new byte[AudioCodec.Count][];
    private readonly int[] _lengths = new int[AudioCodec.Count];
    private Leg[] _talkers = new Leg[8];
    private int _count;
    private RoomEncoders _encoders = new();

    public Mixdown()
    {
        for (var i = 0; i < _shared.Length; i++) _shared[i] = new byte[AudioCodec.LongestTick];
    }

    /// <summary>Begins the tick of a room.</summary>
    public void Begin(RoomEncoders encoders)
    {
        _encoders = encoders;
        _count = 0;
        Array.Clear(_mixed);
        Array.Clear(_lengths);
    }

    /// <summary>Adds one who talks.</summary>
    public void Add(Leg talker)
    {
        if (_count == _talkers.Length) Array.Resize(ref _talkers, 2 * _count);
        _talkers[_count++] = talker;
    }

    /// <summary>Says, for each leg and before any sound is asked for, whether it will hear something of its own.</summary>
    public void Expect(PhoneLeg leg)
    {
        if (leg.HearsOwnMix) leg.Voice.Part(_encoders.Of(leg.Codec));
    }

    /// <summary>For one who hears what all hear: encoded once per coding, sent to all of them.</summary>
    public ReadOnlySpan<byte> ForListener(PhoneLeg leg)
    {
        var codec = leg.Codec;
        if (_count == 0 && !codec.Remembers) return codec.Silence;
        var payload = _shared[codec.Index];
        if (_lengths[codec.Index] == 0) _lengths[codec.Index] = _encoders.Of(codec).Encode(All(codec.Band), payload);
        return leg.Voice.IsApart ? leg.Voice.Rejoin(All(codec.Band), _count == 0) : payload.AsSpan(0, _lengths[codec.Index]);
    }

    /// <summary>Everybody who talks, for the recorder; valid until the next call.</summary>
    public ReadOnlySpan<short> Whole(Band band) => All(band);

    /// <summary>For one who talks: everybody but himself; valid until the next call.</summary>
    public ReadOnlySpan<byte> ForTalker(PhoneLeg leg) => _count == 1 ? Silence(leg) : leg.Voice.Encode(AllBut(leg));

    /// <summary>For one who is to hear nothing; valid until the next call.</summary>
    public ReadOnlySpan<byte> Silence(PhoneLeg leg) => leg.Codec.Remembers ? leg.Voice.Encode(Nothing(leg.Codec.Band)) : leg.Codec.Silence;

    /// <summary>For one who hears a prompt and nothing else; valid until the next call.</summary>
    public ReadOnlySpan<byte> Prompt(PhoneLeg leg, ReadOnlySpan<short> prompt)
    {
        var mix = Mix(leg.Codec.Band);
        prompt.CopyTo(mix);
        return leg.Voice.Encode(mix);
    }

    /// <summary>For one who hears a prompt over the room, which goes on 12 dB below it; valid until the next call.</summary>
    /// <param name="leg">To whom.</param>
    /// <param name="prompt">What is said to it.</param>
    public ReadOnlySpan<byte> Over(PhoneLeg leg, ReadOnlySpan<short> prompt)
    {
        var mix = leg.Heard ? AllBut(leg) : All(leg.Codec.Band);
        for (var i = 0; i < mix.Length; i++) mix[i] = (short)Math.Clamp((mix[i] / Duck) + prompt[i], short.MinValue, short.MaxValue);
        return leg.Voice.Encode(mix);
    }

    private Span<short> Mix(Band band) => _mix.AsSpan(0, band.FrameSamples());

    private Span<short> Nothing(Band band)
    {
        var mix = Mix(band);
        mix.Clear();
        return mix;
    }

    private Span<short> All(Band band)
    {
        var mix = Mix(band);
        MixerOf(band).All(mix);
        return mix;
    }

    private Span<short> AllBut(PhoneLeg leg)
    {
        var mix = Mix(leg.Codec.Band);
        MixerOf(leg.Codec.Band).AllBut(leg.FrameIn(leg.Codec.Band), mix);
        return mix;
    }

    // A band in which nobody listens is not mixed, and nobody is resampled for it.
    private Mixer MixerOf(Band band)
    {
        var mixer = _mixers[(int)band];
        if (_mixed[(int)band]) return mixer;
        _mixed[(int)band] = true;
        mixer.Clear();
        for (var i = 0; i < _count; i++) mixer.Add(_talkers[i].FrameIn(band));
        return mixer;
    }
}
