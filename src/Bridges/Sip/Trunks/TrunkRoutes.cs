using Interop.Bridges.Sip.Callers;
using Interop.Bridges.Sip.Routes;
using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Sip.Trunks;

/// <summary>The way to a partner's system.</summary>
internal sealed class TrunkRoutes(CallerDirectory directory)
{
    /// <summary>The plan for a trunk that is called by its name in this hub; null when there is none of that name.</summary>
    public DialPlan? FindByName(string id)
    {
        foreach (var trunk in directory.Trunks)
            if (trunk.Entry.Id == id)
                return trunk.Entry.Peer is { } peer && SipUri.TryParse(peer, out var target)
                    ? new DialPlan([[new DialRoute(target)]])
                    : new DialPlan([]) { Impossible = "the trunk has no address where it is called" };
        return null;
    }
}
