using Interop.Bridges.Sip.Trunks;
using Interop.Bridges.Wire.Sip.Messages;
using Xunit;

namespace Interop.Tests.Unit.Bridges.Sip;

public sealed class RegisterAnswerTests
{
    private static readonly TimeSpan Asked = TimeSpan.FromSeconds(600);

    [Theory]
    [InlineData("Contact", "<sip:tours@192.0.2.1>;expires=120", 120)]
    [InlineData("Contact", "<sip:other@192.0.2.1>;expires=3600, <sip:tours@192.0.2.1>;expires=90", 90)]
    [InlineData("Expires", "300", 300)]
    [InlineData("Server", "says nothing", 600)]
    [InlineData("Contact", "<sip:tours@192.0.2.1>;expires=99999999", 86400)]
    public void A_registration_lasts_as_long_as_the_partner_says_of_our_contact(string name, string value, int seconds) =>
        Assert.Equal(seconds, Answer(200, new SipHeader(name, value)).Lasts?.TotalSeconds);

    [Fact]
    public void Too_short_a_time_is_made_longer()
    {
        Assert.Equal(TimeSpan.FromSeconds(900), Answer(423, new SipHeader("Min-Expires", "900")).AskFor);
        Assert.Null(Answer(423, new SipHeader("Min-Expires", "60")).AskFor);
        Assert.Null(Answer(423).AskFor);
    }

    [Theory]
    [InlineData(401, true)]
    [InlineData(403, true)]
    [InlineData(404, true)]
    [InlineData(408, false)]
    [InlineData(500, false)]
    [InlineData(503, false)]
    public void A_refusal_is_not_repeated_as_fast_as_a_silence(int status, bool isFinal)
    {
        var answer = Answer(status);

        Assert.Equal((null, isFinal), (answer.Lasts, answer.IsFinal));
        Assert.NotNull(answer.Cause);
    }

    private static RegisterAnswer Answer(int status, params SipHeader[] headers)
    {
        var response = SipScene.Request("REGISTER").Respond(status);
        foreach (var (name, value) in headers)
            response.Headers.Add(name, value);
        return RegisterAnswer.Of(response, "tours", Asked);
    }
}
