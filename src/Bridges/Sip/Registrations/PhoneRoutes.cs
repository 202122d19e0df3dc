using Interop.Bridges.Sip.Routes;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Hub.Contracts.Registrations;
using Orleans;

namespace Interop.Bridges.Sip.Registrations;

/// <summary>The ways to a registered phone: those it prefers first, equal ones at once.</summary>
internal sealed class PhoneRoutes(PhoneFlows flows, IGrainFactory grains)
{
    public async ValueTask<DialPlan> FindAsync(string user)
    {
        var bindings = await grains.GetGrain<IBindingsGrain>(user).Find();
        var rounds = bindings.GroupBy(binding => binding.Q).OrderByDescending(round => round.Key)
            .Select(round => RoutesOf(round.OrderByDescending(binding => binding.SetAt)))
            .Where(round => round.Count > 0);
        return new DialPlan([.. rounds]) is { Rounds.Count: > 0 } plan ? plan : new DialPlan([]) { Absent = "not registered" };
    }

    private List<DialRoute> RoutesOf(IEnumerable<Binding> bindings)
    {
        var routes = new List<DialRoute>();
        foreach (var binding in bindings)
            if (RouteOf(binding) is { } route)
                routes.Add(route);
        return routes;
    }

    private DialRoute? RouteOf(Binding binding)
    {
        if (!SipUri.TryParse(binding.Contact, out var contact))
            return null;
        // RFC 3327 section 5.2: the stored Path becomes the Route, as it stands.
        if (binding.Path.Count > 0)
            return new DialRoute(contact) { Headers = [.. binding.Path.Select(hop => new SipHeader(HeaderNames.Route, hop))] };
        var flow = binding.Flow is null ? null : flows.To(binding.Flow);
        return flow is null && binding.ByFlowAlone ? null : new DialRoute(contact) { Destination = flow is null ? null : flow with { IsOnlyWay = binding.ByFlowAlone } };
    }
}
