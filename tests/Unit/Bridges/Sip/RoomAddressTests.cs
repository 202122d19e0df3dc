using Interop.Bridges.Sip.Calls;
using Interop.Bridges.Wire.Sip.Messages;
using Xunit;

namespace Interop.Tests.Unit.Bridges.Sip;

public sealed class RoomAddressTests
{
    [Theory]
    [InlineData("sip:4201@127.0.0.1", "4201")]
    [InlineData("sip:4201@127.0.0.1:5060;transport=tcp", "4201")]
    [InlineData("sip:%34201@127.0.0.1", "4201")]
    [InlineData("sip:room@127.0.0.1", null)]
    [InlineData("sip:127.0.0.1", null)]
    [InlineData("sip:1234567890123@127.0.0.1", null)]
    [InlineData("tel:4201", null)]
    public void Only_digits_dial_a_room(string uri, string? code) =>
        Assert.Equal(code, RoomAddress.Read(SipUri.Parse(uri))?.Value);
}
