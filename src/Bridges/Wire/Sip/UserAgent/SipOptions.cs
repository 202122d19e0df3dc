using System.Net;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Bridges.Wire.Sip.Tls;
using Interop.Bridges.Wire.Sip.Transactions;
using Interop.Bridges.Wire.Sip.Transports;

namespace Interop.Bridges.Wire.Sip.UserAgent;

/// <summary>How a stack listens, what it calls itself and how much it lets strangers cost it.</summary>
public sealed record SipOptions
{
    /// <summary>The addresses to listen on, of IPv4 and IPv6; names are looked up for the families that stand here, the first one first.</summary>
    public IReadOnlyList<IPAddress> Bind { get; init; } = [IPAddress.Loopback];

    /// <summary>The port, the same for UDP and TCP; 0 takes a free one.</summary>
    public int Port { get; init; } = 5060;

    /// <summary>Our certificate; without one TLS is neither listened for nor used.</summary>
    public SipTlsOptions? Tls { get; init; }

    /// <summary>
    /// The host of our Contact and Via for a peer at that address; null for the address listened on. It must name one when
    /// that is no address to reach us at.
    /// </summary>
    public Func<IPAddress, string?> AdvertisedHost { get; init; } = static _ => null;

    /// <summary>What User-Agent and Server say.</summary>
    public string UserAgent { get; init; } = "Interop";

    /// <summary>The methods taken; any other gets 405.</summary>
    public IReadOnlyList<string> Allow { get; init; } =
    [
        SipMethods.Invite, SipMethods.Ack, SipMethods.Cancel, SipMethods.Bye, SipMethods.Options,
        SipMethods.Message, SipMethods.Info, SipMethods.Update, SipMethods.Prack,
        SipMethods.Subscribe, SipMethods.Notify, SipMethods.Refer,
    ];

    /// <summary>The event packages that the application takes subscriptions to; any other gets 489.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    /// <summary>The shortest subscription taken; a shorter one gets 423.</summary>
    public TimeSpan MinSubscription { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest subscription granted, and the one that a peer gets which asks for none.</summary>
    public TimeSpan MaxSubscription { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Option tags that the application understands, beside those of the stack.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>The parameters of our Contact that say what we are (RFC 3840), such as <c>;isfocus</c>.</summary>
    public string ContactFeatures { get; init; } = "";

    /// <summary>The media types that OPTIONS and 415 name.</summary>
    public IReadOnlyList<string> Accept { get; init; } = [SessionDescription.MediaType, "text/plain"];

    /// <summary>The session interval that we propose (RFC 4028).</summary>
    public TimeSpan SessionExpires { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The smallest session interval that we take; RFC 4028 allows none below 90 s.</summary>
    public TimeSpan MinSessionExpires { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Sources that no limit on strangers is for: trunks and proxies, known by address or certificate. None when null.</summary>
    /// <remarks>Asked by every lane for every request outside a dialog: it has to be quick.</remarks>
    public Func<SipSource, bool>? Trusted { get; init; }

    /// <summary>The transaction timers.</summary>
    public SipTimers Timers { get; init; } = new();

    /// <summary>The bounds.</summary>
    public SipLimits Limits { get; init; } = new();

    /// <summary>How host names become addresses.</summary>
    public ISipResolver Resolver { get; init; } = new SystemResolver();

    /// <summary>Told of each stream that ended, whichever side opened it: what is sent to that peer next opens another. On any thread.</summary>
    public Action<SipDestination> FlowLost { get; init; } = static _ => { };

    /// <summary>How many calls can be worked on at the same instant; each call belongs to one lane.</summary>
    public int Lanes { get; init; } = Math.Max(1, Environment.ProcessorCount);

    /// <summary>What is wrong with these settings; empty when nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (Port is < 0 or > 65535) errors.Add($"Port {Port} is outside 0 to 65535");
        if (Lanes < 1) errors.Add("Lanes must be at least 1");
        if (SessionExpires < MinSessionExpires) errors.Add("SessionExpires is smaller than MinSessionExpires");
        if (Bind.Count == 0) errors.Add("Bind must name at least one address");
        foreach (var address in Bind)
        {
            var host = AdvertisedHost(address);
            if (host is null && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)))
            {
                errors.Add($"AdvertisedHost must be set when listening on {address}: peers cannot answer to it");
            }

            if (host is not null && !SipUri.TryHostPort(SipUri.Create(null, host).Host, out _, out _)) errors.Add($"AdvertisedHost '{host}' is no host");
        }

        if (Tls is not null) errors.AddRange(Tls.Validate());
        return errors;
    }
}
