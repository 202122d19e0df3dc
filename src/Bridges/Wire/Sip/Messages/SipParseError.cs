namespace Interop.Bridges.Wire.Sip.Messages;

/// <summary>What is wrong with a message that could not be taken as it is.</summary>
public enum SipParseErrorKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The first line is no request line and no status line.</summary>
    StartLine,

    /// <summary>A SIP version other than 2.0.</summary>
    Version,

    /// <summary>A header field that does not follow its grammar.</summary>
    HeaderSyntax,

    /// <summary>A mandatory header field is not there.</summary>
    HeaderMissing,

    /// <summary>A header field that may occur once occurs again.</summary>
    HeaderRepeated,

    /// <summary>More header fields, or more values, than the limits allow.</summary>
    TooManyHeaders,

    /// <summary>A header field longer than the limits allow.</summary>
    HeaderTooLong,

    /// <summary>A Request-URI longer, or with more parameters, than the limits allow.</summary>
    UriTooLong,

    /// <summary>Content-Length announces more than there is.</summary>
    BodyTruncated,

    /// <summary>The whole message is larger than the limits allow.</summary>
    TooLarge,
}

/// <summary>The first fault found in a message: its kind, the octet where it was met, and the header field that has it.</summary>
public readonly record struct SipParseError(SipParseErrorKind Kind, int Offset, string? Header)
{
    /// <summary>The status that answers it (RFC 3261 sections 21.4.1, 21.4.12, 21.5.6).</summary>
    public int Status => Kind switch
    {
        SipParseErrorKind.Version => 505,
        SipParseErrorKind.UriTooLong => 414,
        _ => 400,
    };

    /// <summary>The reason phrase of that answer.</summary>
    public string Reason => Kind switch
    {
        SipParseErrorKind.None => "OK",
        SipParseErrorKind.StartLine => "Malformed Request Line",
        SipParseErrorKind.Version => "Version Not Supported",
        SipParseErrorKind.HeaderSyntax => $"Malformed {Header ?? "Header"}",
        SipParseErrorKind.HeaderMissing => $"Missing {Header}",
        SipParseErrorKind.HeaderRepeated => $"Repeated {Header}",
        SipParseErrorKind.TooManyHeaders => $"Too Many {Header ?? "Headers"}",
        SipParseErrorKind.HeaderTooLong => $"{Header ?? "Header"} Too Long",
        SipParseErrorKind.UriTooLong => "Request-URI Too Long",
        SipParseErrorKind.BodyTruncated => "Content-Length Exceeds Body",
        SipParseErrorKind.TooLarge => "Message Too Large",
    };
}

/// <summary>A parsed message, or what could be saved of a faulty one so that it can be refused politely.</summary>
/// <remarks>With an error, <see cref="Message"/> holds raw header fields only; its typed properties may throw.</remarks>
public readonly record struct SipParseResult(SipMessage? Message, SipParseError Error)
{
    /// <summary>Whether the message may be acted on.</summary>
    public bool Ok => Error.Kind == SipParseErrorKind.None;
}
