using System.Net;

namespace Interop.Bridges.Wire.Sip.Transports;

/// <summary>What transactions need of the transports.</summary>
internal interface ISipSender
{
    /// <summary>Sends without waiting; <paramref name="failed"/> is called, on any thread, when the message surely did not leave.</summary>
    void Send(ReadOnlyMemory<byte> octets, SipDestination destination, Action failed);

    /// <summary>Whether a stream to that peer is open.</summary>
    bool IsConnected(IPEndPoint remote);

    /// <summary>Our own Via for a request over that transport.</summary>
    string ViaFor(SipTransportKind transport, string branch);
}
