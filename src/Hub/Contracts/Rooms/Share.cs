using System.Text.Json.Serialization;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;

namespace Interop.Hub.Contracts.Rooms;

/// <summary>What kind of thing an agency lends.</summary>
public enum ResourceKind
{
    /// <summary>A half-duplex radio channel.</summary>
    Channel,

    /// <summary>A SIP phone of the agency, which is called.</summary>
    Endpoint,

    /// <summary>A telephone number or SIP address of the agency, which is called.</summary>
    Number,

    /// <summary>A camera: a link to video.</summary>
    Camera,

    /// <summary>A sensor: its alerts come into the room.</summary>
    Sensor,
}

/// <summary>Which way a lent resource is open, as the room sees it.</summary>
public enum ShareDirection
{
    /// <summary>The room hears the resource, and talks on it.</summary>
    Both,

    /// <summary>The room hears or sees the resource; nothing of the room reaches it.</summary>
    Listen,

    /// <summary>The room talks on the resource and hears nothing of it.</summary>
    Talk,
}

/// <summary>On what terms a resource is lent.</summary>
/// <param name="Direction">Which way it is open.</param>
/// <param name="Ends">When the hub takes it back by itself; null for not before somebody does.</param>
/// <param name="Conditions">What its owner asks of those who use it, in words for people: <c>no recording</c>.</param>
[GenerateSerializer, Alias("interop.share-terms")]
public sealed record ShareTerms(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ShareDirection Direction = ShareDirection.Both,
    DateTimeOffset? Ends = null,
    string? Conditions = null)
{
    /// <summary>Both ways, until it is withdrawn.</summary>
    public static ShareTerms Open { get; } = new();
}

/// <summary>A resource with what is needed to bring it in, as its owner's directory has it.</summary>
/// <param name="Gateway">For a channel: how it is reached.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Address">For an endpoint or a number: what is called.</param>
/// <param name="Url">For a camera: the link.</param>
[GenerateSerializer, Alias("interop.lent-resource")]
public sealed record LentResource(
    ResourceId Resource,
    string Name,
    RadioGateway? Gateway = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ResourceKind Kind = ResourceKind.Channel,
    string? Address = null,
    string? Url = null)
{
    /// <summary>Whether it carries voice, and so has a leg.</summary>
    [JsonIgnore]
    public bool IsVoice => Kind is ResourceKind.Channel or ResourceKind.Endpoint or ResourceKind.Number;

    /// <summary>As the directory has it; null for an entry that is nothing to lend.</summary>
    public static LentResource? Of(AgencyId owner, DirectoryEntry? entry) => entry switch
    {
        ChannelEntry e => new(new ResourceId(owner, e.Id), e.Name, e.Gateway),
        EndpointEntry e => new(new ResourceId(owner, e.Id), e.Name, null, ResourceKind.Endpoint, $"sip:{e.User}@hub"),
        NumberEntry e => new(new ResourceId(owner, e.Id), e.Name, null, ResourceKind.Number, e.Uri),
        CameraEntry e => new(new ResourceId(owner, e.Id), e.Name, null, ResourceKind.Camera, null, e.Url),
        SensorEntry e => new(new ResourceId(owner, e.Id), e.Name, null, ResourceKind.Sensor),
        _ => null,
    };

    /// <summary>The resource of that kind and name; null when the agency has none.</summary>
    public static LentResource? Find(AgencyDirectory? owner, ResourceKind kind, string id) => owner is null ? null : Of(owner.Agency, kind switch
    {
        ResourceKind.Channel => owner.Find<ChannelEntry>(id),
        ResourceKind.Endpoint => owner.Find<EndpointEntry>(id),
        ResourceKind.Number => owner.Find<NumberEntry>(id),
        ResourceKind.Camera => owner.Find<CameraEntry>(id),
        ResourceKind.Sensor => owner.Find<SensorEntry>(id),
    });
}

/// <summary>Lends a resource into the room; only its owner can.</summary>
[GenerateSerializer, Alias("interop.room-command.lend-resource")]
public sealed record LendResource(LentResource Resource, ShareTerms Terms) : RoomCommand;

/// <summary>Takes a lent resource back; its owner can, always, and so can the room's.</summary>
[GenerateSerializer, Alias("interop.room-command.withdraw-share")]
public sealed record WithdrawShare(ShareId Share) : RoomCommand;

/// <summary>The hub takes back what was lent until now.</summary>
[GenerateSerializer, Alias("interop.room-command.end-shares")]
public sealed record EndShares : RoomCommand;

/// <summary>A lent sensor raised an alert, or told what became of it.</summary>
[GenerateSerializer, Alias("interop.room-command.bring-alert")]
public sealed record BringAlert(ResourceId Sensor, Alerts.AlertSummary Alert) : RoomCommand;
