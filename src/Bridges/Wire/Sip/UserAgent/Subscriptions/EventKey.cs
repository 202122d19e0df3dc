using Interop.Bridges.Wire.Sip.Messages;

namespace Interop.Bridges.Wire.Sip.UserAgent.Subscriptions;

/// <summary>What tells the subscriptions of one dialog apart: the package and the id parameter, compared octet for octet (RFC 6665 section 8.2.1).</summary>
internal readonly record struct EventKey(string Package, string? Id)
{
    public const string Refer = "refer";

    public static bool TryParse(string? value, out EventKey key)
    {
        key = default;
        if (value is null) return false;
        var semicolon = value.IndexOf(';', StringComparison.Ordinal);
        var package = HeaderLexer.Trim(semicolon < 0 ? value : value.AsSpan(0, semicolon));
        if (!HeaderLexer.IsToken(package)) return false;
        string? id = null;
        if (semicolon >= 0)
        {
            if (!SipParameters.TryParse(value.AsSpan(semicolon), out var parameters)) return false;
            id = parameters["id"];
        }

        key = new EventKey(package.ToString(), id);
        return true;
    }

    public override string ToString() => Id is null ? Package : $"{Package};id={Id}";
}
