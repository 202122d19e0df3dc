using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transports;
using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Bridges.Sip.Callers;

/// <summary>Who a request comes from, as far as that can be proved, or the reply that asks for proof.</summary>
internal readonly record struct CallerVerdict(Caller? Caller, SipReply? Reply);

/// <summary>Proves callers before anything else is looked at, so that an unknown one learns nothing of which rooms exist.</summary>
/// <remarks>A trunk's addresses prove its agency and no person (design rule 14); everyone else shows digest credentials.</remarks>
internal sealed class CallerProof(CallerDirectory directory, PhoneProof phones)
{
    public CallerVerdict Prove(SipRequest request, SipSource source)
    {
        if (directory.Trunk(source.Remote.Address) is var (agency, trunk))
            return new(Describe(request, agency, NameOf(request), $"trunk:{trunk}", $"trunk:{agency}/{trunk}"), null);

        var verdict = phones.Prove(request, source, request.From.Uri.UserName);
        return verdict.Phone is var (owner, endpoint)
            ? new(Describe(request, owner, endpoint.Name, $"endpoint:{endpoint.Id}", $"endpoint:{owner}/{endpoint.Id}"), null)
            : new(null, verdict.Reply);
    }

    private static Caller Describe(SipRequest request, AgencyId agency, string name, string proof, string credential)
    {
        var address = request.Contact?.Uri ?? request.From.Uri;
        return new Caller(new Party(agency, name, address.ToString(), proof), [credential, $"agency:{agency}"]);
    }

    private static string NameOf(SipRequest request)
    {
        var from = request.From;
        var name = string.IsNullOrWhiteSpace(from.DisplayName) ? from.Uri.UserName : from.DisplayName;
        return string.IsNullOrWhiteSpace(name) ? from.Uri.Host : name;
    }
}
