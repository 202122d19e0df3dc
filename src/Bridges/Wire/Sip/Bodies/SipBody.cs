using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Sdp;

namespace Interop.Bridges.Wire.Sip.Bodies;

/// <summary>What the body of a message that may carry a session description holds.</summary>
/// <param name="Description">The octets of the description; empty when there is none.</param>
/// <param name="Refusal">415 for a part that must be understood and is not, 400 for a body that cannot be taken apart; null to go on.</param>
public readonly record struct SdpBody(ReadOnlyMemory<byte> Description, int? Refusal);

/// <summary>Finds in a message's body what somebody is looking for, in a multipart body too.</summary>
public static class SipBody
{
    /// <summary>The bodies of a message; one without body has none. False when it cannot be taken apart within the limits.</summary>
    public static bool TryParts(SipMessage message, SipLimits limits, out IReadOnlyList<BodyPart> parts)
    {
        parts = [];
        if (message.Body.IsEmpty) return true;
        if (!MediaType.TryParse(message.Headers[HeaderNames.ContentType], out var type)) type = new MediaType("", SipParameters.Empty);
        if (type.IsMultipart) return Multipart.TryRead(type, message.Body, limits, out parts);
        parts = [new BodyPart(type, OwnFields(message), message.Body)];
        return true;
    }

    /// <summary>Reads the session description that a message carries; false when it has none that can be read.</summary>
    public static bool TrySdp(SipMessage message, SipLimits limits, out SessionDescription description) =>
        SessionDescription.TryParse(Sdp(message, limits).Description.Span, out description, limits);

    /// <summary>The session description of an INVITE, an answer, a PRACK or an UPDATE.</summary>
    /// <remarks>
    /// RFC 5621 section 6: a part beside it that must be understood and is not refuses the message. What a gateway or an emergency
    /// network puts beside a call changes nothing about the call, and many of them do not say that it is optional.
    /// </remarks>
    public static SdpBody Sdp(SipMessage message, SipLimits limits)
    {
        // Nearly every message: one description and nothing else.
        if (message.Body.IsEmpty) return default;
        if (message.ContentType == SessionDescription.MediaType && Plain(message)) return new(message.Body, null);
        if (!TryParts(message, limits, out var parts)) return new(default, 400);
        BodyPart? found = null;
        foreach (var part in parts)
        {
            var readable = part.Type.Name == SessionDescription.MediaType && part.IsPlain && part.Disposition is null or "session";
            if (readable)
            {
                if (found is null || part.IsChoice) found = part;
            }
            else if (!part.IsChoice && !MayPass(part))
            {
                return new(default, 415);
            }
        }

        return found is null ? new(default, 415) : new(found.Content, null);
    }

    private static bool MayPass(BodyPart part) => part.Handling switch
    {
        "optional" => true,
        null => part.Type.Name is "application/pidf+xml" or "application/isup" or "application/qsig" or "application/resource-lists+xml"
            || part.Type.Name.StartsWith("application/emergencycalldata.", StringComparison.Ordinal),
        _ => false,
    };

    private static bool Plain(SipMessage message) =>
        message.Headers[HeaderNames.ContentEncoding] is not { } coding || coding.Equals("identity", StringComparison.OrdinalIgnoreCase);

    private static List<SipHeader> OwnFields(SipMessage message)
    {
        var fields = new List<SipHeader>();
        foreach (var name in (ReadOnlySpan<string>)[HeaderNames.ContentType, HeaderNames.ContentDisposition, HeaderNames.ContentEncoding])
        {
            if (message.Headers[name] is { } value) fields.Add(new SipHeader(name, value));
        }

        return fields;
    }
}
