using Interop.Bridges.Sip.Calls;
using Interop.Bridges.Sip.Trunks;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transports;
using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Bridges.Sip.Callers;

/// <summary>Who a request comes from, as far as that can be proved, or the reply that asks for proof.</summary>
internal readonly record struct CallerVerdict(Caller? Caller, SipReply? Reply)
{
    /// <summary>The room that the request is for, when its Request-URI names our own registration at a partner and no room.</summary>
    public RoomCode? Room { get; init; }
}

/// <summary>Proves callers before anything else is looked at, so that an unknown one learns nothing of which rooms exist.</summary>
/// <remarks>
/// What says most comes first: digest credentials, which name a phone, wherever they are shown; then what proves a trunk,
/// its agency and no person (design rule 14): its certificate, our registration at it, its address. Everyone else is challenged.
/// </remarks>
internal sealed class CallerProof(CallerDirectory directory, PhoneProof phones, TrustedProxies proxies, TrunkFlows flows)
{
    public CallerVerdict Prove(SipRequest request, SipSource source)
    {
        var origin = proxies.Of(request, source);
        var claimed = request.From.Uri.UserName;
        var verdict = phones.Prove(request, origin, source, claimed);
        // No phone's own word on how urgent it is counts; it is refused only when it would rather have no call without it.
        if (verdict.Phone is var (owner, endpoint))
            return CallPriority.Of(request, trusted: false).Refusal is { } unheard
                ? new(null, unheard)
                : new(Describe(CallBackAddress.Of(request, source, origin), owner, endpoint.Name, $"endpoint:{endpoint.Id}", $"endpoint:{owner}/{endpoint.Id}"), null);
        if (verdict.Reply is { } refused)
            return new(null, refused);
        var registered = flows.Find(request, source);
        return TrunkOf(origin, source, registered) is var (agency, trunk)
            ? Trusted(request, trunk, Describe(CallBackAddress.Of(request, source, origin), agency, NameOf(request, origin), ProofOf(agency, trunk), $"trunk:{agency}/{trunk.Id}")) with { Room = RoomOf(request, registered) }
            : new(null, phones.Challenge(claimed));
    }

    private static CallerVerdict Trusted(SipRequest request, TrunkEntry trunk, Caller caller)
    {
        var asked = CallPriority.Of(request, trunk.Priority == true);
        return asked.Refusal is { } refusal ? new(null, refusal) : new(caller with { Priority = asked.Priority }, null);
    }

    /// <summary>A partner's system may keep what was dialled in To; else its calls are for the room that its trunk names.</summary>
    private static RoomCode? RoomOf(SipRequest request, TrunkFlow? registered) => registered is null
        ? null
        : RoomAddress.Read(request.To.Uri) ?? (registered.Trunk.Entry.Registration?.Room is { } room ? new RoomCode(room) : null);

    private Trunk? TrunkOf(Origin origin, SipSource source, TrunkFlow? registered)
    {
        if (source.Certificate is { Names: var names } && directory.Trunk(names) is { } shown)
            return shown;
        if (registered is not null)
            return registered.Trunk;
        return origin.Address is { } address ? directory.Trunk(address) : null;
    }

    private static string ProofOf(AgencyId agency, TrunkEntry trunk) =>
        trunk.Profile == TrunkProfile.Bridge ? Party.ProofOfBridge(agency, trunk.Id) : $"trunk:{trunk.Id}";

    private static Caller Describe(SipUri address, AgencyId agency, string name, string proof, string credential) =>
        new(new Party(agency, name, address.ToString(), proof), [credential, $"agency:{agency}"]);

    /// <summary>As shown, and proving nothing; what a proxy asserts (RFC 3325) counts only from a listed one.</summary>
    private static string NameOf(SipRequest request, Origin origin)
    {
        var from = origin.Vouched && NameAddr.TryParse(request.Headers.Values(HeaderNames.PAssertedIdentity).FirstOrDefault(), out var asserted) ? asserted : request.From;
        var name = string.IsNullOrWhiteSpace(from.DisplayName) ? from.Uri.Opaque ?? from.Uri.UserName : from.DisplayName;
        return string.IsNullOrWhiteSpace(name) ? from.Uri.Host : name;
    }
}
