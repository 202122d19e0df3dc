namespace Interop.Bridges.Wire.Rtp.Stun;

/// <summary>The CRC-32 of ITU V.42, as FINGERPRINT uses it (RFC 8489 §14.7).</summary>
internal static class Crc32
{
    private static readonly uint[] s_table = MakeTable();

    public static uint Of(ReadOnlySpan<byte> octets)
    {
        var crc = uint.MaxValue;
        foreach (var octet in octets) crc = s_table[(byte)(crc ^ octet)] ^ (crc >> 8);
        return ~crc;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < table.Length; i++)
        {
            var crc = i;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB8_8320;
            table[i] = crc;
        }

        return table;
    }
}
