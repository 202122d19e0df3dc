using System.Collections.Concurrent;
using Interop.Bridges.Wire.Sip.Auth;
using Interop.Bridges.Wire.Sip.Dialogs;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transactions;
using Interop.Bridges.Wire.Sip.Transports;
using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Wire.Sip.UserAgent;

/// <summary>What all lanes of a stack share; immutable after start.</summary>
internal sealed class StackContext(SipOptions options, ISipSender transport, TargetFinder targets, SipIdentifiers ids, ISipApplication application, SipMetrics metrics, ILogger log, TimeProvider time, CancellationToken stopping)
{
    private readonly DigestMemory _challenges = new(options.Limits.ProtectionSpaces);

    public SipOptions Options => options;

    public ISipSender Transport => transport;

    public SipIdentifiers Ids => ids;

    public ISipApplication Application => application;

    public Admission Admission { get; } = new(options, time);

    public StackQuotas Quotas => Admission.Quotas;

    /// <summary>The dialogs of all lanes: what tells a call's message from a stranger's before it is queued.</summary>
    public ConcurrentDictionary<DialogId, byte> KnownDialogs { get; } = new();

    public SipMetrics Metrics => metrics;

    public ILogger Log => log;

    public CancellationToken Stopping => stopping;

    public int SessionSeconds => (int)options.SessionExpires.TotalSeconds;

    public int MinSessionSeconds => (int)options.MinSessionExpires.TotalSeconds;

    public string SupportedValue { get; } = string.Join(", ", [.. RequestScreen.Extensions, .. options.Extensions]);

    public string AllowValue { get; } = string.Join(", ", options.Allow);

    /// <summary>Answers the challenges on the way of one request, and those that are known from requests to that host before it.</summary>
    public DigestSession? Digest(DigestCredentials? credentials, SipUri uri) =>
        credentials is null ? null : new DigestSession(credentials, _challenges.For(credentials, uri), Ids.Tag);

    /// <summary>Our Contact for that peer.</summary>
    /// <param name="user">Its user part.</param>
    /// <param name="peer">Where the message goes.</param>
    /// <param name="secure">Whether the request is for a sips URI: then our answer to it has to be one (RFC 3261 section 8.1.1.8).</param>
    public string Contact(string? user, SipDestination peer, bool secure = false) => $"<{ContactUri(user, peer, secure)}>{options.ContactFeatures}";

    /// <summary>The URI of our Contact for that peer.</summary>
    public SipUri ContactUri(string? user, SipDestination peer, bool secure)
    {
        var (host, port) = transport.AddressFor(peer);
        var uri = SipUri.Create(null, host, port) with { Scheme = secure ? "sips" : "sip", User = user };
        // RFC 5630 section 3.3: sips names its transport itself.
        if (peer.Transport.IsReliable() && !secure)
        {
            uri = uri with { Parameters = SipParameters.Empty.With("transport", peer.Transport.ViaName().ToLowerInvariant()) };
        }

        return uri;
    }

    /// <summary>Our Contact for who sent a request.</summary>
    public string Contact(string? user, SipSource peer, bool secure = false) =>
        Contact(user, new SipDestination(peer.Transport, peer.Remote) { Local = peer.Local }, secure);

    /// <summary>The fields that say what we can do; in INVITE, its 2xx, and OPTIONS.</summary>
    public void AddAbilities(SipHeaders headers) => headers
        .Add(HeaderNames.Allow, AllowValue)
        .Add(HeaderNames.Supported, SupportedValue);

    /// <summary>Finds where a URI points; literal addresses at once, names later in the lane. Null when it points nowhere.</summary>
    /// <param name="flow">Used while a stream to it is open, when the URI has no address, and for datagrams that find no other way.</param>
    public void Resolve(Lane lane, SipUri uri, SipDestination? flow, Action<SipDestination?> then)
    {
        // No request for a URI that asks for TLS takes a way without it (RFC 3261 section 26.2.2).
        if (flow is not null && flow.Transport != SipTransportKind.Tls && (uri.Scheme != "sip" || TargetFinder.AsksForTls(uri))) flow = null;
        if (flow is not null && (flow is { IsOnlyWay: true, Transport: SipTransportKind.Udp } || transport.IsConnected(flow))) then(flow);
        else if (targets.TryLiteral(uri) is { } literal) then(literal.Count > 0 ? literal[0] : flow);
        else _ = LookUpAsync(lane, uri, found => then(found ?? flow));
    }

    private async Task LookUpAsync(Lane lane, SipUri uri, Action<SipDestination?> then)
    {
        SipDestination? first = null;
        try
        {
            var found = await targets.FindAsync(uri, stopping);
            if (found.Count > 0) first = found[0] with { Others = [.. found.Skip(1)] };
            else SipLog.Unresolved(log, uri.Host, null);
        }
        catch (Exception failure)
        {
            // Whatever the look-up fails of, the request that waits for it has to go on.
            SipLog.Unresolved(log, uri.Host, failure);
        }

        lane.Post(() => then(first));
    }
}
