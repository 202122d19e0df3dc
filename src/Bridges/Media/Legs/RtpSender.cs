using Interop.Bridges.Media.Loops;
using Interop.Bridges.Media.Sockets;
using Interop.Bridges.Wire.Rtp;
using Interop.Bridges.Wire.Rtp.Rtcp;

namespace Interop.Bridges.Media.Legs;

/// <summary>One outgoing RTP stream: its numbers go on without a jump whatever is sent in it.</summary>
internal sealed class RtpSender(uint ssrc, SequenceNumber firstSequence, uint firstTimestamp)
{
    public const int LongestPayload = 3 * AudioFrame.Samples;
    private readonly byte[] _datagram = new byte[RtpHeader.LengthWith(RtpHeader.MostCsrcs) + LongestPayload];
    private SequenceNumber _sequence = firstSequence;
    private uint _packets;
    private uint _octets;

    public uint Ssrc { get; } = ssrc;

    /// <summary>The sources of the next packet, for a far end that mixes; empty for all others, some of which choke on a list.</summary>
    public Contributors Contributors { get; } = new();

    /// <summary>The media time of the next sample.</summary>
    public uint Timestamp { get; private set; } = firstTimestamp;

    /// <summary>Lets media time pass, whether or not anything was sent.</summary>
    public void Pass(int samples) => Timestamp += (uint)samples;

    /// <summary>Sends one packet that begins at <paramref name="timestamp"/>.</summary>
    public void Send(Outlet outlet, IDatagramSocket socket, Destination destination, LegCounters counters, byte payloadType, bool marker, uint timestamp, ReadOnlySpan<byte> payload)
    {
        var header = new RtpHeader { Marker = marker, PayloadType = payloadType, Sequence = _sequence, Timestamp = timestamp, Ssrc = Ssrc };
        header.TryWrite(_datagram, Contributors.All);
        var start = RtpHeader.LengthWith(Contributors.All.Length);
        payload.CopyTo(_datagram.AsSpan(start));
        if (!outlet.TrySend(socket, _datagram.AsSpan(0, start + payload.Length), destination, counters)) return;
        _sequence = _sequence.Next;
        _packets++;
        _octets += (uint)payload.Length;
        counters.CountOut();
    }

    /// <summary>What an SR says of this stream.</summary>
    public SenderInfo Describe(NtpTime now) => new(now, Timestamp, _packets, _octets);
}
