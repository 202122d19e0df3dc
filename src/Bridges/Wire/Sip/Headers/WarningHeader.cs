using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.Headers;

/// <summary>Says in words why a request was refused (RFC 3261 section 20.43).</summary>
public static class WarningHeader
{
    /// <summary>The field's name.</summary>
    public const string Name = "Warning";

    /// <summary>A warning of code 399, which is for a person to read and changes nothing by itself.</summary>
    /// <param name="agent">Who warns: a host or a pseudonym.</param>
    /// <param name="text">What for.</param>
    public static SipHeader Of(string agent, string text) => new(Name, $"399 {agent} {HeaderLexer.Quote(text)}");
}
