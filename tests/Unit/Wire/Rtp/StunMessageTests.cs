using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Interop.Bridges.Wire.Rtp.Stun;
using Interop.Tests.Unit.Wire.Sip;
using Xunit;

namespace Interop.Tests.Unit.Wire.Rtp;

public sealed class StunMessageTests
{
    private static readonly byte[] s_password = Encoding.UTF8.GetBytes("VOkJxbRl1RmTxUk/WvJxBt");
    private static readonly byte[] s_id = Convert.FromHexString("b7e7a701bc34d686fa87dfae");

    [Fact]
    public void The_published_request_is_read_and_proved()
    {
        var datagram = Published("sample-request.bin");
        Assert.True(StunMessage.TryParse(datagram, out var message, out _));
        Assert.Equal(StunType.BindingRequest, message.Type);
        Assert.Equal(s_id, message.TransactionId);
        Assert.Equal("evtj:h6vY", Encoding.UTF8.GetString(message.Username));
        Assert.Equal(1_845_494_271u, message.Priority);
        Assert.Equal(0x932ff9b151263b36ul, message.IceControlled);
        Assert.Null(message.IceControlling);
        Assert.False(message.UseCandidate);
        Assert.True(message.HasFingerprint);
        Assert.True(message.Proves(s_password));
        Assert.False(message.Proves("VOkJxbRl1RmTxUk/WvJxBT"u8));
    }

    [Theory]
    [InlineData("sample-ipv4-response.bin", "192.0.2.1:32853")]
    [InlineData("sample-ipv6-response.bin", "[2001:db8:1234:5678:11:2233:4455:6677]:32853")]
    public void The_published_answers_are_read_and_proved(string file, string seen)
    {
        var datagram = Published(file);
        Assert.True(StunMessage.TryParse(datagram, out var message, out _));
        Assert.Equal(StunType.BindingSuccess, message.Type);
        Assert.True(message.TryGetMappedAddress(out var address));
        Assert.Equal(IPEndPoint.Parse(seen), address);
        Assert.True(message.HasFingerprint);
        Assert.True(message.Proves(s_password));
    }

    [Fact]
    [SuppressMessage("Security", "CA5351", Justification = "RFC 8489 section 9.2.2 has MD5 here.")]
    public void The_published_request_of_the_long_term_mechanism_is_proved()
    {
        var datagram = Published("request-long-term.bin");
        Assert.True(StunMessage.TryParse(datagram, out var message, out _));
        Assert.Equal("マトリックス", Encoding.UTF8.GetString(message.Username));
        Assert.False(message.HasFingerprint);
        Assert.True(message.Proves(MD5.HashData("マトリックス:example.org:TheMatrIX"u8)));
    }

    [Fact]
    public void A_published_request_with_one_byte_changed_proves_nothing()
    {
        var datagram = Published("sample-request.bin");
        // FINGERPRINT (8) and MESSAGE-INTEGRITY (24) are the end; what comes before them is what they cover.
        for (var at = 0; at < datagram.Length - 8; at++)
        {
            var changed = (byte[])datagram.Clone();
            changed[at] ^= 1;
            Assert.False(StunMessage.TryParse(changed, out var message, out _) && message.HasFingerprint && message.Proves(s_password), $"byte {at}");
        }
    }

    [Theory]
    [InlineData("192.0.2.1:32853")]
    [InlineData("[2001:db8:1234:5678:11:2233:4455:6677]:65535")]
    public void What_is_written_is_read_again(string seen)
    {
        Span<byte> buffer = stackalloc byte[256];
        var writer = new StunWriter(buffer, StunType.BindingRequest, s_id);
        writer.AddUsername("evtj:h6vY");
        writer.Add(StunAttribute.Priority, 7u);
        writer.Add(StunAttribute.IceControlling, 9ul);
        writer.AddUseCandidate();
        writer.AddMappedAddress(IPEndPoint.Parse(seen));
        writer.AddIntegrity(s_password);
        writer.AddFingerprint();

        Assert.True(StunMessage.TryParse(buffer[..writer.Length], out var message, out _));
        Assert.Equal("evtj:h6vY"u8, message.Username);
        Assert.Equal((7u, 9ul, true), (message.Priority, message.IceControlling, message.UseCandidate));
        Assert.True(message.TryGetMappedAddress(out var address));
        Assert.Equal(IPEndPoint.Parse(seen), address);
        Assert.True(message.HasFingerprint && message.Proves(s_password));
    }

    [Fact]
    public void An_error_says_its_code()
    {
        Span<byte> buffer = stackalloc byte[64];
        var writer = new StunWriter(buffer, StunType.BindingError, s_id);
        writer.AddError(StunError.RoleConflict);
        Assert.True(StunMessage.TryParse(buffer[..writer.Length], out var message, out _));
        Assert.Equal((StunType.BindingError, 487), (message.Type, message.ErrorCode));
    }

    [Fact]
    public void What_comes_after_the_integrity_is_not_believed()
    {
        Span<byte> buffer = stackalloc byte[128];
        var writer = new StunWriter(buffer, StunType.BindingRequest, s_id);
        writer.AddUsername("a:b");
        writer.AddIntegrity(s_password);
        writer.AddUseCandidate();
        Assert.True(StunMessage.TryParse(buffer[..writer.Length], out var message, out _));
        Assert.True(message.Proves(s_password));
        Assert.False(message.UseCandidate);
    }

    [Fact]
    public void The_first_unknown_attribute_that_must_be_understood_is_told()
    {
        Span<byte> buffer = stackalloc byte[64];
        var writer = new StunWriter(buffer, StunType.BindingRequest, s_id);
        writer.Add((StunAttribute)0x8099, "may be passed over"u8);
        writer.Add((StunAttribute)0x0077, "must not"u8);
        Assert.True(StunMessage.TryParse(buffer[..writer.Length], out var message, out _));
        Assert.Equal(0x0077, message.Unknown);
    }

    [Theory]
    [InlineData("", StunFault.Size)]
    [InlineData("000100002112A442", StunFault.Size)]
    [InlineData("000100002112A443000000000000000000000000", StunFault.Cookie)]
    [InlineData("400100002112A442000000000000000000000000", StunFault.Cookie)]
    [InlineData("000100042112A442000000000000000000000000", StunFault.Length)]
    [InlineData("000100042112A44200000000000000000000000000060008", StunFault.Attribute)]
    [InlineData("000100082112A4420000000000000000000000000024000200000000", StunFault.Attribute)]
    [InlineData("000100082112A4420000000000000000000000008028000400000000", StunFault.Attribute)]
    public void What_is_no_message_is_refused_with_its_fault(string hex, StunFault fault)
    {
        Assert.False(StunMessage.TryParse(Convert.FromHexString(hex), out _, out var found));
        Assert.Equal(fault, found);
    }

    [Fact]
    public void A_message_that_has_no_room_is_none()
    {
        Span<byte> buffer = stackalloc byte[24];
        var writer = new StunWriter(buffer, StunType.BindingRequest, s_id);
        writer.Add(StunAttribute.Priority, 1u);
        Assert.Equal((true, 0), (writer.Failed, writer.Length));
    }

    [Fact]
    public void Whatever_arrives_is_read_or_refused() =>
        Gen.Select(Gen.Byte.Array[0, 120], Gen.Int[0, 3]).Sample((datagram, likely) =>
        {
            if (likely > 0 && datagram.Length >= StunMessage.HeaderBytes)
            {
                Convert.FromHexString("00010000").CopyTo(datagram, 0);
                Convert.FromHexString("2112A442").CopyTo(datagram, 4);
                datagram[3] = (byte)(datagram.Length - StunMessage.HeaderBytes);
                // Lengths that fit, so that the walk goes on to the next attribute.
                if (likely > 1)
                    for (var at = StunMessage.HeaderBytes; at + 4 <= datagram.Length; at += 12) (datagram[at], datagram[at + 2], datagram[at + 3]) = (0, 0, 8);
            }

            if (!StunMessage.TryParse(datagram, out var message, out var fault))
            {
                Assert.NotEqual(StunFault.None, fault);
                return;
            }

            _ = message.TryGetMappedAddress(out _);
            _ = message.ErrorCode;
            Assert.False(message.Proves(s_password));
        }, iter: 100_000);

    private static byte[] Published(string file)
    {
        var path = PublishedCases.Find($"stun/rfc5769/{file}");
        Assert.SkipWhen(path is null, "The published cases are not beside the repository");
        return File.ReadAllBytes(path);
    }
}
