namespace Interop.Bridges.Wire.Sip.Messages;

/// <summary>The usual reason phrase of each status code.</summary>
public static class ReasonPhrases
{
    /// <summary>The phrase as written; the usual one is not made anew.</summary>
    internal static string Intern(int status, ReadOnlySpan<char> phrase) =>
        Of(status) is { } usual && phrase.SequenceEqual(usual) ? usual : phrase.ToString();

    /// <summary>The phrase, or the name of its class for a code without one.</summary>
    public static string Of(int status) => status switch
    {
        100 => "Trying",
        180 => "Ringing",
        181 => "Call Is Being Forwarded",
        182 => "Queued",
        183 => "Session Progress",
        200 => "OK",
        202 => "Accepted",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        407 => "Proxy Authentication Required",
        408 => "Request Timeout",
        410 => "Gone",
        413 => "Request Entity Too Large",
        415 => "Unsupported Media Type",
        416 => "Unsupported URI Scheme",
        420 => "Bad Extension",
        422 => "Session Interval Too Small",
        423 => "Interval Too Brief",
        480 => "Temporarily Unavailable",
        481 => "Call/Transaction Does Not Exist",
        482 => "Loop Detected",
        483 => "Too Many Hops",
        484 => "Address Incomplete",
        486 => "Busy Here",
        487 => "Request Terminated",
        488 => "Not Acceptable Here",
        489 => "Bad Event",
        491 => "Request Pending",
        500 => "Server Internal Error",
        501 => "Not Implemented",
        503 => "Service Unavailable",
        504 => "Server Time-out",
        505 => "Version Not Supported",
        600 => "Busy Everywhere",
        603 => "Decline",
        604 => "Does Not Exist Anywhere",
        606 => "Not Acceptable",
        < 200 => "Progress",
        < 300 => "OK",
        < 400 => "Redirect",
        < 500 => "Request Failure",
        < 600 => "Server Failure",
        _ => "Global Failure",
    };
}
