using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Phones;

namespace Interop.Tests.Interop.Refusals;

public sealed class MalformedLab() : LabFixture("malformed-sip");

/// <summary>What is not SIP is answered 400 where it can be answered, and counted where it cannot; the hub goes on.</summary>
public sealed class MalformedSipFacts(MalformedLab lab) : IClassFixture<MalformedLab>
{
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData("CSeq: one INVITE\nContent-Length: 0")]
    [InlineData("CSeq: 1 INVITE\nContent-Length: -7")]
    [InlineData("CSeq: 1 OPTIONS\nContent-Length: 0")]
    public async Task A_malformed_request_that_can_be_answered_is_answered_400(string headers)
    {
        using var peer = new SipDatagram(lab.Hub.SipPort);

        var answer = await peer.Ask($"""
            INVITE sip:4201@127.0.0.1 SIP/2.0
            Via: SIP/2.0/UDP {peer.Address};branch=z9hG4bKbroken
            From: <sip:somebody@127.0.0.1>;tag=1
            To: <sip:4201@127.0.0.1>
            Call-ID: {peer.Address}
            {headers}


            """, Answer);

        Assert.StartsWith("SIP/2.0 400 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_sip_at_all_is_dropped_and_counted_and_the_next_call_goes_through()
    {
        var before = await Malformed();
        using (var peer = new SipDatagram(lab.Hub.SipPort))
            for (var time = 0; time < 5; time++)
                Assert.Null(await peer.Ask($"\0\u0001 this is no SIP {time}", TimeSpan.FromMilliseconds(100)));

        await Until.Found("the malformed datagrams in /metrics", async () => await Malformed() >= before + 5 ? "counted" : null);
        var phone = await lab.Phone("after", 400);
        await phone.Call(lab.Hub.Sip("4201"));
    }

    /// <summary>The sum of the counter of malformed messages, whatever its labels.</summary>
    private async Task<double> Malformed() => await lab.Hpd.Metric("sip_malformed");
}
