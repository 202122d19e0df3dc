using System.Xml.Linq;
using Interop.Console.Host.Settings;
using Interop.Hub.Grains.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Interop.Console.Host.SignIn;

/// <summary>Where credentials, one-time links and the keys of sessions are kept: in files of this node, or in the PostgreSQL of its cluster.</summary>
internal static class IdentityStorage
{
    public static IServiceCollection AddIdentityStorage(this IServiceCollection services, DataOptions data)
    {
        var keys = services.AddDataProtection().SetApplicationName("interop");
        if (data.Postgres is null)
        {
            keys.PersistKeysToFileSystem(new DirectoryInfo(data.Keys));
            return services.AddDbContext<CredentialDb>(db => db.UseSqlite($"Data Source={data.Identity}"));
        }

        services.AddOptions<KeyManagementOptions>().Configure<SharedSecrets>(static (options, secrets) => options.XmlRepository = new SharedKeys(secrets));
        return services.AddDbContext<CredentialDb>(static (provider, db) => db.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>()));
    }

    /// <summary>The keys of sessions for all nodes: a cookie that one gave out is good at each.</summary>
    private sealed class SharedKeys(SharedSecrets secrets) : IXmlRepository
    {
        private const string Prefix = "session-key/";

        public IReadOnlyCollection<XElement> GetAllElements() => [.. secrets.List(Prefix).Select(XElement.Parse)];

        public void StoreElement(XElement element, string friendlyName) =>
            secrets.Keep(Prefix + friendlyName, element.ToString(SaveOptions.DisableFormatting));
    }
}
