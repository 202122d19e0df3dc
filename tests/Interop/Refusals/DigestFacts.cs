using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Hub;
using Interop.Tests.Peers.Phones;

namespace Interop.Tests.Interop.Refusals;

public sealed class DigestLab() : LabFixture("digest", LabProvisioning.Text(
    trunkFrom: "10.99.0.0/16",
    endpoints: """{ "id": "desk-1", "agency": "hpd", "name": "Desk 1", "user": "desk1", "password": "correct-horse", "md5": true }"""));

/// <summary>What an answer to a challenge is worth: once, for its own realm, while its nonce is new.</summary>
public sealed class DigestFacts(DigestLab lab) : IClassFixture<DigestLab>
{
    [Fact]
    public async Task An_answer_that_somebody_else_sends_again_is_stale_and_changes_nothing()
    {
        var script = SippScript.Caller("desk1", "Desk 1")
            .Ask("MESSAGE", body: ("text/plain", "First")).Receive(401)
            .Ask("MESSAGE", "[authentication]", ("text/plain", "Second")).Receive(202);
        var phone = await lab.Scripted("replayed", script, new SippPlan("4201", Digest: ("desk1", "correct-horse")));
        await phone.Succeeded(Until.Soon);
        var seen = phone.Messages.Split('\n').First(line => line.StartsWith("Authorization:", StringComparison.Ordinal)).Trim();
        using var thief = new SipDatagram(lab.Hub.SipPort);

        var answer = await thief.Ask(Requests.Write("MESSAGE", "4201", thief.Address, $"{seen}\r\n", ("text/plain", "Third")), Until.Soon);

        Assert.StartsWith("SIP/2.0 401 ", answer, StringComparison.Ordinal);
        Assert.Contains("stale=true", answer!, StringComparison.Ordinal);
        var chat = (await lab.Hpd.Room("4201")).GetProperty("chat").EnumerateArray().Select(line => line.GetProperty("text").GetString());
        Assert.Equal(["Second"], chat);
    }

    [Fact]
    public async Task Credentials_of_another_realm_are_no_credentials()
    {
        const string Foreign = "Digest username=\"desk1\", realm=\"elsewhere.example\", nonce=\"1234\", uri=\"sip:4202@127.0.0.1\", "
            + "response=\"00112233445566778899aabbccddeeff\", algorithm=MD5";
        var script = SippScript.Caller("desk1", "Desk 1")
            .Invite(SippScript.Sdp(), $"Authorization: {Foreign}").MayReceive(100)
            .Receive(401, ("WWW-Authenticate", "realm=\"interop\"")).AckRefusal();

        await (await lab.Scripted("other-realm", script, new SippPlan("4202"))).Succeeded(Until.Soon);

        Assert.Empty((await lab.Hpd.Room("4202")).GetProperty("legs").EnumerateArray());
    }

    [Fact]
    public async Task A_request_that_ran_in_a_circle_is_stopped()
    {
        using var peer = new SipDatagram(lab.Hub.SipPort);
        var looped = Requests.Invite("4203", peer.Address);

        var spent = await peer.Ask(looped.Replace("Max-Forwards: 70", "Max-Forwards: 0", StringComparison.Ordinal), Until.Soon);
        var again = Requests.Invite("4203", peer.Address);
        await peer.Send(again);
        var merged = await peer.Ask(again.Replace("branch=z9hG4bK", "branch=z9hG4bKfork", StringComparison.Ordinal), Until.Soon, status: 482);

        Assert.StartsWith("SIP/2.0 483 ", spent, StringComparison.Ordinal);
        Assert.StartsWith("SIP/2.0 482 ", merged, StringComparison.Ordinal);
    }
}
