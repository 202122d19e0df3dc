using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Interop.Bridges.Wire.Sip.UserAgent;

/// <summary>How fast each source may send what costs us memory: a bounded table of leaky buckets, without lock or allocation.</summary>
/// <remarks>
/// Each slot holds the instant at which its bucket is empty again. Sources whose hash meets share a bucket; the hash is
/// seeded by the process, so that nobody can choose whom to meet. An IPv6 source is its /64, which one subscriber owns whole.
/// </remarks>
internal sealed class RateGate
{
    private readonly long[] _emptyAt;
    private readonly TimeProvider _time;
    private readonly long _cost;
    private readonly long _depth;

    public RateGate(int slots, int perSecond, int burst, TimeProvider time)
    {
        _emptyAt = new long[slots];
        _time = time;
        _cost = Math.Max(1, time.TimestampFrequency / perSecond);
        _depth = _cost * burst;
        Array.Fill(_emptyAt, long.MinValue);
    }

    /// <summary>Takes a place for one request; false when the source is too fast.</summary>
    public bool TryTake(IPAddress source)
    {
        ref var slot = ref _emptyAt[(int)((uint)Hash(source) % (uint)_emptyAt.Length)];
        var now = _time.GetTimestamp();
        while (true)
        {
            var known = Volatile.Read(ref slot);
            var next = Math.Max(known, now) + _cost;
            if (next - now > _depth) return false;
            if (Interlocked.CompareExchange(ref slot, next, known) == known) return true;
        }
    }

    private static int Hash(IPAddress source)
    {
        Span<byte> octets = stackalloc byte[16];
        if (!source.TryWriteBytes(octets, out _)) return 0;
        return source.AddressFamily == AddressFamily.InterNetworkV6 && !source.IsIPv4MappedToIPv6
            ? HashCode.Combine(BinaryPrimitives.ReadUInt64BigEndian(octets))
            : HashCode.Combine(BinaryPrimitives.ReadUInt64BigEndian(octets), BinaryPrimitives.ReadUInt64BigEndian(octets[8..]));
    }
}
