using Interop.Bridges.Wire.Sip.Tls;
using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Wire.Sip.Transports;

/// <summary>What the sockets of a stack share.</summary>
/// <param name="Tls">What makes streams secret; null for plain ones.</param>
/// <param name="Lost">Told of each stream that ended, on any thread.</param>
internal sealed record SocketContext(
    SipLimits Limits, ConnectionQuota Quota, ISipReceiver Receiver, TlsHandshaker? Tls, Action<SipDestination> Lost, TimeProvider Time, SipMetrics Metrics, ILogger Log);
