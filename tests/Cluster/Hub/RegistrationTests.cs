using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Registrations;
using Microsoft.Extensions.Time.Testing;

namespace Interop.Tests.Cluster.Hub;

/// <summary>Where phones are registered, and which node registers at a partner.</summary>
public sealed class RegistrationTests
{
    private static readonly BindingFlow Stream = new("Tcp", "192.0.2.7:40000", "node-1");

    [Fact]
    public async Task A_registration_outlives_every_node()
    {
        using var data = new DataDirectory();
        await using (var hub = await HubCluster.Start(data.Path))
            Assert.True((await hub.Grains().GetGrain<IBindingsGrain>("desk-1").Register(Order(1, 300))).Ok);

        await using var again = await HubCluster.Start(data.Path);
        var binding = Assert.Single(await again.Grains().GetGrain<IBindingsGrain>("desk-1").Find());

        Assert.Equal(("sip:desk-1@192.0.2.7", Stream), (binding.Contact, binding.Flow));
        Assert.Equal("desk-1", Assert.Single(await again.Of<IBindingStore>().List(CancellationToken.None)).Key);
    }

    [Fact]
    public async Task Every_node_sees_a_registration_and_the_closing_of_its_stream()
    {
        using var data = new DataDirectory();
        await using var hub = await HubCluster.Start(data.Path, silos: 2);
        await hub.Grains(0).GetGrain<IBindingsGrain>("desk-1").Register(Order(1, 300));
        Assert.Single(await hub.Grains(1).GetGrain<IBindingsGrain>("desk-1").Find());

        await hub.Grains(1).GetGrain<IBindingsGrain>("desk-1").FlowBroke(Stream);

        Assert.Empty(await hub.Grains(0).GetGrain<IBindingsGrain>("desk-1").Find());
        Assert.Empty(await hub.Of<IBindingStore>().List(CancellationToken.None));
    }

    [Fact]
    public async Task A_registration_ends_with_its_time_and_an_old_request_is_refused()
    {
        using var data = new DataDirectory();
        var clock = new FakeTimeProvider();
        await using var hub = await HubCluster.Start(data.Path, clock: clock);
        var phone = hub.Grains().GetGrain<IBindingsGrain>("desk-1");
        await phone.Register(Order(2, 300));
        Assert.Equal("registration.out-of-order", (await phone.Register(Order(2, 0))).Refusal?.Code);

        clock.Advance(TimeSpan.FromSeconds(301));

        Assert.Empty(await phone.Find());
    }

    [Fact]
    public async Task One_node_at_a_time_registers_at_a_partner_and_another_when_that_one_is_silent()
    {
        using var data = new DataDirectory();
        var clock = new FakeTimeProvider();
        await using var hub = await HubCluster.Start(data.Path, clock: clock);
        var trunk = hub.Grains().GetGrain<ITrunkGrain>("hpd/pbx");
        var status = new TrunkStatus(TrunkState.Registered, clock.GetUtcNow(), null, null);

        Assert.True(await trunk.Hold("node-1", status));
        Assert.False(await trunk.Hold("node-2", status with { State = TrunkState.Registering }));
        Assert.Equal(TrunkState.Registered, (await trunk.Look())?.State);
        clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Null(await trunk.Look());
        Assert.True(await trunk.Hold("node-2", status));
        await trunk.Release("node-2");
        Assert.True(await trunk.Hold("node-1", status));
    }

    private static RegisterOrder Order(uint number, int seconds) => new(
        "call-1",
        number,
        [new OfferedContact("desk-1", "sip:desk-1@192.0.2.7", "", 1, TimeSpan.FromSeconds(seconds), ByFlowAlone: true)],
        false,
        [],
        Stream,
        "Phone/1");
}
