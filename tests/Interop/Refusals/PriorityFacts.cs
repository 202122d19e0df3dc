using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Hub;
using Interop.Tests.Peers.Phones;

namespace Interop.Tests.Interop.Refusals;

/// <summary>A trunk whose word on how urgent a call is counts, and one whose word does not.</summary>
public sealed class PriorityLab() : LabFixture("priorities", LabProvisioning.Text(trunkFrom: "127.0.0.1/32").Replace(
    "\"trunks\": [",
    "\"trunks\": [ { \"id\": \"psap\", \"agency\": \"hpd\", \"from\": [\"127.0.0.9/32\"], \"priority\": true },",
    StringComparison.Ordinal).Replace("\"admits\": [\"trunk:lab\"]", "\"admits\": [\"agency:hpd\"]", StringComparison.Ordinal));

/// <summary>What a call that names its priority gets, and one that would rather not be made without it (RFC 4412).</summary>
public sealed class PriorityFacts(PriorityLab lab) : IClassFixture<PriorityLab>
{
    private const string Urgent = "Resource-Priority: esnet.4";
    private const string Unknown = "Resource-Priority: x-none.1";
    private const string Requires = "\nRequire: resource-priority";
    private const string Plain = "127.0.0.1", Priority = "127.0.0.9";

    [Theory]
    [InlineData("plain", Plain, Urgent, "routine")]
    [InlineData("unknown", Priority, Unknown, "routine")]
    [InlineData("urgent", Priority, Urgent, "emergency")]
    [InlineData("insists", Priority, Urgent + Requires, "emergency")]
    public async Task A_call_comes_in_and_has_the_standing_that_its_trunk_may_ask_for(string user, string from, string asks, string standing)
    {
        var script = SippScript.Caller(user, user).Invite(SippScript.Sdp(), asks).MayReceive(100, 180).Receive(200).Ack()
            .Wait(TimeSpan.FromSeconds(2)).HangUp();
        var phone = await lab.Scripted(user, script, new SippPlan("4201", Address: from));

        var leg = await lab.Hpd.LegOf("4201", $"{user}@", "up");
        Assert.Equal(standing, leg.GetProperty("priority").GetString());
        await phone.Succeeded(Until.Soon);
    }

    [Fact]
    public async Task Who_requires_a_priority_that_nobody_knows_is_refused_417_with_those_that_are() => await Refused(
        "required-unknown", Priority, Unknown + Requires, 417, ("Accept-Resource-Priority", "esnet.4"));

    [Fact]
    public async Task Who_requires_a_priority_that_its_trunk_may_not_ask_for_is_refused_403() => await Refused(
        "required-untrusted", Plain, Urgent + Requires, 403);

    private async Task Refused(string user, string from, string asks, int status, params (string, string)[] checks)
    {
        var script = SippScript.Caller(user, user).Invite(SippScript.Sdp(), asks).MayReceive(100).Receive(status, checks).AckRefusal();

        await (await lab.Scripted(user, script, new SippPlan("4202", Address: from))).Succeeded(Until.Soon);

        Assert.Empty((await lab.Hpd.Room("4202")).GetProperty("legs").EnumerateArray());
    }
}
