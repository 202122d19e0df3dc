using System.Net;
using Interop.Bridges.Core.Anchor;
using Interop.Bridges.Wire.Sip.Tls;

namespace Interop.Bridges.Sip;

/// <summary>How partners' phones reach this hub.</summary>
/// <param name="Bind">The local addresses, of IPv4 and IPv6.</param>
/// <param name="Port">UDP and TCP; 0 takes a free one.</param>
/// <param name="Advertised">The host in the addresses that we give, where it is not the bound one.</param>
public sealed record SipBridgeOptions(IReadOnlyList<IPAddress> Bind, int Port, AddressMap Advertised)
{
    /// <summary>Our certificate and whom we trust; null for no TLS.</summary>
    public SipTlsOptions? Tls { get; init; }

    /// <summary>Who is asked where a name points; none asks the system's.</summary>
    public IReadOnlyList<IPEndPoint> NameServers { get; init; } = [];

    /// <summary>How long a dialled phone may ring.</summary>
    public TimeSpan RingTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a stored dialog may take to answer before the party is called instead.</summary>
    public TimeSpan RejoinTime { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How often a connected leg is asked whether it is still there.</summary>
    public TimeSpan PulseEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long it may take to say so.</summary>
    public TimeSpan PulseTime { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>So many unanswered pulses in a row are a lost leg.</summary>
    public int PulsesMissed { get; init; } = 2;

    /// <summary>How often a leg that takes no OPTIONS is asked, by a re-INVITE that changes nothing.</summary>
    public TimeSpan ReinvitePulseEvery { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Proxies whose word on where a request comes from, and who it is, is taken.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>Requests outside of calls that one address may send in a second, and twice as many at once; trunks may send more.</summary>
    public int RequestsPerSecond { get; init; } = 500;

    /// <summary>The shortest time that a phone may register for; a shorter one gets 423.</summary>
    public TimeSpan RegistrationLeast { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest; a longer one is shortened.</summary>
    public TimeSpan RegistrationMost { get; init; } = TimeSpan.FromHours(1);

    /// <summary>So many wrong passwords for one user from one address, and it has to wait.</summary>
    public int ProofFailuresOfUser { get; init; } = 10;

    /// <summary>So many wrong passwords from one address, whoever they are for, and it has to wait.</summary>
    public int ProofFailuresOfSource { get; init; } = 200;

    /// <summary>For how long wrong passwords count.</summary>
    public TimeSpan ProofFailureTime { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How many sources and users with wrong passwords are remembered.</summary>
    public int ProofFailuresKept { get; init; } = 20_000;
}
