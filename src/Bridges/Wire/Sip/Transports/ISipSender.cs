using System.Net;
using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.Transports;

/// <summary>What transactions and user agents need of the transports.</summary>
internal interface ISipSender
{
    /// <summary>Sends without waiting; <paramref name="failed"/> is called, on any thread, when the message surely did not leave.</summary>
    void Send(ReadOnlyMemory<byte> octets, SipDestination destination, Action failed);

    /// <summary>
    /// Has our own requests to the sender's address use the stream that its request came by (RFC 5923), when its certificate
    /// proves that it is who that address belongs to.
    /// </summary>
    void Alias(SipSource source, Via via);

    /// <summary>Who did not answer of late.</summary>
    FailedTargets Failures { get; }

    /// <summary>Whether the stream to that peer is open.</summary>
    bool IsConnected(SipDestination destination);

    /// <summary>Whether anything is listened on that could send over that transport to addresses of that kind.</summary>
    bool Speaks(SipTransportKind transport, IPAddress address);

    /// <summary>The rank of an address by its family: those of our first listener come first.</summary>
    int Preference(IPAddress address);

    /// <summary>Where that peer reaches us over the same transport.</summary>
    SipHostPort AddressFor(SipDestination destination);
}

/// <summary>A host, with the brackets of IPv6, and a port, as Via and Contact have them.</summary>
internal readonly record struct SipHostPort(string Host, int Port)
{
    public override string ToString() => $"{Host}:{Port}";
}
