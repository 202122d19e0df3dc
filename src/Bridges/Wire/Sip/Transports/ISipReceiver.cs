namespace Interop.Bridges.Wire.Sip.Transports;

/// <summary>Takes what the transports read; the octets are the transport's again once the call returns.</summary>
internal interface ISipReceiver
{
    void OnMessage(ReadOnlySpan<byte> octets, SipSource source);
}
