using Interop.Bridges.Media.Codecs;
using Interop.Bridges.Media.Mixing;

namespace Interop.Bridges.Media.Rooms;

/// <summary>One tick's audio of a room in every coding that is asked for, each made at most once.</summary>
/// <remarks>Scratch memory of the tick thread, shared by all rooms one after the other.</remarks>
internal sealed class Mixdown
{
    private const int Duck = 4;

    private readonly Mixer _mixer = new();
    private readonly short[] _mix = new short[AudioFrame.Samples];
    private readonly byte[] _own = new byte[AudioFrame.Samples];
    private readonly byte[][] _shared = new byte[AudioCodec.Count][];
    private readonly byte[][] _silence = new byte[AudioCodec.Count][];
    private readonly bool[] _encoded = new bool[AudioCodec.Count];
    private int _talkers;

    public Mixdown()
    {
        foreach (var codec in (ReadOnlySpan<AudioCodec>)[AudioCodec.Pcmu, AudioCodec.Pcma])
        {
            _shared[codec.Index] = new byte[codec.LengthOf(AudioFrame.Samples)];
            _silence[codec.Index] = new byte[codec.LengthOf(AudioFrame.Samples)];
            codec.Encode(_mix, _silence[codec.Index]);
        }
    }

    public void Begin()
    {
        _mixer.Clear();
        _talkers = 0;
        Array.Clear(_encoded);
    }

    public void Add(ReadOnlySpan<short> talker)
    {
        _mixer.Add(talker);
        _talkers++;
    }

    public ReadOnlySpan<byte> Silence(AudioCodec codec) => _silence[codec.Index];

    /// <summary>For those who do not talk: encoded once per coding, sent to all of them.</summary>
    public ReadOnlySpan<byte> ForListener(AudioCodec codec)
    {
        if (_talkers == 0) return Silence(codec);
        var payload = _shared[codec.Index];
        if (!_encoded[codec.Index])
        {
            _encoded[codec.Index] = true;
            _mixer.All(_mix);
            codec.Encode(_mix, payload);
        }

        return payload;
    }

    /// <summary>For one who talks: everybody but himself; valid until the next call.</summary>
    public ReadOnlySpan<byte> ForTalker(AudioCodec codec, ReadOnlySpan<short> own)
    {
        if (_talkers == 1) return Silence(codec);
        _mixer.AllBut(own, _mix);
        return Encode(codec);
    }

    /// <summary>For one who hears a prompt and nothing else; valid until the next call.</summary>
    public ReadOnlySpan<byte> Prompt(AudioCodec codec, ReadOnlySpan<short> prompt)
    {
        prompt.CopyTo(_mix);
        return Encode(codec);
    }

    /// <summary>For one who hears a prompt over the room, which goes on 12 dB below it; valid until the next call.</summary>
    /// <param name="codec">What the leg is sent in.</param>
    /// <param name="prompt">What is said to it.</param>
    /// <param name="own">Its own talk, which was added before; empty when it does not talk.</param>
    public ReadOnlySpan<byte> Over(AudioCodec codec, ReadOnlySpan<short> prompt, ReadOnlySpan<short> own)
    {
        if (own.IsEmpty) _mixer.All(_mix);
        else _mixer.AllBut(own, _mix);
        for (var i = 0; i < _mix.Length; i++) _mix[i] = (short)Math.Clamp((_mix[i] / Duck) + prompt[i], short.MinValue, short.MaxValue);
        return Encode(codec);
    }

    private ReadOnlySpan<byte> Encode(AudioCodec codec)
    {
        var length = codec.Encode(_mix, _own);
        return _own.AsSpan(0, length);
    }
}
