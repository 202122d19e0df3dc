namespace Interop.Bridges.Sip.Registrations;

/// <summary>Option tags that only registrations have.</summary>
internal static class RegisterTags
{
    public const string Outbound = "outbound";
    public const string Path = "path";
}
