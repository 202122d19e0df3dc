using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Interop.Bridges.Media.Codecs;

/// <summary>Opus (RFC 6716, RFC 7587) at 16 kHz and 32 kbit/s, one channel.</summary>
/// <remarks>
/// The bit rate is constant: beneath SRTP the sizes of packets would tell what is said (RFC 6562). The states of libopus lie in
/// arrays of ours: they hold no pointers, and opus.h has them copied by memcpy, which is how one encoder takes another's place.
/// </remarks>
internal sealed class OpusCodec(int index) : AudioCodec(index, Band.Wide, clockRate: 48_000, octetsPerClock: 0)
{
    /// <summary>The longest packet: RFC 6716 §2.1.4 has 120 ms.</summary>
    private const int LongestTime = 120 * 8;

    private const int SampleRate = 16_000;
    private const int PayloadOctets = 80;
    private const int Complexity = 5;
    private const int ExpectedLossPercent = 10;

    // What is aligned to this within one array is so in every other, and a copy of the state stays whole.
    private const int Alignment = 64;

    /// <summary>The length by the first octet, and the second when it counts the frames (RFC 6716 §3.1).</summary>
    public override int TimeIn(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty) return 0;
        var frames = (payload[0] & 3) switch { 0 => 1, 1 or 2 => 2, _ => payload.Length > 1 ? payload[1] & 0x3F : 0 };
        var time = frames * OpusFrame.TimeOf(payload[0]);
        return time <= LongestTime ? time : 0;
    }

    public override AudioEncoder CreateEncoder() => new Encoder();

    public override AudioDecoder CreateDecoder() => new Decoder();

    private static Memory<byte> Allocate(int size)
    {
        var array = GC.AllocateArray<byte>(size + Alignment, pinned: true);
        var past = (int)(Marshal.UnsafeAddrOfPinnedArrayElement(array, 0) & (Alignment - 1));
        return array.AsMemory((Alignment - past) % Alignment, size);
    }

    private sealed class Encoder : AudioEncoder
    {
        private readonly Memory<byte> _state = Allocate(OpusLibrary.EncoderSize(1));

        public Encoder()
        {
            ref var state = ref MemoryMarshal.GetReference(_state.Span);
            OpusLibrary.InitEncoder(ref state, SampleRate, 1, OpusLibrary.Voice);
            OpusLibrary.ControlEncoder(ref state, OpusLibrary.SetBitrate, PayloadOctets * 8 * 50);
            OpusLibrary.ControlEncoder(ref state, OpusLibrary.SetVariableBitrate, 0);
            OpusLibrary.ControlEncoder(ref state, OpusLibrary.SetComplexity, Complexity);
            OpusLibrary.ControlEncoder(ref state, OpusLibrary.SetInBandCorrection, 1);
            OpusLibrary.ControlEncoder(ref state, OpusLibrary.SetExpectedLoss, ExpectedLossPercent);
        }

        public override int Encode(ReadOnlySpan<short> samples, Span<byte> payload) => Math.Max(0, OpusLibrary.Encode(
            ref MemoryMarshal.GetReference(_state.Span), in MemoryMarshal.GetReference(samples), samples.Length, ref MemoryMarshal.GetReference(payload), PayloadOctets));

        public override void CopyFrom(AudioEncoder other) => ((Encoder)other)._state.CopyTo(_state);
    }

    private sealed class Decoder : AudioDecoder
    {
        // RFC 6716: concealment is made in steps of 2.5 ms.
        private const int Step = SampleRate / 400;

        private readonly Memory<byte> _state = Allocate(OpusLibrary.DecoderSize(1));

        public Decoder() => Reset();

        public override int Decode(ReadOnlySpan<byte> payload, Span<short> samples) => payload.IsEmpty ? 0 : Decode(payload, samples, correct: 0);

        public override int Recover(ReadOnlySpan<byte> following, Span<short> samples) =>
            samples.Length % Step != 0 ? 0 : Decode(following, samples, correct: following.IsEmpty ? 0 : 1);

        public override void Reset() => OpusLibrary.InitDecoder(ref MemoryMarshal.GetReference(_state.Span), SampleRate, 1);

        private int Decode(ReadOnlySpan<byte> payload, Span<short> samples, int correct) => Math.Max(0, OpusLibrary.Decode(
            ref MemoryMarshal.GetReference(_state.Span),
            in payload.IsEmpty ? ref Unsafe.NullRef<byte>() : ref MemoryMarshal.GetReference(payload),
            payload.Length, ref MemoryMarshal.GetReference(samples), samples.Length, correct));
    }
}
