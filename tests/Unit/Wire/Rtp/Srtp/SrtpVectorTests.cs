using System.Text.Json;
using Interop.Bridges.Wire.Rtp.Srtp;
using Interop.Tests.Unit.Wire.Sip;
using Xunit;

namespace Interop.Tests.Unit.Wire.Rtp.Srtp;

/// <summary>The vectors that the RFCs print, and those of libsrtp and pion as published beside the repository.</summary>
public sealed class SrtpVectorTests
{
    [Fact]
    public void The_keystream_is_that_of_RFC_3711_B_2()
    {
        using var cipher = new CounterMode(Hex("2B7E151628AED2A6ABF7158809CF4F3C"), Hex("F0F1F2F3F4F5F6F7F8F9FAFBFCFD"));
        // Blocks 0 to 2 and 0xFEFF to 0xFF01, across the pieces in which the stream is made.
        var stream = new byte[0xFF02 * 16];
        cipher.Apply(stream, 0, 0);

        Assert.Equal("E03EAD0935C95E80E166B16DD92B4EB4D23513162B02D0F72A43A2FE4A5F97AB41E95B3BB0A2E8DD477901E4FCA894C0", Convert.ToHexString(stream, 0, 48));
        Assert.Equal("EC8CDF7398607CB0F2D21675EA9EA1E4362B7C3C6773516318A077D7FC5073AE6A2CC3787889374FBEB4C81B17BA6C44", Convert.ToHexString(stream, 0xFEFF * 16, 48));
    }

    [Theory]
    [InlineData("000102030405060708090a0b0c0d0e0f",
        "f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833899d7f27beb16a9152cf765ee4390cce",
        "63e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b4686303ded0bb9275bc84aa45896cf4d2fc5abf87245d9eade800005d4")]
    [InlineData("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
        "32b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a0276ffae0f1ba63799b87b7aa3db36dfffd6b0f9bb7878d7a76c13",
        "d50ae4d1f5ce5d304ba297e47d470c282c3ece5dbffe0a50a2eaa5c1110555be8415f658c61de0476f1b6fad1d1eb30c4446839f57ff6f6cb26ac3be800005d4")]
    public void Packets_are_those_of_RFC_7714_16_and_17(string key, string srtp, string srtcp)
    {
        using var transform = new GcmTransform(Hex(key), Hex("517569642070726f2071756f"));
        var rtp = Hex("8040f17b8041f8d35501a0b247616c6c696120657374206f6d6e69732064697669736120696e207061727465732074726573");
        var rtcp = Hex("81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61deadbeefdeadbeefdeadbeefdeadbeefdeadbeef");
        var (sent, report) = (new byte[rtp.Length + 16], new byte[rtcp.Length + 20]);
        rtp.CopyTo(sent, 0);
        rtcp.CopyTo(report, 0);

        transform.ProtectRtp(sent, 12, rtp.Length, 0x5501_A0B2, 0xF17B);
        transform.ProtectRtcp(report, rtcp.Length, 0x4D61_7273, 0x8000_05D4);

        Assert.Equal(srtp, Convert.ToHexStringLower(sent.AsSpan(12)));
        Assert.Equal(srtcp, Convert.ToHexStringLower(report.AsSpan(8)));
        foreach (var doubtful in (bool[])[true, false])
        {
            var (heard, read) = (sent.ToArray(), report.ToArray());
            Assert.True(transform.TryUnprotectRtp(heard, 12, 0x5501_A0B2, 0xF17B, doubtful));
            Assert.Equal(rtp, heard[..rtp.Length]);
            Assert.True(transform.TryUnprotectRtcp(read, 0x4D61_7273, 0x8000_05D4, doubtful));
            Assert.Equal(rtcp, read[..rtcp.Length]);
        }
    }

    [Fact]
    public void A_packet_under_the_master_key_of_RFC_3711_B_3_is_that_of_libsrtp()
    {
        using var sender = new SrtpSender(SrtpProfile.Aes128CmHmacSha1Tag80, Hex("E1F97A0D3E018BE0D64FA32C06DE4139"), Hex("0EC675AD498AFEEBB6960B3AABE6"));

        var sent = Streams.Protect(sender, Hex("800f1234decafbadcafebabeabababababababababababababababab"));

        Assert.Equal("800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb", Convert.ToHexStringLower(sent));
    }

    [Fact]
    public void Published_packets_are_protected_and_accepted_as_published()
    {
        var (done, unknown) = (0, new List<string>());
        foreach (var vector in Published("packets"))
        {
            if (!vector.TryGetProperty("profile", out var profile)) continue;
            if (SrtpProfile.Find(Name(profile.GetString()!)) is not { } known)
            {
                unknown.Add(profile.GetString()!);
                continue;
            }

            var (key, salt) = (Hex(vector, "master_key"), Hex(vector, "master_salt"));
            using var sender = new SrtpSender(known, key, salt);
            using var receiver = new SrtpReceiver(known, key, salt);
            var plain = Hex(vector, "rtp_plain");
            var sent = Streams.Protect(sender, plain);
            Assert.Equal(vector.GetProperty("srtp").GetString(), Convert.ToHexStringLower(sent));
            Assert.Equal(SrtpFault.None, Streams.Take(receiver, sent, plain));
            if (vector.TryGetProperty("srtcp", out var srtcp))
            {
                var report = Hex(vector, "rtcp_plain");
                var buffer = new byte[report.Length + SrtpLimits.MostOverhead];
                report.CopyTo(buffer, 0);
                // libsrtp numbers its first report 1, as we do.
                Assert.True(sender.TryProtectRtcp(buffer, report.Length, out var length, out _));
                Assert.Equal(srtcp.GetString(), Convert.ToHexStringLower(buffer.AsSpan(0, length)));
                Assert.True(receiver.TryUnprotectRtcp(buffer.AsSpan(0, length), out var read, out _));
                Assert.Equal(report, buffer[..read]);
            }

            done++;
        }

        // Nobody offers 192 bits by SDES or DTLS.
        Assert.Equal(["AES_CM_192_HMAC_SHA1_80"], unknown);
        Assert.Equal(3, done);
    }

    [Fact]
    public void Published_session_keys_come_out_of_their_master_keys()
    {
        foreach (var vector in Published("kdf"))
        {
            var profile = Hex(vector, "master_key").Length == 16 ? SrtpProfile.Aes128CmHmacSha1Tag80 : SrtpProfile.Aes256CmHmacSha1Tag80;
            using var derived = KeyDerivation.Derive(profile, Hex(vector, "master_key"), Hex(vector, "master_salt"), rtcp: false);
            using var given = new CounterHmacTransform(Hex(vector, "cipher_key"), Hex(vector, "auth_key"), Hex(vector, "cipher_salt"), profile.TagLength);
            var (one, other) = (new byte[60], new byte[60]);

            derived.ProtectRtp(one, 12, 50, 7, 9);
            given.ProtectRtp(other, 12, 50, 7, 9);

            Assert.Equal(other, one);
        }
    }

    private static string Name(string published) => published == "AES_CM_256_HMAC_SHA1_80" ? SrtpProfile.Aes256CmHmacSha1Tag80.Name : published;

    private static JsonElement.ArrayEnumerator Published(string set)
    {
        var path = PublishedCases.Find("srtp/vectors.json");
        Assert.SkipWhen(path is null, "The published cases are not beside the repository");
        return JsonDocument.Parse(File.ReadAllBytes(path!)).RootElement.GetProperty(set).EnumerateArray();
    }

    private static byte[] Hex(string text) => Convert.FromHexString(text);

    private static byte[] Hex(JsonElement vector, string name) => Hex(vector.GetProperty(name).GetString()!);
}
