using Interop.Bridges.Core.Anchor;
using Interop.Hub.Grains.Storage;

namespace Interop.Console.Host.Settings;

/// <summary>Keeps the certificate that browsers are shown where only the hub reads it.</summary>
internal static class BrowserIdentities
{
    public static IServiceCollection AddBrowserIdentity(this IServiceCollection services, DataOptions data) => data.Postgres is null
        ? services.AddSingleton<IBrowserIdentityStore>(new InFile(Path.Combine(data.Keys, "browser-voice.pem")))
        : services.AddSingleton<IBrowserIdentityStore, Shared>();

    private sealed class InFile(string path) : IBrowserIdentityStore
    {
        public string? Load() => File.Exists(path) ? File.ReadAllText(path) : null;

        public string Keep(string pem, string? instead)
        {
            PrivateFile.Write(path, pem);
            return pem;
        }
    }

    /// <summary>One for all nodes of a cluster: a browser that comes back by way of another node meets the fingerprint it knows.</summary>
    private sealed class Shared(SharedSecrets secrets) : IBrowserIdentityStore
    {
        private const string Name = "browser-voice";

        public string? Load() => secrets.Find(Name);

        public string Keep(string pem, string? instead) => secrets.Keep(Name, pem, instead);
    }
}
