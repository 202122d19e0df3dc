using Interop.Bridges.Sip.Callers;
using Interop.Bridges.Sip.Routes;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Hub.Contracts.Ids;

namespace Interop.Bridges.Sip.Trunks;

/// <summary>The way to a partner's system, and to whom it serves.</summary>
internal sealed class TrunkRoutes(CallerDirectory directory, TrunkFlows flows)
{
    /// <summary>The plan for a trunk that is called by its name in this hub; null when there is none of that name.</summary>
    public DialPlan? FindByName(string id)
    {
        foreach (var trunk in directory.Trunks)
            if (trunk.Entry.Id == id)
                return trunk.Entry.Peer is { } peer && SipUri.TryParse(peer, out var target)
                    ? new DialPlan([[RouteTo(target, trunk.Agency)]])
                    : new DialPlan([]) { Impossible = "the trunk has no address where it is called" };
        return null;
    }

    /// <summary>The plan for a telephone number: the agency's carrier, told that the user part is one (RFC 3261 section 19.1.6).</summary>
    public DialPlan FindCarrier(string number, AgencyId caller) =>
        directory.Carrier(caller) is { } carrier && SipUri.TryParse(carrier.Peer ?? carrier.Registration?.Server, out var at)
            ? new DialPlan([[RouteTo(at with { User = number, Parameters = at.Parameters.With("user", "phone") }, caller)]])
            : new DialPlan([]) { Absent = "no trunk carries telephone numbers" };

    /// <summary>The way to an address elsewhere: through the registration that the calling agency has at that host, or straight.</summary>
    public DialRoute RouteTo(SipUri target, AgencyId caller)
    {
        foreach (var trunk in directory.Trunks)
        {
            if (trunk.Agency != caller || trunk.Entry.Registration is not { } at || !SipUri.TryParse(at.Server, out var server) || !IsSameHost(server, target))
                continue;
            var flow = flows.Of(trunk);
            return new DialRoute(target)
            {
                Destination = flow is { ServiceRoute.Count: 0 } ? flow.Flow : null,
                Headers = flow?.ServiceRoute ?? [],
                From = server with { User = SipUri.Create(at.User, server.Host).User, Parameters = SipParameters.Empty, Port = null },
                Credentials = TrunkSecrets.Credentials(at),
            };
        }

        return new DialRoute(target);
    }

    private static bool IsSameHost(SipUri server, SipUri target) =>
        server.Port == target.Port && string.Equals(server.Host, target.Host, StringComparison.OrdinalIgnoreCase);
}
