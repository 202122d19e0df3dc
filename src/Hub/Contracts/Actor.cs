using System.Text.Json.Serialization;
using Interop.Hub.Contracts.Ids;

namespace Interop.Hub.Contracts;

/// <summary>What kind of party acts.</summary>
public enum ActorKind
{
    /// <summary>A person signed in to the console.</summary>
    Person,

    /// <summary>A program with an API token.</summary>
    Token,

    /// <summary>A phone or a radio, known by its trunk or credentials.</summary>
    Phone,

    /// <summary>A playbook of the agency.</summary>
    Playbook,

    /// <summary>The provisioning file.</summary>
    Provisioning,

    /// <summary>The hub itself: what a node saw happen.</summary>
    Hub,

    /// <summary>Somebody without an account who came by an invitation's link, into one room.</summary>
    Guest,
}

/// <summary>What an actor may do in its agency; everything is denied unless a rule allows it.</summary>
public enum Role
{
    /// <summary>Reads.</summary>
    Observer,

    /// <summary>Posts alerts and reads what came of them.</summary>
    Integration,

    /// <summary>Takes part: reads, chats, talks.</summary>
    Member,

    /// <summary>Commands rooms.</summary>
    Commander,

    /// <summary>Opens, runs and closes rooms, invites, lends.</summary>
    Dispatcher,

    /// <summary>All of a dispatcher, and the agency's people, resources and credentials.</summary>
    Administrator,
}

/// <summary>Who acts, as the journal records it.</summary>
/// <param name="Kind">What kind of party.</param>
/// <param name="Agency">On whose behalf; empty for the hub itself.</param>
/// <param name="Name">As people know it: a person's name, a token's id, a caller.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Id">The person's id in its agency, or the guest's in its room: two may have one name. It decides, and is in no record.</param>
[GenerateSerializer, Alias("interop.actor")]
public sealed record Actor(ActorKind Kind, AgencyId Agency, string Name, Role Role, [property: JsonIgnore] string? Id = null)
{
    /// <summary>The hub, for what a node saw happen.</summary>
    public static Actor Hub { get; } = new(ActorKind.Hub, new AgencyId(""), "hub", Role.Administrator);

    /// <summary>True for the hub itself, which no agency's rule binds.</summary>
    [JsonIgnore]
    public bool IsHub => Kind == ActorKind.Hub;

    /// <summary>False for an integration, which posts alerts and has no business in rooms nor in the list of them, and for a guest, who has one room.</summary>
    [JsonIgnore]
    public bool ReadsRooms => Role != Role.Integration && Kind != ActorKind.Guest;

    /// <summary>Whether this actor acts for the agency with at least that role; a guest acts for none.</summary>
    public bool Is(AgencyId agency, Role atLeast) => Kind != ActorKind.Guest && Agency == agency && Role >= atLeast;
}
