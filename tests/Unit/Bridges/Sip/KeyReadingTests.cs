using System.Text;
using Interop.Bridges.Sip.Calls;
using Interop.Bridges.Wire.Sip.Messages;
using Xunit;

namespace Interop.Tests.Unit.Bridges.Sip;

public sealed class KeyReadingTests
{
    [Theory]
    [InlineData("application/dtmf-relay", "Signal=5\r\nDuration=160\r\n", '5')]
    [InlineData("application/dtmf-relay", "Signal= 1\nDuration=100", '1')]
    [InlineData("application/dtmf-relay", "Duration=100\r\nsignal=*", '*')]
    [InlineData("application/dtmf-relay", "Signal=11\r\n", '#')]
    [InlineData("application/dtmf", "3", '3')]
    [InlineData("application/dtmf", " d\r\n", 'D')]
    public void A_key_is_read_from_either_body(string type, string body, char key) => Assert.Equal(key, KeyReading.Of(Info(type, body)));

    [Theory]
    [InlineData("application/dtmf-relay", "Signal=hf")]
    [InlineData("application/dtmf-relay", "Duration=160")]
    [InlineData("application/dtmf", "55")]
    [InlineData("application/dtmf", "")]
    public void What_is_no_key_is_none(string type, string body) => Assert.Null(KeyReading.Of(Info(type, body)));

    [Fact]
    public void Another_body_tells_no_keys() => Assert.False(KeyReading.Tells(Info("application/media_control+xml", "<x/>")));

    private static SipRequest Info(string type, string body) => new(
        SipMethods.Info, SipUri.Create("4201", "hub", 5060), new SipHeaders().Add(HeaderNames.ContentType, type), Encoding.ASCII.GetBytes(body));
}
