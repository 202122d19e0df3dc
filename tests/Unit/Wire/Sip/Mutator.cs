using System.Text;

namespace Interop.Tests.Unit.Wire.Sip;

/// <summary>Turns good octets into bad ones, the same ones for the same seed.</summary>
internal sealed class Mutator(int seed)
{
    private static readonly byte[][] Pieces =
    [
        .. new[]
        {
            "\r\n", "\r\n\r\n", "\r\n ", "\n", "\r", "\0", "\t", ":", ";", ",", ";;", "<", ">", "\"", "\\", "\\\"", "@", "=", "?", "%", "%0", "%00", "%zz", "[", "]", "[::1]", "[:::1]", "*", "/",
            "--", "--edge", "--edge--", "-1", "4294967296", "18446744073709551616", "00000000000000000001", "sip:", "sips:", "SIP/2.0", ";lr", ";tag=", ";branch=z9hG4bK", "Via: ", "l: 5\r\n",
            "a=crypto:1 x inline:y\r\n", "m=audio 1 RTP/AVP 0\r\n", "c=IN IP4 0.0.0.0\r\n", "\u00e9", "\ud83d\ude92", "\u2028",
        }.Select(Encoding.UTF8.GetBytes),
        [0xff], [0xc3], [0xed, 0xa0, 0x80], [0x80, 0x80],
    ];

    private readonly Random _random = new(seed);

    public byte[] Change(byte[][] seeds)
    {
        var octets = new List<byte>(seeds[_random.Next(seeds.Length)]);
        for (var edits = _random.Next(1, 9); edits > 0; edits--) Edit(octets, seeds);
        return [.. octets];
    }

    /// <summary>A number below the bound.</summary>
    public int Below(int bound) => _random.Next(bound);

    private void Edit(List<byte> octets, byte[][] seeds)
    {
        var at = _random.Next(octets.Count + 1);
        var length = Math.Min(_random.Next(1, 40), octets.Count - at);
        switch (_random.Next(7))
        {
            case 0 when at < octets.Count: octets[at] = (byte)_random.Next(256); break;
            case 1 when at < octets.Count: octets[at] ^= (byte)(1 << _random.Next(8)); break;
            case 2: octets.RemoveRange(at, length); break;
            case 3: octets.InsertRange(_random.Next(octets.Count + 1), octets.GetRange(at, length)); break;
            case 4:
                var other = seeds[_random.Next(seeds.Length)];
                var from = _random.Next(other.Length);
                octets.InsertRange(at, other[from..Math.Min(other.Length, from + _random.Next(1, 80))]);
                break;
            case 5 when octets.Count < 8_000: octets.InsertRange(at, Enumerable.Repeat((byte)"x;,< \"%:"[_random.Next(8)], _random.Next(1, 400))); break;
            default: octets.InsertRange(at, Pieces[_random.Next(Pieces.Length)]); break;
        }
    }
}
