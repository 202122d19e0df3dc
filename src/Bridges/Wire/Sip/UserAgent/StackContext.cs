using System.Net;
using System.Net.Sockets;
using Interop.Bridges.Wire.Sip.Dialogs;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transactions;
using Interop.Bridges.Wire.Sip.Transports;
using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Wire.Sip.UserAgent;

/// <summary>What all lanes of a stack share; immutable after start.</summary>
internal sealed class StackContext(SipOptions options, ISipSender transport, SipIdentifiers ids, ISipApplication application, SipMetrics metrics, ILogger log, CancellationToken stopping)
{
    public SipOptions Options => options;

    public ISipSender Transport => transport;

    public SipIdentifiers Ids => ids;

    public ISipApplication Application => application;

    public StackQuotas Quotas { get; } = new(options.Limits);

    public SipMetrics Metrics => metrics;

    public ILogger Log => log;

    public CancellationToken Stopping => stopping;

    public int SessionSeconds => (int)options.SessionExpires.TotalSeconds;

    public int MinSessionSeconds => (int)options.MinSessionExpires.TotalSeconds;

    public string SupportedValue { get; } = string.Join(", ", RequestScreen.Extensions);

    public string AllowValue { get; } = string.Join(", ", options.Allow);

    public string Contact(string? user, SipTransportKind kind)
    {
        var uri = SipUri.Create(null, transport.Host, transport.Local.Port) with { User = user };
        return $"<{(kind == SipTransportKind.Tcp ? uri with { Parameters = SipParameters.Empty.With("transport", "tcp") } : uri)}>";
    }

    /// <summary>The fields that say what we can do; in INVITE, its 2xx, and OPTIONS.</summary>
    public void AddAbilities(SipHeaders headers) => headers
        .Add(HeaderNames.Allow, AllowValue)
        .Add(HeaderNames.Supported, SupportedValue);

    /// <summary>Finds where a URI points; literal addresses at once, names later in the lane. Null when it points nowhere.</summary>
    /// <param name="flow">Used while a stream to it is open, and when the URI has no address.</param>
    public void Resolve(Lane lane, SipUri uri, SipDestination? flow, Action<SipDestination?> then)
    {
        if (flow is { Transport: SipTransportKind.Tcp } && transport.IsConnected(flow.EndPoint))
        {
            then(flow);
            return;
        }

        if (uri.Scheme != "sip")
        {
            then(null);
            return;
        }

        var kind = string.Equals(uri.Parameters["transport"], "tcp", StringComparison.OrdinalIgnoreCase) ? SipTransportKind.Tcp : SipTransportKind.Udp;
        var port = uri.Port ?? 5060;
        if (uri.Address is { } address && address.AddressFamily != transport.Local.AddressFamily) then(flow);
        else if (uri.Address is not null) then(new SipDestination(kind, new IPEndPoint(uri.Address, port)));
        else _ = LookUpAsync(lane, uri.Host, found => then(found is null ? flow : new SipDestination(kind, new IPEndPoint(found, port))));
    }

    private async Task LookUpAsync(Lane lane, string host, Action<IPAddress?> then)
    {
        IPAddress? found = null;
        try
        {
            var addresses = await options.Resolver.ResolveAsync(host, stopping);
            found = addresses.FirstOrDefault(address => address.AddressFamily == transport.Local.AddressFamily);
            if (found is null) SipLog.Unresolved(log, host, null);
        }
        catch (Exception failure) when (failure is SocketException or OperationCanceledException)
        {
            SipLog.Unresolved(log, host, failure);
        }

        lane.Post(() => then(found));
    }
}
