using System.Buffers.Binary;
using System.Security.Cryptography;
using Interop.Bridges.Wire.Rtp.Srtp;

namespace Interop.Tests.Unit.Wire.Rtp.Srtp;

/// <summary>A sender and its receiver under one random key, and packets between them.</summary>
internal sealed class Streams : IDisposable
{
    private readonly byte[] _keying;

    public Streams(SrtpProfile profile)
    {
        _keying = RandomNumberGenerator.GetBytes(profile.KeyingLength);
        Profile = profile;
        Sender = MakeSender();
        Receiver = MakeReceiver();
    }

    public SrtpProfile Profile { get; }

    public SrtpSender Sender { get; }

    public SrtpReceiver Receiver { get; }

    private ReadOnlySpan<byte> Key => _keying.AsSpan(0, Profile.KeyLength);

    private ReadOnlySpan<byte> Salt => _keying.AsSpan(Profile.KeyLength);

    public SrtpSender MakeSender() => new(Profile, Key, Salt);

    public SrtpReceiver MakeReceiver() => new(Profile, Key, Salt);

    /// <summary>160 octets of payload that tell their sequence number.</summary>
    public static byte[] Plain(ushort sequence, uint ssrc = 0xCAFE_BABE, int payload = 160)
    {
        var packet = new byte[12 + payload];
        packet[0] = 0x80;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), sequence);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), ssrc);
        packet.AsSpan(12).Fill((byte)(sequence * 7));
        return packet;
    }

    public static byte[] Report(uint ssrc = 0xCAFE_BABE)
    {
        var packet = new byte[28];
        (packet[0], packet[1], packet[3]) = (0x80, 200, 6);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), ssrc);
        packet.AsSpan(8).Fill(0x5A);
        return packet;
    }

    public byte[] Protect(ushort sequence, uint ssrc = 0xCAFE_BABE) => Protect(Sender, Plain(sequence, ssrc));

    public static byte[] Protect(SrtpSender sender, byte[] plain)
    {
        var buffer = new byte[plain.Length + SrtpLimits.MostOverhead];
        plain.CopyTo(buffer, 0);
        if (!sender.TryProtect(buffer, plain.Length, out var length, out var fault)) throw new InvalidOperationException(fault.ToString());
        return buffer[..length];
    }

    public byte[] ProtectReport(uint ssrc = 0xCAFE_BABE)
    {
        var plain = Report(ssrc);
        var buffer = new byte[plain.Length + SrtpLimits.MostOverhead];
        plain.CopyTo(buffer, 0);
        if (!Sender.TryProtectRtcp(buffer, plain.Length, out var length, out var fault)) throw new InvalidOperationException(fault.ToString());
        return buffer[..length];
    }

    /// <summary>The fault of a copy, or None when it came out as it went in.</summary>
    public SrtpFault Take(byte[] datagram, byte[] plain) => Take(Receiver, datagram, plain);

    public static SrtpFault Take(SrtpReceiver receiver, byte[] datagram, byte[] plain)
    {
        var copy = datagram.ToArray();
        if (!receiver.TryUnprotect(copy, out var length, out var fault))
        {
            if (!copy.AsSpan().SequenceEqual(datagram)) throw new InvalidOperationException("What was refused was changed.");
            return fault;
        }

        if (!copy.AsSpan(0, length).SequenceEqual(plain)) throw new InvalidOperationException("It came out another.");
        return fault;
    }

    public void Dispose()
    {
        Sender.Dispose();
        Receiver.Dispose();
    }
}

/// <summary>The profiles by name, for theories.</summary>
internal static class Profiles
{
    public static TheoryData<string> All() => [.. SrtpProfile.All.Select(profile => profile.Name)];
}
