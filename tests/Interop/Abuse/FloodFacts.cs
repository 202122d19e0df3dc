using System.Globalization;
using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Hub;
using Interop.Tests.Peers.Phones;
using Interop.Tests.Peers.Processes;
using Interop.Tests.Peers.Sound;

namespace Interop.Tests.Interop.Abuse;

/// <summary>Phones come from 127.0.0.1, by trunk; the flood from another address, which proves nothing.</summary>
public sealed class FloodLab() : LabFixture("floods", LabProvisioning.Text(trunkFrom: "127.0.0.1/32"));

/// <summary>Thousands of requests of a stranger in some seconds: who is in a call hears no hole, and the hub stays as large as it was.</summary>
[Collection(AloneCollection.Name)]
public sealed class FloodFacts(FloodLab lab, ITestOutputHelper output) : IClassFixture<FloodLab>
{
    private const string Stranger = "127.0.0.66";
    private const int Requests = 4_000, PerSecond = 1_000;
    private const double GrowthBytes = 200e6;

    [Theory]
    [InlineData("INVITE")]
    [InlineData("REGISTER")]
    [InlineData("OPTIONS")]
    [InlineData("MESSAGE")]
    [InlineData("SUBSCRIBE")]
    public async Task A_flood_leaves_a_call_without_a_hole_and_the_room_as_it_was(string method)
    {
        var talker = await lab.Phone($"talker-{method}", 400);
        var listener = await lab.Phone($"listener-{method}", 700);
        await talker.Call(lab.Hub.Sip("4201"));
        await listener.Call(lab.Hub.Sip("4201"));
        await Until.True("the listener to hear the talker", () => listener.Heard().Measure(400).Present > TimeSpan.FromSeconds(1));
        var (entries, memory) = (await Entries(), Memory());
        await using var flood = new SipFlood(lab.Hub.SipPort, Stranger);

        using var machine = new MachineWatch();
        await flood.Send(Requests, PerSecond, _ => Lab.Requests.Of(method, "4201", flood.Address));
        var (heard, stood) = (listener.Heard().Last(TimeSpan.FromSeconds(4)), machine.Longest);
        await using var after = new SipFlood(lab.Hub.SipPort, "127.0.0.67");
        await after.Send(1, PerSecond, _ => Lab.Requests.Of("OPTIONS", "4201", after.Address));
        await Until.True("OPTIONS of somebody else to be answered", () => after.Summary().Length > 0, context: flood.Summary);

        output.WriteLine($"{method}: {flood.Summary()}; memory {memory / 1e6:0} to {Memory() / 1e6:0} MB; the machine stood still for {stood.TotalMilliseconds:0} ms.");
        Ear.Hears(heard, 400, TimeSpan.FromSeconds(3.8), "The listener, during the flood,", stood);
        Assert.Equal(entries, await Entries());
        Assert.True(Memory() - memory < GrowthBytes, $"The hub grew from {memory / 1e6:0} to {Memory() / 1e6:0} MB.");
        await talker.HangUp();
        await listener.HangUp();
    }

    /// <summary>How much is written of the room.</summary>
    private async Task<int> Entries() => (await lab.Hpd.Get("/api/rooms/4201/journal")).Body.GetArrayLength();

    /// <summary>The hub's resident memory, in bytes, as the system has it.</summary>
    private double Memory()
    {
        var line = File.ReadLines($"/proc/{lab.Hub.Id}/status").First(text => text.StartsWith("VmRSS:", StringComparison.Ordinal));
        return 1_024 * double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
