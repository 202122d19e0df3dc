using System.Buffers.Binary;

namespace Interop.Bridges.Wire.Rtp.Dtls;

/// <summary>Cuts a datagram into its records (RFC 6347 §4.1), and lets only those through that can be ones of ours.</summary>
/// <remarks>
/// The library takes what is in no way a record for the peer's mistake and ends the association; RFC 6347 §4.1.2.7 has such a
/// record "silently discarded", since anybody may have sent it. DTLS 1.2 without renegotiation has no epoch but 0 and 1.
/// </remarks>
internal static class DtlsRecord
{
    public const int HeaderBytes = 13;

    private const byte ChangeCipherSpec = 20;
    private const byte Handshake = 22;
    private const byte ApplicationData = 23;
    private const byte ClientHello = 1;

    // The explicit nonce and the tag of AES-GCM, and one byte at least.
    private const int LeastProtected = 8 + 16 + 1;

    /// <summary>Takes the next record off the datagram; false when nothing that is left is one.</summary>
    public static bool TryTake(ref ReadOnlySpan<byte> datagram, out ReadOnlySpan<byte> record)
    {
        record = default;
        if (datagram.Length < HeaderBytes) return false;
        var length = HeaderBytes + BinaryPrimitives.ReadUInt16BigEndian(datagram[11..]);
        if (length > datagram.Length || length > DtlsDatagrams.Longest || datagram[0] is < ChangeCipherSpec or > ApplicationData || datagram[1] != 0xFE) return false;
        var body = length - HeaderBytes;
        if (BinaryPrimitives.ReadUInt16BigEndian(datagram[3..]) is var epoch && (epoch > 1 || body < (epoch == 0 ? 1 : LeastProtected))) return false;
        record = datagram[..length];
        datagram = datagram[length..];
        return true;
    }

    /// <summary>Whether a record is a ClientHello, or the first part of one.</summary>
    public static bool IsClientHello(ReadOnlySpan<byte> record) =>
        record[0] == Handshake && record[3] == 0 && record[4] == 0 && record[HeaderBytes] == ClientHello;
}
