using System.Net;
using Interop.Bridges.Wire.Sip.Transports;
using Xunit;

namespace Interop.Tests.Unit.Wire.Sip;

/// <summary>STUN on the port of SIP (RFC 5389, RFC 5626 section 4.4.2), with the addresses of RFC 5769.</summary>
public sealed class StunTests
{
    private const string Head = "00010000 2112a442 b7e7a701bc34d686fa87dfae";

    [Theory]
    [InlineData("192.0.2.1:32853", "0101000c 2112a442 b7e7a701bc34d686fa87dfae 0020000800 01a147e112a643")]
    [InlineData("[2001:db8:1234:5678:11:2233:4455:6677]:32853", "01010018 2112a442 b7e7a701bc34d686fa87dfae 0020001400 02a1470113a9faa5d3f179bc25f4b5bed2b9d9")]
    public void A_binding_request_is_told_where_it_came_from(string from, string answer) => Assert.Equal(Hex(answer), Answer(Head, from));

    [Fact]
    public void An_attribute_that_must_be_understood_is_refused_by_its_name_and_others_are_passed_over()
    {
        Assert.Equal(
            Hex("01110010 2112a442 b7e7a701bc34d686fa87dfae 0009000400000414 000a0002 00060000"),
            Answer("00010008 2112a442 b7e7a701bc34d686fa87dfae 0006000161000000", "192.0.2.1:1"));
        Assert.Equal(0x01, Answer("00010008 2112a442 b7e7a701bc34d686fa87dfae 8022000161000000", "192.0.2.1:1")[1]);
    }

    [Theory]
    [InlineData("01010000 2112a442 b7e7a701bc34d686fa87dfae")]
    [InlineData("00110000 2112a442 b7e7a701bc34d686fa87dfae")]
    [InlineData("00010004 2112a442 b7e7a701bc34d686fa87dfae")]
    [InlineData("00010004 2112a442 b7e7a701bc34d686fa87dfae 80220010")]
    public void Anything_else_gets_no_answer(string request) => Assert.Empty(Answer(request, "192.0.2.1:1"));

    [Theory]
    [InlineData(Head, true)]
    [InlineData("00010000 00000000 b7e7a701bc34d686fa87dfae", false)]
    [InlineData("0001", false)]
    public void Stun_is_told_from_sip_by_its_cookie(string octets, bool isStun)
    {
        Assert.Equal(isStun, StunResponder.IsStun(Hex(octets)));
        Assert.False(StunResponder.IsStun("OPTIONS sip:x@y SIP/2.0\r\n"u8));
    }

    private static byte[] Answer(string request, string from)
    {
        var answer = new byte[StunResponder.AnswerBytes];
        return answer[..StunResponder.Answer(Hex(request), IPEndPoint.Parse(from), answer)];
    }

    private static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));
}
