using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Hub;
using Interop.Tests.Peers.Phones;

namespace Interop.Tests.Interop.Abuse;

/// <summary>A hub that lets a stranger ask little, so that a modest flood is over it also where sender and hub are slow.</summary>
public sealed class RateLab() : LabFixture("rates", LabProvisioning.Text(trunkFrom: "127.0.0.1/32"), ("Sip__RequestsPerSecond", "20"));

/// <summary>Who asks more than the hub lets a stranger ask is told when to come again; all others are served.</summary>
[Collection(AloneCollection.Name)]
public sealed class RateFacts(RateLab lab) : IClassFixture<RateLab>
{
    private const int Requests = 1_000, PerSecond = 1_000;

    [Theory]
    [InlineData("INVITE", "127.0.0.70", 401)]
    [InlineData("REGISTER", "127.0.0.71", 401)]
    [InlineData("OPTIONS", "127.0.0.72", 200)]
    public async Task What_is_over_the_rate_is_refused_503_with_Retry_After_and_others_come_in_meanwhile(string method, string stranger, int otherwise)
    {
        await using var flood = new SipFlood(lab.Hub.SipPort, stranger);
        await using var other = new SipFlood(lab.Hub.SipPort, "127.0.0.73");
        var phone = await lab.Phone($"phone-{method}", 400);

        var flooding = flood.Send(Requests, PerSecond, _ => Lab.Requests.Of(method, "4201", flood.Address));
        await Until.True("a 503", () => flood.Answers(503) > 0, context: flood.Summary);
        await other.Send(1, PerSecond, _ => Lab.Requests.Of("OPTIONS", "4201", other.Address));
        await Until.True("the answer to somebody else", () => other.Answers(200) == 1, context: other.Summary);
        await phone.Call(lab.Hub.Sip("4201"));
        await flooding;

        Assert.True(flood.SawRetryAfter, $"No 503 said when to come again: {flood.Summary()}.");
        Assert.True(flood.Answers(otherwise) > 0, $"Nothing was answered {otherwise}: {flood.Summary()}.");
        await Until.True("most of the flood to be refused", () => flood.Answers(503) > Requests / 2, context: flood.Summary);
        await phone.HangUp();
    }
}
