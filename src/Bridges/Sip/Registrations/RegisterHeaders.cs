namespace Interop.Bridges.Sip.Registrations;

/// <summary>Header fields and option tags that only registrations have.</summary>
internal static class RegisterHeaders
{
    public const string Path = "Path";
    public const string ServiceRoute = "Service-Route";
    public const string MinExpires = "Min-Expires";
    public const string Outbound = "outbound";
    public const string PathTag = "path";
}
