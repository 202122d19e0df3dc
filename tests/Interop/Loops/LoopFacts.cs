using System.Net;
using System.Text.Json;
using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Hub;
using Interop.Tests.Peers.Phones;
using Interop.Tests.Peers.Sound;

namespace Interop.Tests.Interop.Loops;

/// <summary>Three hubs that take calls from each other; rooms of one code on each.</summary>
public sealed class LoopLab() : LabFixture("loops", LabProvisioning.Text(destinations: "sip:*@localhost"))
{
    private readonly List<HubSide> _sides = [];

    /// <summary>The hubs, each with its API.</summary>
    public IReadOnlyList<HubSide> Sides => _sides;

    /// <inheritdoc />
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _sides.Add(new HubSide(Hub, Hpd));
        foreach (var name in new[] { "loops-second", "loops-third" })
        {
            var hub = Keep(await HubProcess.Start(new Workplace(name), LabProvisioning.Text()));
            _sides.Add(new HubSide(hub, new HubApi(hub.Console, LabProvisioning.HpdToken)));
        }
    }
}

/// <summary>A hub as its dispatcher has it.</summary>
public sealed record HubSide(HubProcess Hub, HubApi Api)
{
    /// <summary>Has a room call a room of another hub.</summary>
    public Task<ApiAnswer> Dial(string room, HubSide other) => Api.Post($"/api/rooms/{room}/legs", new { uri = other.Hub.Sip(room), name = "The other room" });

    /// <summary>The legs by which a room is joined to another hub's, but those that are gone.</summary>
    public async Task<JsonElement[]> LegsTo(string room, HubSide other) => (await Api.Room(room)).GetProperty("legs").EnumerateArray()
        .Where(leg => leg.GetProperty("status").GetString() != "gone" && leg.GetProperty("party").GetRawText().Contains(other.Hub.SipAddress, StringComparison.Ordinal))
        .ToArray();

    /// <summary>Waits until a room is joined to another hub's.</summary>
    public Task<JsonElement> Joined(string room, HubSide other) => Api.LegOf(room, other.Hub.SipAddress, "up");
}

/// <summary>Rooms of several hubs that call each other twice or in a ring: no sound goes round, and nobody is parted.</summary>
[Collection(AloneCollection.Name)]
public sealed class LoopFacts(LoopLab lab) : IClassFixture<LoopLab>
{
    private static readonly TimeSpan Judged = TimeSpan.FromSeconds(1);

    /// <summary>What comes round comes as loud as it left. A frame that is lost spreads a tone over all the others, some 25 dB below.</summary>
    private const double EchoDb = 20;

    private HubSide First => lab.Sides[0];

    private HubSide Second => lab.Sides[1];

    private HubSide Third => lab.Sides[2];

    [Fact]
    public async Task A_room_that_is_joined_is_not_called_as_well_by_refer_by_console_or_from_its_other_side()
    {
        var here = await lab.Phone("twice-here", 400);
        var there = await lab.Phone("twice-there", 700);
        await here.Call(First.Hub.Sip("4201"));
        await there.Call(Second.Hub.Sip("4201"));
        await First.Dial("4201", Second);
        await First.Joined("4201", Second);
        await Second.Joined("4201", First);
        var script = SippScript.Caller("asks", "Asks").Invite(SippScript.Sdp()).MayReceive(100, 180).Receive(200).Ack()
            .InCall("REFER", $"Refer-To: <{First.Hub.Sip("4201")}>").Receive(202).TakeUntil("NOTIFY", "SIP/2.0 482").HangUp();

        await (await lab.Scripted("asks", script, new SippPlan("4201"), through: Second.Hub.SipAddress)).Succeeded(2 * Until.Soon);
        var (again, back) = (await First.Dial("4201", Second), await Second.Dial("4201", First));
        var outside = SippScript.Caller("outside", "Outside")
            .Says($"<{Second.Hub.Sip("4201")}>;isfocus").Invite(SippScript.Sdp()).MayReceive(100, 180).Receive(482).AckRefusal();
        await (await lab.Scripted("outside", outside, new SippPlan("4201"))).Succeeded(Until.Soon);

        Assert.All([again, back], answer => Assert.Equal((HttpStatusCode.Conflict, true), (answer.Status, answer.Text.Contains("leg.focus-twice", StringComparison.Ordinal))));
        Assert.Single(await First.LegsTo("4201", Second));
        Assert.Single(await Second.LegsTo("4201", First));
        await HearEachOtherAndNotThemselves([here, there], [400, 700]);
    }

    [Fact]
    public async Task Two_rooms_that_call_each_other_at_once_are_joined_once()
    {
        await Task.WhenAll(First.Dial("4202", Second), Second.Dial("4202", First));

        foreach (var (side, other) in new[] { (First, Second), (Second, First) })
            await Until.Found("the rooms to be joined by one leg", async () => await side.LegsTo("4202", other) is [var one] && one.GetProperty("status").GetString() == "up" ? "one" : null, 4 * Until.Soon);
    }

    [Fact]
    public async Task A_room_that_is_called_by_itself_under_another_name_refuses_and_stays_as_it_was()
    {
        await First.Api.Post("/api/rooms/4203/legs", new { uri = $"sip:4203@localhost:{First.Hub.SipPort}", name = "Itself" });

        var gone = await First.Api.LegOf("4203", "localhost", "gone");
        Assert.Contains("joined already", gone.GetProperty("cause").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Three_rooms_that_phones_refer_into_a_ring_are_cut_at_one_leg_and_everybody_is_heard_once_until_the_ring_is_opened_and_after()
    {
        HubSide[] sides = [First, Second, Third];
        double[] tones = [400, 700, 1000];
        var phones = new List<Baresip>();
        for (var i = 0; i < sides.Length; i++)
        {
            phones.Add(await lab.Phone($"ring-{i}", tones[i]));
            await phones[i].Call(sides[i].Hub.Sip("4203"));
        }

        for (var i = 0; i < sides.Length; i++)
        {
            await Refers($"ring-refers-{i}", sides[i], sides[(i + 1) % 3], "SIP/2.0 200");
            await sides[i].Joined("4203", sides[(i + 1) % 3]);
        }

        var (cutter, leg) = await Cut(sides);
        await HearEachOtherAndNotThemselves(phones, tones);
        Assert.Equal(1, await Loops(sides));
        // However often they are asked on, there is no further way between any two of them.
        for (var i = 0; i < sides.Length; i++)
        {
            await Refers($"ring-on-{i}", sides[i], sides[(i + 1) % 3], "SIP/2.0 482");
            await Refers($"ring-back-{i}", sides[(i + 1) % 3], sides[i], "SIP/2.0 482");
            Assert.Single(await sides[i].LegsTo("4203", sides[(i + 1) % 3]));
        }

        var beyond = sides.Single(side => side != cutter && leg.GetProperty("party").GetRawText().Contains(side.Hub.SipAddress, StringComparison.Ordinal));
        var between = sides.Single(side => side != cutter && side != beyond);
        var opened = (await between.LegsTo("4203", beyond)).Single();
        await between.Api.Delete($"/api/rooms/4203/legs/{opened.GetProperty("id").GetString()}");

        await cutter.Api.Leg("4203", "the leg to be in the mix again", one => one.GetProperty("id").GetString() == leg.GetProperty("id").GetString() && !one.GetProperty("loops").GetBoolean());
        await HearEachOtherAndNotThemselves(phones, tones);
    }

    /// <summary>Has a phone ask its room to add another hub's, and be told what became of it.</summary>
    private async Task Refers(string name, HubSide from, HubSide to, string told)
    {
        var script = SippScript.Caller(name, name).Invite(SippScript.Sdp()).MayReceive(100, 180).Receive(200).Ack()
            .InCall("REFER", $"Refer-To: <{to.Hub.Sip("4203")}>").Receive(202).TakeUntil("NOTIFY", told).HangUp();
        await (await lab.Scripted(name, script, new SippPlan("4203"), through: from.Hub.SipAddress)).Succeeded(2 * Until.Soon);
    }

    /// <summary>The leg that is out of the mix, and whose it is.</summary>
    private static async Task<(HubSide Side, JsonElement Leg)> Cut(HubSide[] sides)
    {
        (HubSide, JsonElement)? cut = null;
        await Until.Found("one leg to be out of the mix", async () =>
        {
            foreach (var side in sides)
                foreach (var leg in (await side.Api.Room("4203")).GetProperty("legs").EnumerateArray())
                    if (leg.GetProperty("loops").GetBoolean()) cut = (side, leg.Clone());
            return cut is null ? null : "one";
        });
        return cut!.Value;
    }

    private static async Task<int> Loops(HubSide[] sides)
    {
        var loops = 0;
        foreach (var side in sides)
            loops += (await side.Api.Room("4203")).GetProperty("legs").EnumerateArray().Count(leg => leg.GetProperty("loops").GetBoolean());
        return loops;
    }

    /// <summary>All of them talk; each hears every other as loud as the rest, which twice over it would not be, and never itself.</summary>
    private static async Task HearEachOtherAndNotThemselves(List<Baresip> phones, double[] tones)
    {
        var heard = "";
        await Until.True(
            "everybody to hear the others once and not themselves",
            () =>
            {
                heard = "";
                var well = true;
                for (var listener = 0; listener < phones.Count; listener++)
                {
                    var last = phones[listener].Heard().Last(Judged);
                    var measures = tones.Select(last.Measure).ToArray();
                    var others = measures.Where((_, talker) => talker != listener).ToArray();
                    heard += $"{listener}: {string.Join(" | ", measures.Select(one => one.ToString()))}\n";
                    well &= others.All(one => one.Present >= Judged * 0.8) && others.Max(one => one.LevelDb) - others.Min(one => one.LevelDb) < 2
                        && measures[listener].LevelDb <= others.Min(one => one.LevelDb) - EchoDb;
                }

                return well;
            },
            context: () => heard);
    }
}
