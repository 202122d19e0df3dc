using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Console.Host.Directory;

/// <summary>An agency as the caller may see it: of another agency only its name and what it can be asked to lend.</summary>
internal sealed record AgencyView(
    AgencyEntry Agency,
    IReadOnlyList<ChannelView> Channels,
    IReadOnlyList<CameraView> Cameras,
    IReadOnlyList<OfferView> Sensors,
    IReadOnlyList<OfferView> Numbers,
    IReadOnlyList<OfferView> Phones,
    IReadOnlyList<EndpointView>? Endpoints,
    IReadOnlyList<PersonView>? People,
    IReadOnlyList<DestinationView>? Destinations,
    IReadOnlyList<TrunkView>? Trunks,
    IReadOnlyList<TokenView>? Tokens,
    IReadOnlyList<PlaybookView>? Playbooks)
{
    public static AgencyView Of(AgencyDirectory directory, bool own) => new(
        directory.Find<AgencyEntry>(directory.Agency.Value) ?? new AgencyEntry(directory.Agency.Value, directory.Agency.Value, AgencyLevel.City),
        List<ChannelEntry, ChannelView>(directory, channel => new(channel.Id, channel.Name, new ResourceId(directory.Agency, channel.Id), own ? channel.Gateway : null)),
        List<CameraEntry, CameraView>(directory, camera => new(camera.Id, camera.Name, new ResourceId(directory.Agency, camera.Id), own ? camera.Url : null, own ? camera.Place : null)),
        List<SensorEntry, OfferView>(directory, sensor => new(sensor.Id, sensor.Name, new ResourceId(directory.Agency, sensor.Id))),
        List<NumberEntry, OfferView>(directory, number => new(number.Id, number.Name, new ResourceId(directory.Agency, number.Id))),
        List<EndpointEntry, OfferView>(directory, phone => new(phone.Id, phone.Name, new ResourceId(directory.Agency, phone.Id))),
        own ? List<EndpointEntry, EndpointView>(directory, endpoint => new(endpoint.Id, endpoint.Name, endpoint.User, endpoint.MediaSecurity)) : null,
        own ? List<PersonEntry, PersonView>(directory, person => new(person.Id, person.Name, person.Role, person.Email, person.Sip)) : null,
        own ? List<DestinationEntry, DestinationView>(directory, destination => new(destination.Id, destination.Pattern, destination.Name)) : null,
        own ? List<TrunkEntry, TrunkView>(directory, trunk => new(trunk.Id, trunk.From, trunk.Certificates, trunk.Registration?.Server, trunk.Registration?.User, trunk.Peer, trunk.Priority ?? false, trunk.Profile, trunk.MediaSecurity)) : null,
        own ? List<TokenEntry, TokenView>(directory, token => new(token.Id, token.Name, token.Role, token.Ends, token.Scopes)) : null,
        own ? List<PlaybookEntry, PlaybookView>(directory, playbook => new(playbook.Id, playbook.When, playbook.Open)) : null);

    private static IReadOnlyList<TView> List<TEntry, TView>(AgencyDirectory directory, Func<TEntry, TView> view)
        where TEntry : DirectoryEntry => [.. directory.All<TEntry>().OrderBy(entry => entry.Id, StringComparer.Ordinal).Select(view)];
}

/// <summary>A radio channel; how it is reached is its owner's business.</summary>
internal sealed record ChannelView(string Id, string Name, ResourceId Resource, RadioGateway? Gateway);

/// <summary>A camera; its address is its owner's business.</summary>
internal sealed record CameraView(string Id, string Name, ResourceId Resource, string? Url, Place? Place);

/// <summary>Something else that an agency can be asked to lend.</summary>
internal sealed record OfferView(string Id, string Name, ResourceId Resource);

/// <summary>A SIP phone, without its secrets.</summary>
internal sealed record EndpointView(string Id, string Name, string User, MediaSecurity? MediaSecurity);

/// <summary>A colleague.</summary>
internal sealed record PersonView(string Id, string Name, Role Role, string? Email, string? Sip);

/// <summary>Somewhere that the agency may call beside the directory.</summary>
internal sealed record DestinationView(string Id, string Pattern, string? Name);

/// <summary>A trunk, without its secrets.</summary>
internal sealed record TrunkView(
    string Id, IReadOnlyList<string> From, IReadOnlyList<string>? Certificates, string? Server, string? User, string? Peer, bool Priority, TrunkProfile? Profile, MediaSecurity? MediaSecurity);

/// <summary>An API token, without its hash.</summary>
internal sealed record TokenView(string Id, string Name, Role Role, DateTimeOffset? Ends, IReadOnlyList<TokenScope>? Scopes);

/// <summary>A playbook.</summary>
internal sealed record PlaybookView(string Id, PlaybookMatch When, PlaybookRoom Open);
