using System.Net;
using Interop.Bridges.Wire.Sip.Transports;
using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Wire.Sip;

/// <summary>Every log line of the stack; never a body, never a credential.</summary>
internal static partial class SipLog
{
    [LoggerMessage(1001, LogLevel.Information, "SIP listens on {EndPoint} over {Transport}")]
    public static partial void Listening(ILogger logger, IPEndPoint endPoint, SipTransportKind transport);

    [LoggerMessage(1002, LogLevel.Error, "Work of a SIP lane failed; its call may be stuck until its timers end it")]
    public static partial void LaneFailed(ILogger logger, Exception failure);

    [LoggerMessage(1003, LogLevel.Error, "The application failed on a {Method} request of call {CallId}")]
    public static partial void ApplicationFailed(ILogger logger, string method, string callId, Exception failure);

    [LoggerMessage(1004, LogLevel.Warning, "A SIP socket failed and goes on: {Reason}")]
    public static partial void SocketFailed(ILogger logger, string reason);

    [LoggerMessage(1005, LogLevel.Warning, "No address found for {Host}")]
    public static partial void Unresolved(ILogger logger, string host, Exception? failure);

    [LoggerMessage(1006, LogLevel.Debug, "Malformed SIP from {Remote}: {Reason}")]
    public static partial void Malformed(ILogger logger, IPEndPoint remote, string reason);

    [LoggerMessage(1007, LogLevel.Information, "Call {CallId} ended: {Kind} {Status} {Reason}")]
    public static partial void CallEnded(ILogger logger, string callId, string kind, int? status, string? reason);

    [LoggerMessage(1020, LogLevel.Information, "No TLS with {Remote}: {Reason}")]
    public static partial void HandshakeFailed(ILogger logger, IPEndPoint remote, string reason);

    [LoggerMessage(1021, LogLevel.Information, "The TLS certificate was renewed: {Thumbprint}, valid until {Until}")]
    public static partial void CertificateReloaded(ILogger logger, string thumbprint, DateTime until);

    [LoggerMessage(1022, LogLevel.Error, "The changed TLS certificate is not used, and the one before stays: {Reason}")]
    public static partial void CertificateUnusable(ILogger logger, string reason);
}
