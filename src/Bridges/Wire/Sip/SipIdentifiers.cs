using System.Security.Cryptography;
using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip;

/// <summary>Makes the identifiers that must be unique and, so that nobody off the path can join a dialog, unguessable.</summary>
internal sealed class SipIdentifiers(RandomNumberGenerator random)
{
    public string Tag() => Text(8);

    public string Branch() => Via.MagicCookie + Text(12);

    public string CallId() => Text(16);

    /// <summary>A number from 0 up to, not including, the bound.</summary>
    public int Below(int bound)
    {
        Span<byte> octets = stackalloc byte[4];
        random.GetBytes(octets);
        return (int)(BitConverter.ToUInt32(octets) % (uint)bound);
    }

    private string Text(int length)
    {
        Span<byte> octets = stackalloc byte[16];
        random.GetBytes(octets[..length]);
        return Convert.ToHexStringLower(octets[..length]);
    }
}
