using System.Net;

namespace Interop.Bridges.Media.Sockets;

/// <summary>A UDP socket as the tick thread uses it: nothing blocks, nothing throws, nothing allocates per datagram.</summary>
internal interface IDatagramSocket : IDisposable
{
    /// <summary>The bound address.</summary>
    IPEndPoint Local { get; }

    /// <summary>Whether there is something to receive.</summary>
    bool Waiting { get; }

    /// <summary>Takes the next datagram.</summary>
    /// <returns>Its length, or -1 when none waits.</returns>
    int Receive(Span<byte> buffer, out Source source);

    /// <summary>Sends a datagram; false when the system did not take it.</summary>
    bool Send(ReadOnlySpan<byte> datagram, Destination destination);

    /// <summary>Asks the system to let only this peer in from now on; what it did not let in is never seen.</summary>
    void Connect(Destination peer);

    /// <summary>Lets everybody in again.</summary>
    void Disconnect();
}

/// <summary>Why a socket could not be had.</summary>
/// <param name="Code">A stable code for callers.</param>
/// <param name="Text">What an operator may be told.</param>
public sealed record MediaRefusal(string Code, string Text);

/// <summary>Opens sockets; tests put their own network here.</summary>
internal interface INetwork
{
    /// <summary>Binds a unicast socket, or null when the port is taken.</summary>
    IDatagramSocket? TryBind(IPEndPoint local);

    /// <summary>Binds a socket for a radio gateway: joined to the group when <paramref name="local"/> is multicast.</summary>
    IDatagramSocket? TryBindRadio(IPEndPoint local, IPAddress networkInterface, int timeToLive, out MediaRefusal? refusal);

    /// <summary>A watch for sockets of this network.</summary>
    ISocketWatch Watch();

    /// <summary>What sends for many sockets at once; null where each has to send by itself.</summary>
    Uring? Batch();
}
