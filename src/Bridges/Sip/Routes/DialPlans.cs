using Interop.Bridges.Sip.Callers;
using Interop.Bridges.Sip.Registrations;
using Interop.Bridges.Sip.Trunks;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Hub.Contracts.Ids;

namespace Interop.Bridges.Sip.Routes;

/// <summary>Finds where an address leads at the moment that it is called.</summary>
internal sealed class DialPlans(OwnAddress own, CallerDirectory directory, PhoneRoutes phones, TrunkRoutes trunks)
{
    /// <param name="address">Whom to call.</param>
    /// <param name="caller">The agency that calls; another agency's trunks are not its to call through.</param>
    public async ValueTask<DialPlan> FindAsync(string address, AgencyId caller)
    {
        if (!SipUri.TryParse(address, out var target) || !target.IsSip)
            return new DialPlan([]) { Impossible = "its address can't be called" };
        if (!own.Is(target))
            return new DialPlan([[trunks.RouteTo(target, caller)]]);
        return directory.Endpoint(target.UserName) is var (_, endpoint)
            ? await phones.FindAsync(endpoint.User)
            : trunks.FindByName(target.UserName) ?? new DialPlan([]) { Impossible = "the hub has no such phone" };
    }
}
