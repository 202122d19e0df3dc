namespace Interop.Console.Demo;

/// <summary>Waits until the hub says that it is ready for calls.</summary>
internal static class Readiness
{
    private static readonly TimeSpan s_betweenLooks = TimeSpan.FromMilliseconds(250);

    /// <returns>The console's address.</returns>
    public static async Task<Uri> WaitAsync(HttpClient client, Func<Uri?> console, TimeProvider time, CancellationToken cancel)
    {
        while (true)
        {
            if (console() is { } address && await IsReadyAsync(client, address, cancel))
                return address;
            await Task.Delay(s_betweenLooks, time, cancel);
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient client, Uri address, CancellationToken cancel)
    {
        try
        {
            using var response = await client.GetAsync(new Uri(address, "health/ready"), cancel);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
