using Interop.Bridges.Media.Codecs;

namespace Interop.Bridges.Media.Rooms;

/// <summary>A room's encoders for those who hear what all hear, one for each coding. Owned by the tick thread.</summary>
internal sealed class RoomEncoders
{
    private readonly AudioEncoder?[] _encoders = new AudioEncoder?[AudioCodec.Count];

    /// <summary>The encoder of a coding; made when the first leg of it hears something.</summary>
    public AudioEncoder Of(AudioCodec codec) => _encoders[codec.Index] ??= codec.CreateEncoder();
}
