namespace Interop.Tests.Peers.Proxies;

/// <summary>What a proxy does.</summary>
/// <param name="Hub">Host and port of the hub's SIP side for <paramref name="Transport"/>; empty when it hands nothing on to a hub.</param>
/// <param name="Transport"><c>udp</c>, <c>tcp</c> or <c>tls</c>, towards the hub.</param>
/// <param name="Media">The relay in the media path; null for none.</param>
/// <param name="RegistersAtHub">Whether registrations go on to the hub, for whose domain they are, with a Path to come back by; otherwise it keeps them itself.</param>
public sealed record ProxyPlan(string Hub = "", string Transport = "udp", Rtpengine? Media = null, bool RegistersAtHub = false)
{
    /// <summary>The domain that its certificate is for.</summary>
    public string Domain { get; init; } = "proxy";

    /// <summary>Whether an authority issued its certificate that the hub does not trust.</summary>
    public bool HasStrangersCertificate { get; init; }

    /// <summary>Whom it asks for proof, as a telephone system does with those that register at it; nobody when null.</summary>
    public Subscriber? Subscriber { get; init; }
}

/// <summary>Who has to prove itself to a proxy by digest with SHA-256, registering and calling.</summary>
/// <param name="User">How its user names begin.</param>
/// <param name="Realm">The proxy's realm.</param>
/// <param name="Password">The password.</param>
/// <param name="ServiceRoute">The URI by which its calls have to come (RFC 3608); null for no matter how.</param>
public sealed record Subscriber(string User, string Realm, string Password, string? ServiceRoute = null);
