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

/// <summary>The packets that wait to be played, by sequence number, and the judgement of which numbers belong to the stream.</summary>
/// <remarks>
/// Owned by the tick thread. Memory is taken when a slot is first used, and kept. The ring's size is a power of two so that the
/// index is continuous across the wrap from 65,535 to 0.
/// </remarks>
internal sealed class PacketRing
{
    /// <summary>Ring size: 320 ms of the shortest packets (10 ms), 640 ms of usual ones.</summary>
    public const int Slots = 32;

    private const int UsualPayload = 512;

    // RFC 3550 A.1: MAX_MISORDER. Behind this a packet is not late but from a restarted sender.
    private const int MaxMisorder = 100;

    // A sender that restarts a little behind would be late for two seconds; so many in sequence are no stragglers.
    private const int LateProof = 5;

    private readonly Slot[] _slots = new Slot[Slots];
    private SequenceNumber _next;
    private SequenceNumber _probe;
    private SequenceNumber _lateNext;
    private int _lateRun;
    private bool _started;
    private bool _probing;
    private bool _playedAny;

    /// <summary>Packets held.</summary>
    public int Packets { get; private set; }

    /// <summary>The audio in them, in 1/8000 s.</summary>
    public int Time { get; private set; }

    /// <summary>Whether the packet that is due lies here.</summary>
    public bool IsNextHeld => SlotOf(_next).Filled;

    /// <summary>The packet that is due; only while <see cref="IsNextHeld"/>.</summary>
    public ref readonly Slot Next => ref SlotOf(_next);

    /// <summary>Its number.</summary>
    public SequenceNumber Due => _next;

    /// <summary>The one after it.</summary>
    public ref readonly Slot Following => ref SlotOf(_next.Next);

    /// <summary>Judges a sequence number.</summary>
    /// <param name="sequence">The packet's.</param>
    /// <param name="restarts">Whether the stream begins anew with it; then the ring is to be cleared before it is put in.</param>
    /// <returns><see cref="Placement.Held"/> when it fits.</returns>
    public Placement Judge(SequenceNumber sequence, out bool restarts)
    {
        restarts = false;
        if (!_started) return Begin(sequence);
        var ahead = sequence.DistanceFrom(_next);
        if (ahead is >= 0 and < Slots)
        {
            _probing = false;
            _lateRun = 0;
            return SlotOf(sequence).Filled ? Placement.Duplicate : Placement.Held;
        }

        // Nothing was played yet: the first packets may arrive in any order.
        if (ahead < 0 && !_playedAny && ahead > -Slots && Highest(ahead) < Slots)
        {
            _next = sequence;
            return Placement.Held;
        }

        if (ahead is < 0 and >= -MaxMisorder)
        {
            _lateRun = sequence == _lateNext ? _lateRun + 1 : 1;
            _lateNext = sequence.Next;
            restarts = _lateRun >= LateProof;
            return restarts ? Placement.Held : Placement.Late;
        }

        // RFC 3550 A.1: two packets in sequence prove a jump; one alone may be forged or stale.
        restarts = _probing && sequence == _probe;
        if (restarts) return Placement.Held;
        _probing = true;
        _probe = sequence.Next;
        return Placement.OutOfWindow;
    }

    /// <summary>A packet that waits, or that was played and whose place has not been needed since.</summary>
    public bool TryRecall(SequenceNumber sequence, out Slot packet)
    {
        packet = SlotOf(sequence);
        return packet.Known && packet.Sequence == sequence;
    }

    /// <summary>Keeps a packet whose number fits; without a codec it has no audio, and its payload is that of comfort noise or empty.</summary>
    public void Put(in RtpHeader header, ReadOnlySpan<byte> payload, AudioCodec? codec)
    {
        if (!_started) Begin(header.Sequence);
        ref var slot = ref SlotOf(header.Sequence);
        slot.Filled = slot.Known = true;
        (slot.Sequence, slot.Timestamp) = (header.Sequence, header.Timestamp);
        slot.Codec = codec;
        slot.Length = payload.Length;
        slot.Time = codec?.TimeIn(payload) ?? 0;
        if (slot.Memory is null || slot.Memory.Length < payload.Length) slot.Memory = new byte[payload.Length <= UsualPayload ? UsualPayload : JitterBuffer.LongestPayload];
        payload.CopyTo(slot.Memory);
        Packets++;
        Time += slot.Time;
    }

    /// <summary>The packet that is due has been played, or is given up.</summary>
    public void Pass()
    {
        ref var slot = ref SlotOf(_next);
        if (slot.Filled)
        {
            slot.Filled = false;
            Packets--;
            Time -= slot.Time;
        }

        _playedAny = true;
        _next = _next.Next;
    }

    /// <summary>Begins with the first packet that is held: what was before it is nobody's loss.</summary>
    public void Forward()
    {
        while (!SlotOf(_next).Filled) _next = _next.Next;
    }

    public void Clear()
    {
        foreach (ref var slot in _slots.AsSpan()) slot.Filled = slot.Known = false;
        _started = _probing = _playedAny = false;
        Packets = Time = _lateRun = 0;
    }

    private Placement Begin(SequenceNumber sequence)
    {
        _started = true;
        _next = sequence;
        return Placement.Held;
    }

    // The distance from a new first packet to the last one held.
    private int Highest(int ahead)
    {
        for (var i = Slots - 1; i >= 0; i--)
            if (SlotOf(_next.Plus(i)).Filled) return i - ahead;
        return -ahead;
    }

    private ref Slot SlotOf(SequenceNumber sequence) => ref _slots[sequence.Value & (Slots - 1)];

    internal struct Slot
    {
        public bool Filled;
        public bool Known;
        public SequenceNumber Sequence;
        public uint Timestamp;
        public int Length;
        public int Time;
        public AudioCodec? Codec;
        public byte[]? Memory;

        public readonly ReadOnlySpan<byte> Payload => Memory.AsSpan(0, Length);
    }
}
