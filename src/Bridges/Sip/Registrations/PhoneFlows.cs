using System.Net;
using Interop.Bridges.Core;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transports;
using Interop.Hub.Contracts.Registrations;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Interop.Bridges.Sip.Registrations;

/// <summary>The ways by which phones registered, and what becomes of their bindings when a stream among them closes.</summary>
internal sealed class PhoneFlows(SipStackHost host, ILocalSiloDetails node, IGrainFactory grains, ILogger<PhoneFlows> logger)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<BindingFlow, HashSet<string>> _users = [];

    /// <summary>
    /// The way back to whom a request came from. Without rport a phone does not say that it hears where it sends from
    /// (RFC 3581), and is reached by its contact alone.
    /// </summary>
    public BindingFlow? Of(SipRequest request, SipSource source) =>
        source.Transport != SipTransportKind.Udp || request.Via.Parameters.Has("rport")
            ? new BindingFlow(source.Transport.ToString(), source.Remote.ToString(), node.SiloAddress.ToParsableString())
            : null;

    /// <summary>Where to send by that flow; null when it is a stream that is no longer open here.</summary>
    public SipDestination? To(BindingFlow flow)
    {
        if (!Enum.TryParse<SipTransportKind>(flow.Transport, out var transport) || !IPEndPoint.TryParse(flow.Remote, out var remote))
            return null;
        var destination = new SipDestination(transport, remote);
        return transport == SipTransportKind.Udp || host.Stack.IsConnected(destination) ? destination : null;
    }

    /// <summary>Has a phone's bindings follow the streams that they came by.</summary>
    public void Watch(string user, IReadOnlyList<Binding> bindings)
    {
        foreach (var binding in bindings)
        {
            if (binding.Flow is not { } flow || flow.Transport == nameof(SipTransportKind.Udp) || flow.Node != node.SiloAddress.ToParsableString())
                continue;
            lock (_gate)
            {
                if (!_users.TryGetValue(flow, out var users))
                    _users.Add(flow, users = []);
                users.Add(user);
            }

            if (To(flow) is null)
                Break(flow);
        }
    }

    /// <summary>A stream has closed.</summary>
    public void OnClosed(SipDestination stream) =>
        Break(new BindingFlow(stream.Transport.ToString(), stream.EndPoint.ToString(), node.SiloAddress.ToParsableString()));

    private void Break(BindingFlow flow)
    {
        HashSet<string>? users;
        lock (_gate)
            if (!_users.Remove(flow, out users))
                return;
        foreach (var user in users)
            grains.GetGrain<IBindingsGrain>(user).FlowBroke(flow).Observe(logger, "unbind a phone whose connection closed");
    }
}
