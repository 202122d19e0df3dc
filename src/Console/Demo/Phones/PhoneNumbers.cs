using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Interop.Console.Demo.Phones;

/// <summary>The random numbers that a call begins with.</summary>
internal sealed class PhoneNumbers(RandomNumberGenerator random)
{
    public RandomNumberGenerator Random => random;

    /// <summary>An RTP synchronization source.</summary>
    public uint Ssrc() => (uint)Next();

    /// <summary>The session id of an SDP, which some peers read as a signed number.</summary>
    public ulong SessionId() => Next() >> 1;

    private ulong Next()
    {
        Span<byte> bytes = stackalloc byte[8];
        random.GetBytes(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }
}
