using Interop.Bridges.Wire.Rtp;
using Interop.Bridges.Wire.Rtp.Dtls;
using Interop.Bridges.Wire.Rtp.Srtp;

namespace Interop.Bridges.Media.Browsers;

/// <summary>Both directions of one browser's SRTP, we being the DTLS server. Owned by the tick thread.</summary>
internal sealed class SrtpPair(DtlsSrtpKeys keys) : IDisposable
{
    private readonly SrtpReceiver _receiver = new(keys.Profile, keys.ClientKey.Span, keys.ClientSalt.Span);
    private readonly SrtpSender _sender = new(keys.Profile, keys.ServerKey.Span, keys.ServerSalt.Span);

    /// <summary>Opens a packet in place; its length in the clear, or -1 when it is none of the browser's.</summary>
    public int Open(Span<byte> packet)
    {
        var sound = Demultiplexer.Classify(packet) == DatagramKind.Rtcp
            ? _receiver.TryUnprotectRtcp(packet, out var length, out _)
            : _receiver.TryUnprotect(packet, out length, out _);
        return sound ? length : -1;
    }

    /// <summary>Protects what fills the first <paramref name="length"/> bytes; its length then, or -1 when it may not be sent.</summary>
    public int Seal(Span<byte> buffer, int length)
    {
        var sound = Demultiplexer.Classify(buffer[..length]) == DatagramKind.Rtcp
            ? _sender.TryProtectRtcp(buffer, length, out var sealedLength, out _)
            : _sender.TryProtect(buffer, length, out sealedLength, out _);
        return sound ? sealedLength : -1;
    }

    public void Dispose()
    {
        _receiver.Dispose();
        _sender.Dispose();
    }
}
