using System.Net;

namespace Interop.Bridges.Wire.Sip.Transports;

/// <summary>What carries a message.</summary>
public enum SipTransportKind
{
    /// <summary>Datagrams.</summary>
    Udp,

    /// <summary>A stream.</summary>
    Tcp,
}

/// <summary>Where a message goes.</summary>
public sealed record SipDestination(SipTransportKind Transport, IPEndPoint EndPoint);

/// <summary>Where a message came from, and the socket that took it.</summary>
public sealed record SipSource(SipTransportKind Transport, IPEndPoint Remote, IPEndPoint Local);

internal static class SipTransportKinds
{
    public static bool IsReliable(this SipTransportKind kind) => kind != SipTransportKind.Udp;

    public static string ViaName(this SipTransportKind kind) => kind == SipTransportKind.Tcp ? "TCP" : "UDP";
}
