using Interop.Bridges.Wire.Rtp;
using Interop.Bridges.Wire.Rtp.Srtp;

namespace Interop.Bridges.Media.Legs;

/// <summary>SRTP of one phone leg: made by who asks for it, since deriving keys takes a while, and owned by the tick thread from then on.</summary>
internal sealed class LegSecurity(SrtpKeys keys, uint ssrc, SequenceNumber first) : IDisposable
{
    private readonly SrtpReceiver _receiver = keys.MakeReceiver();
    private SrtpReceiver? _before;

    public SrtpKeys Keys => keys;

    public SrtpSender Sender { get; } = keys.MakeSender();

    /// <summary>What our stream begins anew with under a new key, so that both ends count its rollovers from 0.</summary>
    public uint Ssrc => ssrc;

    /// <summary>Its first number, below 32,768 (RFC 3711 section 3.3.1).</summary>
    public SequenceNumber First { get; } = new((ushort)(first.Value & 0x7FFF));

    /// <summary>Takes the place of other keys: until the phone uses the new one, what is on its way under the old one still counts.</summary>
    public void Replace(LegSecurity old)
    {
        _before = old._receiver;
        old._before?.Dispose();
        old.Sender.Dispose();
    }

    /// <summary>Authenticates and decrypts in place; the datagram becomes what it protected.</summary>
    public bool TryOpen(ref Span<byte> datagram, bool isRtcp, out SrtpFault fault)
    {
        if (TryOpen(_receiver, ref datagram, isRtcp, out fault))
        {
            _before?.Dispose();
            _before = null;
            return true;
        }

        return fault == SrtpFault.Unauthenticated && _before is not null && TryOpen(_before, ref datagram, isRtcp, out fault);
    }

    public void Dispose()
    {
        Sender.Dispose();
        _receiver.Dispose();
        _before?.Dispose();
    }

    private static bool TryOpen(SrtpReceiver receiver, ref Span<byte> datagram, bool isRtcp, out SrtpFault fault)
    {
        var sound = isRtcp ? receiver.TryUnprotectRtcp(datagram, out var length, out fault) : receiver.TryUnprotect(datagram, out length, out fault);
        if (sound) datagram = datagram[..length];
        return sound;
    }
}
