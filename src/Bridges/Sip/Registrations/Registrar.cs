using Interop.Bridges.Sip.Callers;
using Interop.Bridges.Sip.Trunks;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transports;
using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Hub.Contracts.Registrations;
using Orleans;

namespace Interop.Bridges.Sip.Registrations;

/// <summary>Takes the registrations of the directory's phones (RFC 3261 section 10.3).</summary>
/// <remarks>A phone is proved by digest wherever it comes from, a trunk's networks too; before that no grain hears of it.</remarks>
internal sealed class Registrar(
    PhoneProof proof, TrustedProxies proxies, RegisterReader reader, PhoneFlows flows, IGrainFactory grains, TimeProvider time, SipBridgeMetrics metrics)
{
    public async ValueTask<SipReply> TakeAsync(SipRequest request, SipSource source)
    {
        var user = request.To.Uri.UserName;
        var verdict = proof.Prove(request, proxies.Of(request, source), source, user);
        if (verdict.Phone is not var (_, endpoint))
            return Counted(verdict.Reply ?? proof.Challenge(user), "unproved");
        // A phone registers itself and nobody else (step 4).
        if (!string.Equals(endpoint.User, user, StringComparison.Ordinal))
            return Counted(new SipReply(403), "not-its-own");

        var flow = flows.Of(request, source);
        var reading = reader.Read(request, flow, source.Remote.Address);
        if (reading.Order is not { } order)
            return Counted(reading.Reply!, "refused");
        var done = await grains.GetGrain<IBindingsGrain>(user).Register(order);
        if (!done.Ok)
            return Counted(RegisterReply.Of(done.Refusal), done.Refusal.Code);
        flows.Watch(user, done.Value);
        return Counted(RegisterReply.Of(done.Value, request, reading.Outbound, time.GetUtcNow()), "registered");
    }

    private SipReply Counted(SipReply reply, string result)
    {
        metrics.Registration(result);
        return reply;
    }
}
