using System.Net;

namespace Interop.Bridges.Wire.Sip.Transports;

/// <summary>What transactions and user agents need of the transports.</summary>
internal interface ISipSender
{
    /// <summary>The address and port listened on.</summary>
    IPEndPoint Local { get; }

    /// <summary>What peers call us.</summary>
    string Host { get; }

    /// <summary>Sends without waiting; <paramref name="failed"/> is called, on any thread, when the message surely did not leave.</summary>
    void Send(ReadOnlyMemory<byte> octets, SipDestination destination, Action failed);

    /// <summary>Whether a stream to that peer is open.</summary>
    bool IsConnected(IPEndPoint remote);

    /// <summary>Our own Via for a request over that transport.</summary>
    string ViaFor(SipTransportKind transport, string branch);
}
