using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Console.Host.Rooms;

/// <summary>Finds the resources that an agency names, with what is needed to bring them in.</summary>
internal sealed class LentResources(IDirectory directory)
{
    /// <summary>A resource by its name, alone or with its agency before it.</summary>
    public Outcome<LentResource> Find(AgencyId lender, ResourceKind kind, string? resource, string field)
    {
        var id = resource?.Contains('/', StringComparison.Ordinal) == true ? new ResourceId(resource) : new ResourceId(lender, resource ?? "");
        if (id.Agency != lender)
            return new Refusal(RefusalKind.Denied, "share.not-yours", "An agency lends only what it owns.", field);
        return LentResource.Find(directory.Current.Find(lender), kind, id.Name) is { } found
            ? found
            : new Refusal(RefusalKind.Invalid, "share.unknown-resource", $"Your agency has no {kind.ToString().ToLowerInvariant()} \"{id.Name}\".", field);
    }

    /// <summary>All of these channels, or the refusal of the first that is not there.</summary>
    public Outcome<IReadOnlyList<LentResource>> FindChannels(AgencyId lender, IReadOnlyList<string> resources, string field)
    {
        var channels = new LentResource[resources.Count];
        for (var i = 0; i < channels.Length; i++)
        {
            var found = Find(lender, ResourceKind.Channel, resources[i], $"{field}[{i}]");
            if (!found.Ok)
                return found.Refusal;
            channels[i] = found.Value;
        }
        return channels;
    }
}
