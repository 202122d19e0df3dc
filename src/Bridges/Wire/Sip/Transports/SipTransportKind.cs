using System.Net;
using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.Transports;

/// <summary>What carries a message.</summary>
public enum SipTransportKind
{
    /// <summary>Datagrams.</summary>
    Udp,

    /// <summary>A stream.</summary>
    Tcp,

    /// <summary>An encrypted stream.</summary>
    Tls,
}

/// <summary>Where a message goes.</summary>
public sealed record SipDestination(SipTransportKind Transport, IPEndPoint EndPoint)
{
    /// <summary>
    /// The domain that the server's certificate must name when a TLS stream to it is opened (RFC 5922 section 7.3); null for
    /// a stream that the peer opened, which can only be used while it lasts.
    /// </summary>
    public string? ServerName { get; init; }

    /// <summary>Where to go instead, in this order, when it does not answer (RFC 3263 section 4.3).</summary>
    public IReadOnlyList<SipDestination> Others { get; init; } = [];

    /// <summary>Whether the peer is behind a NAT, or wants no other way: its Contact leads nowhere from here (RFC 5626).</summary>
    public bool IsOnlyWay { get; init; }

    /// <summary>Our own address that the message leaves from; null lets the way to the peer decide.</summary>
    public IPEndPoint? Local { get; init; }

    /// <summary>Whether a request for that URI may go this way, wherever a Route or a flow leads: sips is TLS and nothing less (RFC 3261 section 26.2.2).</summary>
    internal bool MayCarry(SipUri target) => Transport == SipTransportKind.Tls || !target.IsSecure;
}

/// <summary>Where a message came from, and the socket that took it.</summary>
public sealed record SipSource(SipTransportKind Transport, IPEndPoint Remote, IPEndPoint Local)
{
    /// <summary>What the peer proved on its TLS stream; null over anything else, and when it showed no certificate.</summary>
    public SipPeerCertificate? Certificate { get; init; }
}

/// <summary>A certificate that a peer holds the key of, issued by an authority that we trust for this.</summary>
/// <param name="Names">The domains and IP addresses that it is for (RFC 5922 section 7.1), as written in it.</param>
/// <param name="Thumbprint">Its SHA-256 in upper-case hexadecimal.</param>
public sealed record SipPeerCertificate(IReadOnlyList<string> Names, string Thumbprint);

internal static class SipTransportKinds
{
    public static bool IsReliable(this SipTransportKind kind) => kind != SipTransportKind.Udp;

    public static string ViaName(this SipTransportKind kind) => kind switch
    {
        SipTransportKind.Tls => "TLS",
        SipTransportKind.Tcp => "TCP",
        _ => "UDP",
    };

    /// <summary>The port of a URI or Via that names none (RFC 3261 section 19.1.2).</summary>
    public static int DefaultPort(this SipTransportKind kind) => kind == SipTransportKind.Tls ? 5061 : 5060;
}
