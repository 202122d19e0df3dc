using System.Buffers.Binary;
using Interop.Bridges.Wire.Rtp;

namespace Interop.Bridges.Media.Keys;

/// <summary>Makes one key of the many packets that a press is told in (RFC 4733 §2.5).</summary>
/// <remarks>
/// A press is known by its timestamp, since marker, first packets and all three end packets may be lost. Devices that
/// move the timestamp on during a press, or leave it where it was for the next one, are told apart by durations and ends.
/// </remarks>
internal struct TelephoneEvents
{
    private const int PayloadLength = 4;
    private const int MaxMisorder = 100;
    private const string Characters = "0123456789*#ABCD";
    private static readonly TimeSpan s_betweenPackets = TimeSpan.FromMilliseconds(120);
    private static readonly TimeSpan s_forgotten = TimeSpan.FromSeconds(5);

    private uint _ssrc;
    private uint _timestamp;
    private SequenceNumber _sequence;
    private int _duration;
    private byte _number;
    private bool _ended;
    private TimeSpan _at;
    private TimeSpan _silentUntil;

    /// <summary>Whether the far end has told any key this way.</summary>
    public bool Used { get; private set; }

    /// <summary>Whether a press lasts, or audio of its time may still be on its way out.</summary>
    public readonly bool Silences(TimeSpan now) => now < _silentUntil;

    /// <summary>Takes one packet; true when it is the first sign of a press.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="payload">What it carries.</param>
    /// <param name="clock">The units a second of timestamp and duration.</param>
    /// <param name="queued">How much audio waits to be played: what came with the tone lies in it.</param>
    /// <param name="now">When it came.</param>
    /// <param name="key">The key that was pressed.</param>
    public bool Take(in RtpHeader header, ReadOnlySpan<byte> payload, int clock, TimeSpan queued, TimeSpan now, out char key)
    {
        key = default;
        if (payload.Length < PayloadLength || payload[0] >= Characters.Length) return false;
        var number = payload[0];
        var ended = (payload[1] & 0x80) != 0;
        var duration = BinaryPrimitives.ReadUInt16BigEndian(payload[2..]);
        if (IsLate(header, now)) return false;

        var begins = Begins(header, number, clock, now);
        Used = true;
        _ssrc = header.Ssrc;
        _timestamp = header.Timestamp;
        _sequence = header.Sequence;
        _number = number;
        _duration = begins ? duration : Math.Max(_duration, duration);
        _ended = ended || (_ended && !begins);
        _at = now;
        _silentUntil = now + queued + (_ended ? AudioFrame.Duration : s_betweenPackets);
        key = Characters[number];
        return begins;
    }

    // Of this press or of one before it: either way it has been reported.
    private readonly bool IsLate(in RtpHeader header, TimeSpan now) =>
        Used && header.Ssrc == _ssrc && now - _at < s_forgotten && header.Sequence.DistanceFrom(_sequence) is <= 0 and >= -MaxMisorder;

    private readonly bool Begins(in RtpHeader header, byte number, int clock, TimeSpan now)
    {
        if (!Used || number != _number || now - _at >= s_forgotten) return true;
        var ahead = (int)(header.Timestamp - _timestamp);
        if (ahead == 0) return header.Marker && _ended;
        // RFC 4733 §2.5.1.3: a press longer than the duration can say goes on in a segment that begins where the last ended.
        return header.Ssrc != _ssrc || _ended || header.Marker || ahead < 0 || ahead > _duration + (clock / 100);
    }
}
