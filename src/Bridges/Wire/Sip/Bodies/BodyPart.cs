using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.Bodies;

/// <summary>One body of a message: the whole of it, or a leaf of its multipart tree (RFC 5621).</summary>
/// <param name="Type">Its media type.</param>
/// <param name="Fields">The header fields of the part.</param>
/// <param name="IsChoice">Whether it is one of several in multipart/alternative, of which the last that is understood counts.</param>
public sealed record BodyPart(MediaType Type, IReadOnlyList<SipHeader> Fields, ReadOnlyMemory<byte> Content, bool IsChoice = false)
{
    /// <summary>What the part is for, such as session, render or recording-session; in lower case, null when it is not said.</summary>
    public string? Disposition => Word(DispositionField?.Split(';')[0]);

    /// <summary>Its handling parameter, optional or required (RFC 5621 section 6); in lower case, null when it is not said.</summary>
    public string? Handling
    {
        get
        {
            var semicolon = DispositionField?.IndexOf(';', StringComparison.Ordinal) ?? -1;
            return semicolon >= 0 && SipParameters.TryParse(DispositionField.AsSpan(semicolon), out var parameters) ? Word(parameters["handling"]) : null;
        }
    }

    /// <summary>Whether the content stands as it is, in no transfer coding that would have to be undone.</summary>
    public bool IsPlain => Word(MimeFields.Find(Fields, "Content-Transfer-Encoding")) is null or "7bit" or "8bit" or "binary"
        && Word(MimeFields.Find(Fields, HeaderNames.ContentEncoding)) is null or "identity";

    private string? DispositionField => MimeFields.Find(Fields, HeaderNames.ContentDisposition);

    private static string? Word(string? text) => text?.Trim().ToLowerInvariant();
}
