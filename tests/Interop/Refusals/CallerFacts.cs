using System.Text.RegularExpressions;
using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Hub;
using Interop.Tests.Peers.Phones;

namespace Interop.Tests.Interop.Refusals;

public sealed class TrunkLab() : LabFixture("callers-by-trunk");

/// <summary>A hub whose trunk is elsewhere, so that every caller of this machine must prove who it is.</summary>
public sealed class StrangerLab() : LabFixture("callers-unknown", LabProvisioning.Text(
    trunkFrom: "10.99.0.0/16",
    endpoints: """{ "id": "desk-1", "agency": "hpd", "name": "Desk 1", "user": "desk1", "password": "correct-horse", "md5": true }"""));

/// <summary>Who may call which room.</summary>
public sealed partial class CallerFacts(TrunkLab trunk, StrangerLab strangers) : IClassFixture<TrunkLab>, IClassFixture<StrangerLab>
{
    [Fact]
    public async Task A_room_that_is_not_there_is_404_for_a_caller_of_a_trunk()
    {
        var phone = await trunk.Phone("wrong-number", 400);

        Assert.StartsWith("404", await phone.CallRefused(trunk.Hub.Sip("9999")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_room_that_does_not_admit_the_trunk_is_403()
    {
        var phone = await trunk.Phone("not-invited", 400);

        Assert.StartsWith("403", await phone.CallRefused(trunk.Hub.Sip("4204")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stranger_gets_the_same_answer_whether_or_not_the_room_exists()
    {
        var there = await Invite("4201");
        var notThere = await Invite("9999");

        Assert.StartsWith("SIP/2.0 401 ", there, StringComparison.Ordinal);
        Assert.Equal(Anonymous(there), Anonymous(notThere));
    }

    [Fact]
    public async Task A_phone_with_the_right_password_comes_in_and_with_a_wrong_one_does_not()
    {
        var asks = SippScript.Caller("desk1", "Desk 1").Invite(SippScript.Sdp()).MayReceive(100).Receive(401).AckRefusal();
        var right = await strangers.Scripted(
            "right-password",
            asks.Invite(SippScript.Sdp(), "[authentication]").MayReceive(100, 180).Receive(200).Ack().HangUp(),
            new SippPlan("4201", Digest: ("desk1", "correct-horse")));
        await right.Succeeded(Until.Soon);

        asks = SippScript.Caller("desk1", "Desk 1").Invite(SippScript.Sdp()).MayReceive(100).Receive(401).AckRefusal();
        var wrong = await strangers.Scripted(
            "wrong-password",
            asks.Invite(SippScript.Sdp(), "[authentication]").MayReceive(100).Receive(401).AckRefusal(),
            new SippPlan("4201", Digest: ("desk1", "battery-staple")));
        await wrong.Succeeded(Until.Soon);
    }

    private async Task<string> Invite(string room)
    {
        using var stranger = new SipDatagram(strangers.Hub.SipPort);
        var answer = await stranger.Ask(Requests.Invite(room, stranger.Address), Until.Soon);
        Assert.NotNull(answer);
        return answer;
    }

    /// <summary>An answer without what is different in any two: nonce, tags, branch, ports, and the number that was dialled.</summary>
    private static string Anonymous(string answer) =>
        Varying().Replace(answer, "").Replace("9999", "4201", StringComparison.Ordinal);

    [GeneratedRegex("nonce=\"[^\"]*\"|opaque=\"[^\"]*\"|tag=[^;\\s>]*|branch=[^;\\s]*|127\\.0\\.0\\.1:\\d+|rport=\\d+|Call-ID: .*|Date: .*", RegexOptions.None, 1_000)]
    private static partial Regex Varying();
}
