using Interop.Bridges.Media.Codecs;

namespace Interop.Bridges.Media.Legs;

/// <summary>Which encoder speaks to one far end: its room's, shared by all who hear the same, or one of its own. Owned by the tick thread.</summary>
/// <remarks>
/// A far end's decoder remembers what the last encoder made of the sound, and clicks when another goes on that remembers something
/// else. So a leg that begins to hear a mix of its own takes the shared encoder's memory with it; and one that hears what all hear
/// again keeps its own encoder until both have had only silence for 200 ms, after which neither remembers anything to be heard.
/// </remarks>
internal sealed class LegVoice
{
    private const int QuietTicks = 10;

    private readonly byte[] _payload = new byte[AudioCodec.LongestTick];
    private AudioEncoder? _own;
    private bool _apart;
    private int _quiet;

    /// <summary>The coding that it is made in.</summary>
    public AudioCodec Codec { get; private set; } = AudioCodec.Pcmu;

    /// <summary>Whether its own encoder speaks.</summary>
    public bool IsApart => _apart;

    /// <summary>Another coding begins: its far end has heard nothing of any encoder of it yet.</summary>
    public void Use(AudioCodec codec)
    {
        if (codec == Codec) return;
        Codec = codec;
        _own = null;
        _apart = false;
    }

    /// <summary>Says, before anything is encoded in a tick, that this leg's mix will be its own.</summary>
    public void Part(AudioEncoder shared)
    {
        _quiet = 0;
        if (_apart) return;
        _apart = Codec.Remembers;
        _own ??= Codec.CreateEncoder();
        _own.CopyFrom(shared);
    }

    /// <summary>Encodes a mix of its own; valid until the next call.</summary>
    public ReadOnlySpan<byte> Encode(ReadOnlySpan<short> mix) => _payload.AsSpan(0, _own!.Encode(mix, _payload));

    /// <summary>Encodes what all hear with its own encoder, for the last time if the shared one can go on; valid until the next call.</summary>
    /// <param name="mix">The mix.</param>
    /// <param name="silent">Whether nobody talks in it.</param>
    public ReadOnlySpan<byte> Rejoin(ReadOnlySpan<short> mix, bool silent)
    {
        _quiet = silent ? _quiet + 1 : 0;
        _apart = _quiet < QuietTicks;
        return Encode(mix);
    }
}
