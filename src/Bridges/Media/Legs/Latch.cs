using System.Net;
using Interop.Bridges.Media.Sockets;
using Interop.Bridges.Wire.Rtp;

namespace Interop.Bridges.Media.Legs;

/// <summary>What a latch says of a packet.</summary>
internal enum LatchVerdict
{
    /// <summary>From the latched source.</summary>
    Accept,

    /// <summary>The first of a source: latched now, and the stream begins anew.</summary>
    Begin,

    /// <summary>The latched stream, which goes on from another address: only one that was authenticated can.</summary>
    Moved,

    /// <summary>From somebody else.</summary>
    ForeignSource,

    /// <summary>From the latched address with another synchronization source that has not proved itself.</summary>
    ForeignSsrc,
}

/// <summary>Symmetric latching (RFC 7362): follows the first fitting source and then no other.</summary>
/// <remarks>
/// A source that matches the SDP latches with its first packet, and so does one at the address that the phone signals from, as behind
/// a NAT. Any other is taken for a stranger who sprays the port range, unless the SDP has a private address that is not the
/// signalling one: a NAT may send voice from another of its addresses. Then it must first keep sending for a while in which no better
/// source shows up; and a better one may still take over while the latch is young. Where SRTP authenticates, nothing else counts: whoever has the key is the phone.
/// </remarks>
internal struct Latch
{
    private const int ProvingPackets = 10;
    private static readonly TimeSpan s_young = TimeSpan.FromSeconds(2);

    private Source _expected;
    private UInt128 _signals;
    private bool _known;
    private Source _candidate;
    private SequenceNumber _candidateNext;
    private SequenceNumber _ssrcNext;
    private SequenceNumber _newest;
    private uint _candidateSsrc;
    private uint _otherSsrc;
    private int _proved;
    private int _rank;
    private TimeSpan _latchedAt;

    /// <summary>Whether a source is latched.</summary>
    public bool Latched { get; private set; }

    /// <summary>The latched source.</summary>
    public Source Peer { get; private set; }

    /// <summary>The latched synchronization source.</summary>
    public uint Ssrc { get; private set; }

    /// <summary>Starts over.</summary>
    /// <param name="expected">The address that the SDP said; default when it said none.</param>
    /// <param name="signals">The address that the far end signals from; null when unknown.</param>
    public void Expect(Source expected, IPAddress? signals)
    {
        var from = signals is null ? default : Source.From(new IPEndPoint(signals, 0)).Address;
        var behindNat = signals is null || (from != expected.Address && expected.IsPrivate);
        this = new Latch { _expected = expected, _signals = from, _known = !behindNat };
    }

    /// <summary>Whether the latch will not change any more by itself.</summary>
    public readonly bool Settled(TimeSpan now) => Latched && (_rank == 2 || now - _latchedAt >= s_young);

    /// <summary>Judges a well-formed packet of a known payload type.</summary>
    public LatchVerdict Judge(Source source, in RtpHeader header, TimeSpan now)
    {
        if (Latched && source == Peer) return JudgeSsrc(header);
        var rank = RankOf(source);
        if (Latched && (rank <= _rank || Settled(now))) return LatchVerdict.ForeignSource;
        if (rank == 0 && (_known || !Proves(source, header))) return LatchVerdict.ForeignSource;

        Latched = true;
        Peer = source;
        Ssrc = header.Ssrc;
        _rank = rank;
        _latchedAt = now;
        return LatchVerdict.Begin;
    }

    /// <summary>Judges a packet that SRTP has authenticated: it may come from wherever the phone is now.</summary>
    public LatchVerdict Follow(Source source, in RtpHeader header)
    {
        var verdict = !Latched ? LatchVerdict.Begin : JudgeSsrc(header);
        if (verdict == LatchVerdict.ForeignSsrc) return verdict;
        // What took a longer way from the old address is heard, and must not turn our voice back there.
        if (verdict == LatchVerdict.Accept && !header.Sequence.IsAfter(_newest)) return verdict;
        if (verdict == LatchVerdict.Accept && source != Peer) verdict = LatchVerdict.Moved;
        (Latched, Peer, Ssrc, _newest) = (true, source, header.Ssrc, header.Sequence);
        return verdict;
    }

    // A new SSRC at the same address is a phone that restarted its stream, once two packets in sequence say so.
    private LatchVerdict JudgeSsrc(in RtpHeader header)
    {
        if (header.Ssrc == Ssrc) return LatchVerdict.Accept;
        var proved = header.Ssrc == _otherSsrc && header.Sequence == _ssrcNext;
        _otherSsrc = header.Ssrc;
        _ssrcNext = header.Sequence.Next;
        if (!proved) return LatchVerdict.ForeignSsrc;
        Ssrc = header.Ssrc;
        return LatchVerdict.Begin;
    }

    private readonly int RankOf(Source source)
    {
        if (_expected.Port != 0 && source == _expected) return 2;
        var isAtPhone = _expected.Port != 0 && source.Address == _expected.Address;
        return isAtPhone || source.Address == _signals || (_expected.Port == 0 && !_known) ? 1 : 0;
    }

    // A majority vote: interleaved packets of others only delay the one who keeps sending.
    private bool Proves(Source source, in RtpHeader header)
    {
        var follows = source == _candidate && header.Ssrc == _candidateSsrc && header.Sequence.DistanceFrom(_candidateNext) is >= 0 and < 3;
        if (!follows && _proved > 0)
        {
            _proved--;
            return false;
        }

        _proved++;
        _candidate = source;
        _candidateSsrc = header.Ssrc;
        _candidateNext = header.Sequence.Next;
        return _proved >= ProvingPackets;
    }
}
