using Interop.Bridges.Sip.Callers;
using Interop.Bridges.Sip.Registrations;
using Interop.Bridges.Sip.Trunks;
using Interop.Bridges.Wire.Sip.Auth;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Bridges.Sip.Routes;

/// <summary>Finds where an address leads at the moment that it is called.</summary>
internal sealed class DialPlans(OwnAddress own, CallerDirectory directory, PhoneRoutes phones, TrunkRoutes trunks)
{
    /// <param name="address">Whom to call.</param>
    /// <param name="caller">The agency that calls; another agency's trunks are not its to call through.</param>
    public async ValueTask<DialPlan> FindAsync(string address, AgencyId caller)
    {
        if (TelephoneNumber.Read(address) is { } number)
            return trunks.FindCarrier(number, caller);
        if (!SipUri.TryParse(address, out var target) || !target.IsSip)
            return new DialPlan([]) { Impossible = "its address can't be called" };
        if (!own.Is(target))
            return new DialPlan([[trunks.RouteTo(target, caller)]]);
        return directory.Endpoint(target.UserName) is var (_, endpoint)
            ? await phones.FindAsync(endpoint.User)
            : trunks.FindByName(target.UserName) ?? new DialPlan([]) { Impossible = "the hub has no such phone" };
    }

    /// <summary>What answers the challenges of a party's exchange inside a call that this process did not make itself.</summary>
    public DigestCredentials? CredentialsFor(Party party)
    {
        if (TelephoneNumber.Read(party.Address) is { } number)
            return trunks.FindCarrier(number, party.Agency).First?.Credentials;
        if (!SipUri.TryParse(party.Address, out var target) || !target.IsSip)
            return null;
        return own.Is(target) ? trunks.FindByName(target.UserName)?.First?.Credentials : trunks.RouteTo(target, party.Agency).Credentials;
    }
}
