using Microsoft.AspNetCore.Http;

namespace Interop.Console.Host.Settings;

/// <summary>Where the console listens: ASPNETCORE_URLS.</summary>
internal sealed record WebOptions(IReadOnlyList<string> Urls)
{
    private const string Default = "http://localhost:8080";

    public static WebOptions Read(SettingsReader reader)
    {
        var urls = (reader.Text("urls") ?? Default).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var url in urls)
            if (!IsAddress(url))
                reader.Error("ASPNETCORE_URLS", $"\"{url}\" must be an address to listen on, such as {Default}.");
        return new WebOptions(urls);
    }

    private static bool IsAddress(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.Scheme is "http" or "https" && address.Port is >= 0 and <= 65535;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
