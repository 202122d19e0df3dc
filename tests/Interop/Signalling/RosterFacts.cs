using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Phones;

namespace Interop.Tests.Interop.Signalling;

public sealed class RosterLab() : LabFixture("roster");

/// <summary>A phone that asks who is in a room is told, and told again when that changes (RFC 4575, RFC 6665).</summary>
public sealed class RosterFacts(RosterLab lab) : IClassFixture<RosterLab>
{
    private const string Asked = "Event: conference\nAccept: application/conference-info+xml\nExpires: 600";

    [Fact]
    public async Task A_subscriber_gets_the_whole_roster_then_each_change_and_the_end_that_it_asked_for()
    {
        await (await lab.Phone("first", 400)).Call(lab.Hub.Sip("4201"));
        await lab.Hpd.LegOf("4201", "first", "up");
        var script = SippScript.Caller("watcher", "Watcher")
            .Ask("SUBSCRIBE", Asked).Receive(200, ("Expires", "^ *600"))
            .TakeBody("NOTIFY", "state=\"full\" version=\"1\"", "<display-text>First standing room</display-text>", "first", "<user-count>1</user-count>")
            .AnswerInCall()
            .TakeUntil("NOTIFY", "<user-count>2</user-count>").TakeUntil("NOTIFY", "state=\"deleted\"")
            .InCall("SUBSCRIBE", "Event: conference\nExpires: 0").Receive(200, ("Expires", "^ *0"))
            .TakeUntil("NOTIFY", "terminated;reason=timeout", "Subscription-State");
        var watcher = await lab.Scripted("watcher", script, new SippPlan("4201"));
        await Until.True("the whole roster", () => watcher.Count("state=\"full\"") > 0, context: () => watcher.Messages);

        var second = await lab.Phone("second", 700);
        await second.Call(lab.Hub.Sip("4201"));
        await Until.True("the roster with the second phone", () => watcher.Count("<user-count>2</user-count>") > 0, context: () => watcher.Messages);
        await second.HangUp();
        await watcher.Succeeded(2 * Until.Soon);

        Assert.Contains("state=\"partial\" version=\"2\"", watcher.Messages, StringComparison.Ordinal);
        Assert.Contains("Subscription-State: active;expires=", watcher.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_phone_subscribes_inside_its_call_and_finds_itself_in_the_roster()
    {
        var script = SippScript.Caller("inside", "Inside")
            .Invite(SippScript.Sdp()).MayReceive(100, 180).Receive(200).Ack()
            .InCall("SUBSCRIBE", Asked).Receive(200)
            .TakeBody("NOTIFY", "state=\"full\"", "Inside", "<status>connected</status>").AnswerInCall()
            .HangUp();

        await (await lab.Scripted("inside", script, new SippPlan("4202"))).Succeeded(Until.Soon);
    }

    [Theory]
    [InlineData("4999")]
    [InlineData("4204")]
    public async Task A_room_that_is_none_or_admits_nobody_of_the_agency_is_not_found(string room)
    {
        var script = SippScript.Caller("curious", "Curious").Ask("SUBSCRIBE", Asked).Receive(404);

        await (await lab.Scripted($"curious-{room}", script, new SippPlan(room))).Succeeded(Until.Soon);
    }
}
