using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using Interop.Bridges.Wire.Rtp.Srtp;

namespace Interop.Tests.Bench.Media;

/// <summary>A packet of 172 octets protected and accepted, beside the bare calls of the ciphers that this takes, in turns in one run.</summary>
/// <remarks>The bare calls are what no implementation on the same library can do without; the rest is ours. The best of the rounds counts.</remarks>
internal static class SrtpLoad
{
    private const int Packet = 172, Header = 12, Blocks = 10, Rounds = 15, PacketsARound = 20_000;

    public static void Run(TextWriter output)
    {
        foreach (var profile in SrtpProfile.All)
        {
            using var bare = profile.IsAead ? (IBare)new BareGcm(profile.KeyLength) : new BareCounterHmac(profile.KeyLength);
            using var ours = new Ours(profile);
            var (bareBest, oursBest) = (double.MaxValue, double.MaxValue);
            for (var round = 0; round < Rounds; round++)
            {
                bareBest = Math.Min(bareBest, Time(bare.Step));
                oursBest = Math.Min(oursBest, Time(ours.Step));
            }

            output.WriteLine($"{profile.Name}: {1e6 / oursBest / 1e3:0} k/s, {oursBest:0.00} us; bare {bareBest:0.00} us; {bareBest / oursBest:0.00} x the bare calls");
        }
    }

    private static double Time(Action step)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < PacketsARound; i++) step();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / PacketsARound;
    }

    private interface IBare : IDisposable
    {
        void Step();
    }

    private sealed class Ours(SrtpProfile profile) : IDisposable
    {
        private static readonly byte[] s_keys = RandomNumberGenerator.GetBytes(64);
        private readonly SrtpSender _sender = new(profile, s_keys.AsSpan(0, profile.KeyLength), s_keys.AsSpan(32, profile.SaltLength));
        private readonly SrtpReceiver _receiver = new(profile, s_keys.AsSpan(0, profile.KeyLength), s_keys.AsSpan(32, profile.SaltLength));
        private readonly byte[] _buffer = new byte[Packet + SrtpLimits.MostOverhead];
        private ushort _sequence;

        public void Step()
        {
            _buffer[0] = 0x80;
            BinaryPrimitives.WriteUInt16BigEndian(_buffer.AsSpan(2), _sequence++);
            if (!_sender.TryProtect(_buffer, Packet, out var length, out var fault) || !_receiver.TryUnprotect(_buffer.AsSpan(0, length), out _, out fault))
                throw new InvalidOperationException(fault.ToString());
        }

        public void Dispose()
        {
            _sender.Dispose();
            _receiver.Dispose();
        }
    }

    private sealed class BareCounterHmac : IBare
    {
        private readonly Aes _aes = Aes.Create();
        private readonly ICryptoTransform _cipher;
        private readonly IncrementalHash _hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, RandomNumberGenerator.GetBytes(20));
        private readonly byte[] _stream = new byte[16 * Blocks];
        private readonly byte[] _packet = new byte[Packet + 4];
        private readonly byte[] _tag = new byte[20];

        public BareCounterHmac(int keyLength)
        {
            _aes.SetKey(RandomNumberGenerator.GetBytes(keyLength));
#pragma warning disable CA5358 // The counter mode of RFC 3711 is made of single blocks.
            _aes.Mode = CipherMode.ECB;
#pragma warning restore CA5358
            _aes.Padding = PaddingMode.None;
            _cipher = _aes.CreateEncryptor();
        }

        public void Step()
        {
            for (var direction = 0; direction < 2; direction++)
            {
                _cipher.TransformBlock(_stream, 0, _stream.Length, _stream, 0);
                _hmac.AppendData(_packet);
                _hmac.GetHashAndReset(_tag);
            }
        }

        public void Dispose()
        {
            _cipher.Dispose();
            _aes.Dispose();
            _hmac.Dispose();
        }
    }

    private sealed class BareGcm(int keyLength) : IBare
    {
        private readonly AesGcm _cipher = new(RandomNumberGenerator.GetBytes(keyLength), 16);
        private readonly byte[] _nonce = new byte[12];
        private readonly byte[] _packet = new byte[Packet];
        private readonly byte[] _tag = new byte[16];

        public void Step()
        {
            _nonce[0]++;
            var payload = _packet.AsSpan(Header);
            _cipher.Encrypt(_nonce, payload, payload, _tag, _packet.AsSpan(0, Header));
            _cipher.Decrypt(_nonce, payload, _tag, payload, _packet.AsSpan(0, Header));
        }

        public void Dispose() => _cipher.Dispose();
    }
}
