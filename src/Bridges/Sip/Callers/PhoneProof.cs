using System.Globalization;
using Interop.Bridges.Sip.Routes;
using Interop.Bridges.Sip.Trunks;
using Interop.Bridges.Wire.Sip.Auth;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transports;
using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;

namespace Interop.Bridges.Sip.Callers;

/// <summary>A phone of the directory with its owner.</summary>
internal readonly record struct Phone(AgencyId Agency, EndpointEntry Endpoint);

/// <summary>Which phone a request comes from, or the reply to what it showed; neither when it showed nothing for our realm.</summary>
internal readonly record struct PhoneVerdict(Phone? Phone, SipReply? Reply);

/// <summary>Proves phones by digest with the credentials that the directory has of them.</summary>
/// <remarks>
/// An unknown user and a wrong password cost the same work and get the same answer. The answer's digest-uri names the room as
/// the phone called it. A listed proxy may have called the hub by another host since: it could name any caller anyhow. What
/// anybody else hands on was answered for the host that it is for, or for one of ours.
/// </remarks>
internal sealed class PhoneProof(
    CallerDirectory directory, DigestAuthenticator digest, ProofFailures failures, OwnHosts hosts, SipBridgeOptions options)
{
    /// <param name="request">The request.</param>
    /// <param name="origin">Where it comes from, as far as that can be believed.</param>
    /// <param name="from">The socket's word on that.</param>
    /// <param name="claimed">Whom it says it comes from; decides the form of the challenge alone.</param>
    public PhoneVerdict Prove(SipRequest request, Origin origin, SipSource from, string claimed)
    {
        var source = origin.Address ?? from.Remote.Address;
        var answering = "";
        var shut = false;
        var verdict = digest.Verify(request, user =>
        {
            answering = user;
            shut = failures.IsShut(source, user);
            return shut ? null : directory.Secret(user);
        }, meant => origin.Vouched || hosts.Has(meant));
        if (verdict is DigestVerdict.Valid { User: var proved } && directory.Endpoint(proved) is var (agency, endpoint))
            return new(new Phone(agency, endpoint), null);
        if (shut)
            return new(null, Later());
        if (verdict is DigestVerdict.Missing)
            return default;
        if (verdict is DigestVerdict.Wrong)
            failures.Add(source, answering);
        return new(null, Challenge(claimed, verdict is DigestVerdict.Stale));
    }

    /// <summary>Asks for proof.</summary>
    public SipReply Challenge(string claimed, bool stale = false) =>
        new(401) { Headers = digest.Challenge(stale, directory.ChallengeMd5Only(claimed)) };

    private SipReply Later() => new(503)
    {
        Headers = [new SipHeader(HeaderNames.RetryAfter, options.ProofFailureTime.TotalSeconds.ToString("0", CultureInfo.InvariantCulture))],
    };
}
