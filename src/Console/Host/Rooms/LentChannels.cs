using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Console.Host.Rooms;

/// <summary>Finds the channels that an agency names, with what their gateways need.</summary>
internal sealed class LentChannels(IDirectory directory)
{
    /// <summary>A channel by its name, alone or with its agency before it.</summary>
    public Outcome<LentChannel> Find(AgencyId lender, string? resource, string field)
    {
        var id = resource?.Contains('/', StringComparison.Ordinal) == true ? new ResourceId(resource) : new ResourceId(lender, resource ?? "");
        if (id.Agency != lender)
            return new Refusal(RefusalKind.Denied, "share.not-yours", "An agency lends only what it owns.", field);
        return directory.Current.Find(lender)?.Find<ChannelEntry>(id.Name) is { } channel
            ? new LentChannel(id, channel.Name, channel.Gateway)
            : new Refusal(RefusalKind.Invalid, "share.unknown-resource", $"Your agency has no channel \"{id.Name}\".", field);
    }

    /// <summary>All of them, or the refusal of the first that is not there.</summary>
    public Outcome<IReadOnlyList<LentChannel>> FindAll(AgencyId lender, IReadOnlyList<string> resources, string field)
    {
        var channels = new LentChannel[resources.Count];
        for (var i = 0; i < channels.Length; i++)
        {
            var found = Find(lender, resources[i], $"{field}[{i}]");
            if (!found.Ok)
                return found.Refusal;
            channels[i] = found.Value;
        }
        return channels;
    }
}
