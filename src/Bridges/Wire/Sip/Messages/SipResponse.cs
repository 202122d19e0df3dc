namespace Interop.Bridges.Wire.Sip.Messages;

/// <summary>A response.</summary>
public sealed class SipResponse(int status, string reason, SipHeaders headers, ReadOnlyMemory<byte> body = default)
    : SipMessage(headers, body)
{
    /// <summary>The status code, 100 to 699.</summary>
    public int Status { get; } = status;

    /// <summary>The reason phrase.</summary>
    public string Reason { get; } = reason;

    /// <summary>Whether no server sent it: RFC 3261 section 8.1.3.1 has a time-out treated as 408 and a transport error as 503.</summary>
    public bool IsLocal { get; private init; }

    /// <summary>1xx.</summary>
    public bool IsProvisional => Status < 200;

    /// <summary>2xx.</summary>
    public bool IsSuccess => Status is >= 200 and < 300;

    internal static SipResponse Local(SipRequest request, int status, string reason)
    {
        var made = request.Respond(status, reason);
        return new SipResponse(status, reason, made.Headers) { IsLocal = true };
    }
}
