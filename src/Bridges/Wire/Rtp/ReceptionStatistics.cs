using Interop.Bridges.Wire.Rtp.Rtcp;

namespace Interop.Bridges.Wire.Rtp;

/// <summary>What a receiver knows of one source: loss and jitter by RFC 3550 §6.4.1, A.3 and A.8.</summary>
/// <remarks>One owner; not safe for several threads. Start a new one (or assign default) when the SSRC changes.</remarks>
public struct ReceptionStatistics
{
    // A.1: MAX_DROPOUT and MAX_MISORDER. What is further off is no loss, but a sender that numbers anew.
    private const int MaxDropout = 3000;
    private const int MaxMisorder = 100;

    private bool _started;
    private uint _baseExtended;
    private uint _highestExtended;
    private uint _received;
    private uint _expectedPrior;
    private uint _receivedPrior;
    private int _transit;
    private uint _jitterTimes16;
    private SequenceNumber _afterJump;
    private bool _jumped;

    /// <summary>Packets received, duplicates included, as A.3 counts them.</summary>
    public readonly uint Received => _received;

    /// <summary>Expected minus received; negative when duplicates outnumber losses.</summary>
    public readonly int Lost => _started ? (int)(Expected - _received) : 0;

    /// <summary>Interarrival jitter in units of the media clock.</summary>
    public readonly uint Jitter => _jitterTimes16 >> 4;

    /// <summary>Packets that were numbered since the first one received (A.3).</summary>
    public readonly uint Expected => _started ? _highestExtended - _baseExtended + 1 : 0;

    /// <summary>Takes account of one packet.</summary>
    /// <param name="sequence">Its sequence number.</param>
    /// <param name="timestamp">Its media timestamp.</param>
    /// <param name="arrival">The arrival time in units of the same media clock, from any origin.</param>
    public void Add(SequenceNumber sequence, uint timestamp, uint arrival)
    {
        var transit = (int)(arrival - timestamp);
        if (!_started)
        {
            _started = true;
            // One cycle up, so that a packet that arrives from before the first does not fall below zero.
            _baseExtended = _highestExtended = 0x1_0000u + sequence.Value;
            _transit = transit;
        }

        var ahead = sequence.DistanceFrom(new SequenceNumber((ushort)_highestExtended));
        if (ahead is > MaxDropout or < -MaxMisorder)
        {
            // "Two sequential packets -- assume that the other side restarted without telling us" (A.1).
            var restarted = _jumped && sequence == _afterJump;
            (_jumped, _afterJump) = (!restarted, sequence.Next);
            if (!restarted) return;
            _baseExtended += 0x1_0000u + sequence.Value - (_highestExtended + 1);
            _highestExtended = 0x1_0000u + sequence.Value;
            _transit = transit;
        }
        else
        {
            _jumped = false;
            if (ahead > 0) _highestExtended += (uint)ahead;
        }

        _received++;

        var difference = Math.Abs((long)transit - _transit);
        _transit = transit;
        // A.8 in integers: J += (|D| - J) / 16, kept times 16 and rounded. A jump of the clock is no jitter.
        if (difference < 1 << 20) _jitterTimes16 += (uint)difference - ((_jitterTimes16 + 8) >> 4);
    }

    /// <summary>Closes the interval since the last report and describes it.</summary>
    public ReportBlock Report(uint ssrc, uint lastSenderReport, uint delaySinceLastSenderReport)
    {
        var expected = Expected;
        var expectedInterval = expected - _expectedPrior;
        var lostInterval = (int)(expectedInterval - (_received - _receivedPrior));
        _expectedPrior = expected;
        _receivedPrior = _received;
        var fraction = expectedInterval == 0 || lostInterval <= 0
            ? (byte)0
            : (byte)Math.Min(255, ((long)lostInterval << 8) / expectedInterval);
        return new ReportBlock(
            ssrc,
            fraction,
            Math.Clamp(Lost, -0x80_0000, 0x7F_FFFF),
            _started ? _highestExtended - 0x1_0000u : 0,
            Jitter,
            lastSenderReport,
            delaySinceLastSenderReport);
    }
}
