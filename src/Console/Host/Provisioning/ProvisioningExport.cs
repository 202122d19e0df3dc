using System.Text.Json;
using System.Text.Json.Nodes;
using Interop.Console.Host.SignIn;
using Interop.Console.Host.Web;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Console.Host.Provisioning;

/// <summary>Writes what an agency owns as a provisioning file that would set it up again; secrets only as hashes.</summary>
internal sealed class ProvisioningExport(IGrainFactory grains, IDirectory directory, Credentials credentials)
{
    private static readonly JsonSerializerOptions Form = MakeForm();

    public async Task<JsonObject> Write(Actor actor)
    {
        var own = directory.Current.Find(actor.Agency) ?? new AgencyDirectory(actor.Agency, 0, []);
        var people = new JsonArray();
        foreach (var person in own.All<PersonEntry>())
            people.Add(Entry(person, own, ("passwordHash", await credentials.HashOf(own.Agency, person.Id))));
        return new JsonObject
        {
            ["agencies"] = List<AgencyEntry>(own, static agency => Node(agency)),
            ["people"] = people,
            ["trunks"] = List<TrunkEntry>(own, trunk => Trunk(trunk, own)),
            ["endpoints"] = List<EndpointEntry>(own, endpoint => Node(new { endpoint.Id, Agency = own.Agency, endpoint.Name, endpoint.User, Ha1 = endpoint.Secrets, endpoint.MediaSecurity })),
            ["destinations"] = List<DestinationEntry>(own, destination => Entry(destination, own)),
            ["recording"] = List<RecordingEntry>(own, rule => Entry(rule, own)),
            ["channels"] = List<ChannelEntry>(own, channel => Channel(channel, own)),
            ["cameras"] = List<CameraEntry>(own, camera => Entry(camera, own)),
            ["numbers"] = List<NumberEntry>(own, number => Entry(number, own)),
            ["sensors"] = List<SensorEntry>(own, sensor => Entry(sensor, own)),
            ["tokens"] = List<TokenEntry>(own, token => Entry(token, own)),
            ["rooms"] = await Rooms(actor),
            ["playbooks"] = List<PlaybookEntry>(own, playbook => Node(new { playbook.Id, Owner = own.Agency, playbook.When, playbook.Open })),
        };
    }

    private async Task<JsonArray> Rooms(Actor actor)
    {
        var rooms = new JsonArray();
        foreach (var summary in await grains.GetGrain<IRoomRegistryGrain>(IRoomRegistryGrain.Key).ListOpen())
            if (summary.Standing && summary.Owner == actor.Agency && (await grains.GetGrain<IRoomGrain>(summary.Code.Value).Look(actor)).Value is { } room)
                rooms.Add(Room(room));
        return rooms;
    }

    private static JsonObject Room(RoomSnapshot room) => Node(new
    {
        room.Code,
        room.Title,
        room.Header.Owner,
        room.Header.Type,
        room.Header.Priority,
        room.Header.Place,
        room.Header.Admits,
        Invites = room.Invites.Where(invite => invite.Stands && invite.Invitee.IsWhole).Select(invite => invite.Agency),
        Shares = room.Shares.Where(share => share.Kind == ResourceKind.Channel && share.Resource.Agency == room.Header.Owner).Select(share => share.Resource.Name),
    });

    private static JsonObject Trunk(TrunkEntry trunk, AgencyDirectory own)
    {
        var node = Entry(trunk with { Registration = null }, own);
        if (trunk.Registration is { } at)
            node["registration"] = Node(new { at.Server, at.User, at.Realm, Ha1 = at.Secrets, Expires = at.ExpiresSeconds, at.Room });
        return node;
    }

    private static JsonObject Channel(ChannelEntry channel, AgencyDirectory own)
    {
        var node = Entry(channel, own);
        node["gateway"]!["kind"] = "rtp";
        return node;
    }

    private static JsonObject Entry<TEntry>(TEntry entry, AgencyDirectory own, (string Name, string? Value)? extra = null)
        where TEntry : DirectoryEntry
    {
        var node = Node(entry);
        node["agency"] = own.Agency.Value;
        if (extra is { Value: { } value } added)
            node[added.Name] = value;
        return node;
    }

    private static JsonArray List<TEntry>(AgencyDirectory own, Func<TEntry, JsonNode> write)
        where TEntry : DirectoryEntry => new([.. own.All<TEntry>().OrderBy(entry => entry.Id, StringComparer.Ordinal).Select(write)]);

    private static JsonObject Node<T>(T value) => JsonSerializer.SerializeToNode(value, Form)!.AsObject();

    private static JsonSerializerOptions MakeForm()
    {
        var form = new JsonSerializerOptions { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };
        JsonForm.Apply(form);
        return form;
    }
}
