using System.Net;
using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.Transports;

/// <summary>Finds where a URI points (RFC 3263): its literal address, or NAPTR, SRV, A and AAAA records.</summary>
internal sealed class TargetFinder(ISipResolver resolver, ISipSender transport, SipLimits limits, Func<int, int> below, TimeProvider time)
{
    private readonly RecordCache<IPAddress> _addresses = new(limits.CachedNames, time);
    private readonly RecordCache<SipPointer> _pointers = new(limits.CachedNames, time);
    private readonly RecordCache<SipService> _services = new(limits.CachedNames, time);

    public static bool AsksForTls(SipUri uri) => KindOf(uri) == SipTransportKind.Tls;

    /// <summary>What needs no look-up: the literal address, or nothing for what we cannot speak to; null for a name.</summary>
    public IReadOnlyList<SipDestination>? TryLiteral(SipUri uri)
    {
        if (KindOf(uri) is not { } kind) return [];
        if (uri.Address is not { } address) return null;
        return transport.Speaks(kind, address) ? [To(uri, kind, address, uri.Port ?? kind.DefaultPort())] : [];
    }

    /// <summary>The targets, best first; empty when there is none.</summary>
    public async Task<IReadOnlyList<SipDestination>> FindAsync(SipUri uri, CancellationToken cancellation)
    {
        if (TryLiteral(uri) is { } literal) return literal;
        var found = new List<SipDestination>();
        var kind = KindOf(uri)!.Value;
        var named = false;
        // Section 4.2: "If a port was specified, the client performs an A or AAAA record lookup of the domain name."
        if (uri.Port is null)
        {
            if (uri.Parameters["transport"] is null) await AddPointedAsync(found, uri, kind, cancellation);
            named = found.Count > 0;
            if (!named) foreach (var (service, over) in ServicesOf(uri, kind)) named |= await AddServiceAsync(found, uri, service + uri.Host, over, cancellation);
        }

        if (!named) await AddHostAsync(found, uri, uri.Host, kind, uri.Port ?? kind.DefaultPort(), cancellation);
        return [.. found.OrderBy(transport.Failures.Contains)];
    }

    /// <summary>Section 4.1: the services that the domain itself names, in its order; none when it names none that we can use.</summary>
    /// <remarks>RFC 3403 section 4.1: once an order has a target, no later order is considered, so that nobody is led to a weaker transport.</remarks>
    private async Task AddPointedAsync(List<SipDestination> found, SipUri uri, SipTransportKind kind, CancellationToken cancellation)
    {
        var records = await _pointers.GetAsync(uri.Host, resolver.PointersAsync, cancellation);
        foreach (var order in records.GroupBy(static record => record.Order).OrderBy(static group => group.Key).Take(limits.TargetsTried))
        {
            foreach (var record in order.OrderBy(static record => record.Preference).Take(limits.TargetsTried))
            {
                if (Pointed(record) is { } over && (uri.Scheme != "sips" || over == kind))
                    await AddServiceAsync(found, uri, record.Replacement.TrimEnd('.'), over, cancellation);
            }

            if (found.Count > 0) return;
        }
    }

    /// <summary>The transport of a record that points at SRV records; null for all that is not SIP's or not ours.</summary>
    private static SipTransportKind? Pointed(SipPointer record) =>
        !record.Flags.Equals("s", StringComparison.OrdinalIgnoreCase) || record.Replacement is "." or "" ? null : record.Services.ToUpperInvariant() switch
        {
            "SIP+D2U" => SipTransportKind.Udp,
            "SIP+D2T" => SipTransportKind.Tcp,
            "SIPS+D2T" => SipTransportKind.Tls,
            _ => null,
        };

    /// <summary>Section 4.1 without NAPTR: the services of the transports that the URI leaves open, in our order.</summary>
    private static IEnumerable<(string Service, SipTransportKind Transport)> ServicesOf(SipUri uri, SipTransportKind kind)
    {
        if (kind == SipTransportKind.Tls)
        {
            yield return ("_sips._tcp.", kind);
            yield break;
        }

        var open = uri.Parameters["transport"] is null;
        if (open || kind == SipTransportKind.Udp) yield return ("_sip._udp.", SipTransportKind.Udp);
        if (open || kind == SipTransportKind.Tcp) yield return ("_sip._tcp.", SipTransportKind.Tcp);
    }

    /// <summary>RFC 3261 section 26.2.2: sips is TLS and nothing less.</summary>
    private static SipTransportKind? KindOf(SipUri uri)
    {
        var named = uri.Parameters["transport"]?.ToLowerInvariant();
        return (uri.Scheme, named) switch
        {
            ("sips", null or "tcp" or "tls") => SipTransportKind.Tls,
            ("sip", "tls") => SipTransportKind.Tls,
            ("sip", "tcp") => SipTransportKind.Tcp,
            ("sip", null or "udp") => SipTransportKind.Udp,
            _ => null,
        };
    }

    /// <summary>Whether the domain says anything of the service, if only that it has none.</summary>
    private async Task<bool> AddServiceAsync(List<SipDestination> found, SipUri uri, string service, SipTransportKind kind, CancellationToken cancellation)
    {
        var records = await _services.GetAsync(service, resolver.ServicesAsync, cancellation);
        foreach (var record in Ordered(records))
        {
            if (record.Target is "." or "") continue;
            await AddHostAsync(found, uri, record.Target.TrimEnd('.'), kind, record.Port, cancellation);
        }

        return records.Count > 0;
    }

    private async Task AddHostAsync(List<SipDestination> found, SipUri uri, string host, SipTransportKind kind, int port, CancellationToken cancellation)
    {
        if (found.Count >= limits.TargetsTried) return;
        var addresses = await _addresses.GetAsync(host, resolver.AddressesAsync, cancellation);
        foreach (var address in addresses.Where(address => transport.Speaks(kind, address)).OrderBy(transport.Preference))
        {
            if (found.Count < limits.TargetsTried) found.Add(To(uri, kind, address, port));
        }
    }

    /// <summary>The certificate is for the domain of the URI, not for the host that SRV names: that answer is unproved (RFC 5922 section 4).</summary>
    private static SipDestination To(SipUri uri, SipTransportKind kind, IPAddress address, int port) =>
        new(kind, new IPEndPoint(address, port)) { ServerName = kind == SipTransportKind.Tls ? uri.Host : null };

    /// <summary>RFC 2782: the lowest priority first, and within one by lot, with chances as the weights are.</summary>
    private IEnumerable<SipService> Ordered(IReadOnlyList<SipService> records)
    {
        foreach (var group in records.GroupBy(static record => record.Priority).OrderBy(static group => group.Key))
        {
            // Those of weight 0 come first, so that they have a small chance too.
            var rest = group.OrderBy(static record => record.Weight != 0).Take(limits.TargetsTried).ToList();
            while (rest.Count > 0)
            {
                var drawn = below(rest.Sum(static record => record.Weight) + 1);
                var chosen = 0;
                while (chosen < rest.Count - 1 && (drawn -= rest[chosen].Weight) > 0) chosen++;
                yield return rest[chosen];
                rest.RemoveAt(chosen);
            }
        }
    }
}
