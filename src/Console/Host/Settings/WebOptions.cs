using Interop.Console.Host.Https;
using Microsoft.AspNetCore.Http;

namespace Interop.Console.Host.Settings;

/// <summary>Where the console listens: ASPNETCORE_URLS, and with which certificate.</summary>
internal sealed record WebOptions(IReadOnlyList<string> Urls, HttpsOptions? Https = null)
{
    private const string Setting = "ASPNETCORE_URLS";
    private const string Loopback = "http://localhost:8080";

    /// <summary>A certificate is for those who come from elsewhere: to set it is to let them in.</summary>
    private const string Everywhere = "https://*:8443";

    public static WebOptions Read(SettingsReader reader, DataOptions data)
    {
        var https = HttpsOptions.Read(reader, data);
        // One that was set and cannot be used has its own error already.
        var secured = https is not null || reader.Text($"{HttpsOptions.Section}:Certificate") is not null;
        var urls = (reader.Text("urls") ?? (secured ? $"{Everywhere};{Loopback}" : Loopback))
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var url in urls)
            if (!IsAddress(url, out var isHttps))
                reader.Error(Setting, $"\"{url}\" must be an address to listen on, such as {Loopback}.");
            else if (isHttps && !secured)
                reader.Error(Setting, $"\"{url}\" needs a certificate: {HttpsOptions.Section}:Certificate.");
        if (secured && !urls.Any(static url => url.StartsWith("https:", StringComparison.OrdinalIgnoreCase)))
            reader.Error(Setting, $"it must have an https address where {HttpsOptions.Section}:Certificate is set, such as {Everywhere}.");
        return new WebOptions(urls, https);
    }

    private static bool IsAddress(string url, out bool isHttps)
    {
        isHttps = false;
        try
        {
            var address = BindingAddress.Parse(url);
            isHttps = address.Scheme == "https";
            return address.Scheme is "http" or "https" && address.Port is >= 0 and <= 65535;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
