using Interop.Bridges.Wire.Sip.Bodies;

namespace Interop.Bridges.Sip.Text;

/// <summary>The media types of a MESSAGE.</summary>
internal static class TextTypes
{
    public const string Plain = "text/plain";

    /// <summary>A text in an envelope that names its writer (RFC 3862).</summary>
    public const string Cpim = CpimMessage.MediaTypeName;

    /// <summary>"Is typing" (RFC 3994), which no room shows.</summary>
    public const string Composing = "application/im-iscomposing+xml";

    /// <summary>What a 415 names.</summary>
    public const string Accepted = $"{Plain}, {Cpim}";
}
