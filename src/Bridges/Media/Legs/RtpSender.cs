using Interop.Bridges.Media.Loops;
using Interop.Bridges.Media.Sockets;
using Interop.Bridges.Wire.Rtp;
using Interop.Bridges.Wire.Rtp.Rtcp;
using Interop.Bridges.Wire.Rtp.Srtp;

namespace Interop.Bridges.Media.Legs;

/// <summary>One outgoing RTP stream: its numbers go on without a jump whatever is sent in it.</summary>
internal sealed class RtpSender(uint ssrc, SequenceNumber firstSequence, uint firstTimestamp)
{
    /// <summary>40 ms of wide linear audio; everything else has 60 ms in less.</summary>
    public const int LongestPayload = 1280;

    private readonly byte[] _datagram = new byte[RtpHeader.LengthWith(RtpHeader.MostCsrcs) + LongestPayload + SrtpLimits.MostOverhead];
    private SequenceNumber _sequence = firstSequence;
    private uint _packets;
    private uint _octets;

    public uint Ssrc { get; private set; } = ssrc;

    /// <summary>What protects it; null in the clear.</summary>
    public SrtpSender? Security { get; private set; }

    /// <summary>The sources of the next packet, for a far end that mixes; empty for all others, some of which choke on a list.</summary>
    public Contributors Contributors { get; } = new();

    /// <summary>The media time of what is sent next, in units of its coding's clock.</summary>
    public uint Timestamp { get; private set; } = firstTimestamp;

    /// <summary>Lets media time pass, whether or not anything was sent.</summary>
    public void Pass(int clock) => Timestamp += (uint)clock;

    /// <summary>Leaves out the numbers of packets that were lost on their way to us, so that the far end knows of them.</summary>
    public void Leave(int packets) => _sequence = _sequence.Plus(packets);

    /// <summary>Goes on under another key, as another stream: what is protected anew is numbered anew. Null goes on in the clear.</summary>
    public void Secure(LegSecurity? security)
    {
        Security = security?.Sender;
        if (security is null) return;
        (Ssrc, _sequence, _packets, _octets) = (security.Ssrc, security.First, 0, 0);
    }

    /// <summary>Sends one packet that begins at <paramref name="timestamp"/>.</summary>
    public void Send(Outlet outlet, IDatagramSocket socket, Destination destination, LegCounters counters, byte payloadType, bool marker, uint timestamp, ReadOnlySpan<byte> payload)
    {
        var header = new RtpHeader { Marker = marker, PayloadType = payloadType, Sequence = _sequence, Timestamp = timestamp, Ssrc = Ssrc };
        header.TryWrite(_datagram, Contributors.All);
        var start = RtpHeader.LengthWith(Contributors.All.Length);
        payload.CopyTo(_datagram.AsSpan(start));
        var length = start + payload.Length;
        if (Security is { } security && !security.TryProtect(_datagram, length, out length, out _))
        {
            counters.Drop(DropReason.Unprotected);
            return;
        }

        var sent = outlet.TrySend(socket, _datagram.AsSpan(0, length), destination, counters);
        // A number under which something was protected is used up, whether or not it left.
        if (sent || Security is not null) _sequence = _sequence.Next;
        if (!sent) return;
        _packets++;
        _octets += (uint)payload.Length;
        counters.CountOut();
    }

    /// <summary>What an SR says of this stream.</summary>
    public SenderInfo Describe(NtpTime now) => new(now, Timestamp, _packets, _octets);
}
