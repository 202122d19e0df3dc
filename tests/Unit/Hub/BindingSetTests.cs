using Interop.Hub.Contracts.Registrations;
using Interop.Hub.Domain;
using Interop.Hub.Domain.Registrations;
using Xunit;

namespace Interop.Tests.Unit.Hub;

public sealed class BindingSetTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 10, 0, 0, TimeSpan.Zero);
    private static readonly BindingFlow Stream = new("Tcp", "192.0.2.7:40000", "node-1");

    [Fact]
    public void A_contact_is_bound_until_its_time_is_over()
    {
        var bound = Applied([], Order(1, Contact("a", 300)));

        Assert.Equal(Now.AddSeconds(300), Assert.Single(bound).ExpiresAt);
        Assert.Single(BindingSet.Live(bound, Now.AddSeconds(299)));
        Assert.Empty(BindingSet.Live(bound, Now.AddSeconds(300)));
    }

    [Fact]
    public void A_refresh_keeps_since_when_it_is_there()
    {
        var bound = Applied([], Order(1, Contact("a", 300)));
        var refreshed = BindingSet.Apply(bound, Order(2, Contact("a", 300)), Now.AddSeconds(200)).Value!;

        var binding = Assert.Single(refreshed);
        Assert.Equal((Now, Now.AddSeconds(200), Now.AddSeconds(500)), (binding.Since, binding.SetAt, binding.ExpiresAt));
    }

    [Fact]
    public void A_gap_begins_the_time_anew()
    {
        var bound = Applied([], Order(1, Contact("a", 60)));
        var back = BindingSet.Apply(bound, Order(2, Contact("a", 60)), Now.AddSeconds(61)).Value!;

        Assert.Equal(Now.AddSeconds(61), Assert.Single(back).Since);
    }

    [Fact]
    public void No_time_left_removes_one_contact_and_leaves_the_others()
    {
        var bound = Applied([], Order(1, Contact("a", 300), Contact("b", 300)));

        Assert.Equal("b", Assert.Single(Applied(bound, Order(2, Contact("a", 0)))).Key);
    }

    [Fact]
    public void The_star_removes_all() =>
        Assert.Empty(Applied(Applied([], Order(1, Contact("a", 300), Contact("b", 300))), Order(2) with { RemoveAll = true }));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_order_older_than_a_binding_changes_nothing(bool all)
    {
        var bound = Applied([], Order(5, Contact("a", 300)));

        var late = BindingSet.Apply(bound, Order(5, Contact("b", 300), Contact("a", 0)) with { RemoveAll = all }, Now);

        Assert.Equal(BindingSet.OutOfOrder, late.Refusal?.Code);
    }

    [Fact]
    public void A_phone_that_started_anew_counts_from_one_again()
    {
        var bound = Applied([], Order(5, Contact("a", 300)));

        Assert.Equal("call-2", Assert.Single(Applied(bound, Order(1, Contact("a", 300)) with { CallId = "call-2" })).CallId);
    }

    [Fact]
    public void Of_too_many_contacts_the_newest_stay()
    {
        IReadOnlyList<Binding> bound = [];
        for (var number = 1; number <= Limits.BindingsOfAPhone + 3; number++)
            bound = Applied(bound, Order((uint)number, Contact($"c{number}", 300)));

        Assert.Equal(Limits.BindingsOfAPhone, bound.Count);
        Assert.Equal("c4", bound[0].Key);
    }

    [Fact]
    public void A_closed_stream_unbinds_what_it_alone_led_to()
    {
        var order = Order(1, Contact("nat", 300) with { ByFlowAlone = true }, Contact("open", 300)) with { Flow = Stream };

        var left = Assert.Single(BindingSet.Without(Applied([], order), Stream));

        Assert.Equal(("open", null), (left.Key, left.Flow));
        Assert.Equal(2, BindingSet.Without(Applied([], order), Stream with { Node = "node-2" }).Count);
    }

    private static IReadOnlyList<Binding> Applied(IReadOnlyList<Binding> bindings, RegisterOrder order) =>
        BindingSet.Apply(bindings, order, Now).Value ?? throw new InvalidOperationException("refused");

    private static RegisterOrder Order(uint number, params OfferedContact[] contacts) => new("call-1", number, contacts, false, [], null, "Phone/1");

    private static OfferedContact Contact(string key, int seconds) => new(key, $"sip:{key}@192.0.2.7", "", 1, TimeSpan.FromSeconds(seconds), false);
}
