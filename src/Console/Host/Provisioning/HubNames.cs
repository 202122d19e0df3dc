using System.Net;
using System.Text.Json;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;

namespace Interop.Console.Host.Provisioning;

/// <summary>What may stand once in the whole hub: by it a caller, a person or a program is told from everybody else's.</summary>
/// <remarks>Without it an agency's administrator could enter another agency's caller as their own, and be that caller.</remarks>
internal static class HubNames
{
    /// <summary>What the file enters under a name that an entry outside of it has already.</summary>
    public static IEnumerable<ProvisioningError> Taken(ProvisioningFile file, DirectorySnapshot known)
    {
        // What the file itself enters anew gives its old names free.
        var replaced = file.Entries.Select(owned => (owned.Agency, owned.Entry.GetType(), owned.Entry.Id)).ToHashSet();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var agency in known.Agencies)
            foreach (var entry in agency.Entries.Where(entry => !replaced.Contains((agency.Agency, entry.GetType(), entry.Id))))
                taken.UnionWith(Of(entry).Select(name => name.Key));
        foreach (var owned in file.Entries)
            foreach (var (field, key, what) in Of(owned.Entry))
                if (taken.Contains(key))
                    yield return new ProvisioningError($"{owned.Path}.{field}", owned.Line, $"{what} is taken by another entry of this hub; it is unique in the hub.");
    }

    /// <summary>The trunks of a file that are not as the directory has them: what proves an agency is the operator's to give.</summary>
    /// <remarks>Nobody but whoever runs the hub can know whose calls come from a network or show a certificate. An export with its trunks can still be applied.</remarks>
    public static IEnumerable<ProvisioningError> TrunksOfTheirOwn(ProvisioningFile file, DirectorySnapshot known)
    {
        foreach (var owned in file.Entries)
            if (owned.Entry is TrunkEntry trunk && !IsKnown(known, owned.Agency, trunk))
                yield return new ProvisioningError($"{owned.Path}.from", owned.Line, "A trunk proves an agency, so it is set in the operator's own file (Provisioning:File) and not here.");
    }

    /// <summary>The names of an entry: the field that holds each, the name among all kinds, and how to speak of it.</summary>
    public static IEnumerable<(string Field, string Key, string What)> Of(DirectoryEntry entry)
    {
        switch (entry)
        {
            case PersonEntry { Email: { Length: > 0 } email }:
                yield return ("email", $"email/{email.ToLowerInvariant()}", $"The e-mail address {email}");
                break;
            case EndpointEntry { User.Length: > 0 } endpoint:
                yield return ("user", $"user/{endpoint.User}", $"The user {endpoint.User}");
                break;
            case TokenEntry { SecretHash.Length: > 0 } token:
                yield return ("secret", $"secret/{token.SecretHash}", "This secret");
                break;
            case TrunkEntry trunk:
                yield return ("id", $"trunk/{trunk.Id}", $"The trunk's id {trunk.Id}");
                // One network inside another is the operator's to say, and the narrower counts; the same one twice proves nothing.
                foreach (var network in trunk.From)
                    if (IPNetwork.TryParse(network, out var parsed))
                        yield return ("from", $"network/{parsed}", $"The network {parsed}");
                foreach (var name in trunk.Certificates ?? [])
                    yield return ("certificates", $"certificate/{name.ToLowerInvariant()}", $"The certificate name {name}");
                if (trunk.Registration is { } at)
                    yield return ("registration", $"registration/{at.User}@{at.Server}", $"The registration of {at.User} at {at.Server}");
                break;
        }
    }

    private static bool IsKnown(DirectorySnapshot known, AgencyId agency, TrunkEntry trunk) =>
        known.Find(agency)?.Find<TrunkEntry>(trunk.Id) is { } has && Form(has) == Form(trunk);

    /// <summary>Lists and hashes compare by what they hold.</summary>
    private static string Form(TrunkEntry trunk) => JsonSerializer.Serialize(
        trunk with { Registration = trunk.Registration is { } at ? at with { Secrets = new SortedDictionary<string, string>(at.Secrets.ToDictionary(), StringComparer.Ordinal) } : null });
}
