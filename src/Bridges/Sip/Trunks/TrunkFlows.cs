using System.Collections.Concurrent;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transports;

namespace Interop.Bridges.Sip.Trunks;

/// <summary>A registration of ours that stands.</summary>
/// <param name="Trunk">The partner's trunk.</param>
/// <param name="Flow">Where we registered.</param>
/// <param name="ServiceRoute">The Route fields for requests through it (RFC 3608).</param>
internal sealed record TrunkFlow(Trunk Trunk, SipDestination Flow, IReadOnlyList<SipHeader> ServiceRoute);

/// <summary>The registrations that this node has at partners, by the user part of the Contact that each was given.</summary>
/// <remarks>That user part cannot be guessed: who calls it has it from the registrar that we proved ourselves to.</remarks>
internal sealed class TrunkFlows
{
    private readonly ConcurrentDictionary<string, TrunkFlow> _flows = new(StringComparer.Ordinal);

    public void Set(string contactUser, TrunkFlow flow) => _flows[contactUser] = flow;

    public void Remove(string contactUser) => _flows.TryRemove(contactUser, out _);

    /// <summary>The registration by which a request came: to its Contact, from where we registered.</summary>
    public TrunkFlow? Find(SipRequest request, SipSource source) =>
        _flows.TryGetValue(request.Uri.UserName, out var flow)
        && flow.Flow.Transport == source.Transport && flow.Flow.EndPoint.Address.Equals(source.Remote.Address)
            ? flow
            : null;

    /// <summary>A trunk's registration, if it stands here.</summary>
    public TrunkFlow? Of(Trunk trunk)
    {
        foreach (var flow in _flows.Values)
            if (flow.Trunk.Agency == trunk.Agency && flow.Trunk.Entry.Id == trunk.Entry.Id)
                return flow;
        return null;
    }
}
