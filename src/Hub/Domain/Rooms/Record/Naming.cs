using System.Collections.Immutable;
using Interop.Hub.Contracts.Ids;

namespace Interop.Hub.Domain.Rooms.Record;

/// <summary>What an id of a room was called, and whose it was.</summary>
internal sealed record Called(string Name, AgencyId Agency);

/// <summary>The names behind the ids of a record: an entry says <c>leg-7</c>, and people knew it as Car 12.</summary>
/// <remarks>Kept beside the room for as long as the room stands, since a leg that is gone leaves the roster and not the record.</remarks>
internal static class Naming
{
    /// <summary>A room that stands for years goes on without names for what came after so many.</summary>
    private const int Most = 20_000;

    public static ImmutableDictionary<string, Called> Learn(this ImmutableDictionary<string, Called> known, RoomEvent happened) =>
        Of(happened) is var (id, called) && (known.Count < Most || known.ContainsKey(id)) ? known.SetItem(id, called) : known;

    private static (string Id, Called Called)? Of(RoomEvent happened) => happened switch
    {
        LegJoined e => (e.Leg.Value, new Called(e.Party.Name, e.Party.Agency)),
        LegRejoined e => (e.Leg.Value, new Called(e.Party.Name, e.Party.Agency)),
        LegReplaced e => (e.Leg.Value, new Called(e.Party.Name, e.Party.Agency)),
        LegDialled e => (e.Leg.Value, new Called(e.Party.Name, e.Party.Agency)),
        ResourceLent e => ((e.Leg?.Value ?? e.Share.Value), new Called(e.Resource.Name, e.Resource.Resource.Agency)),
        AgencyInvited e => (e.Invite.Value, new Called(e.PersonName ?? "", e.Agency)),
        LinkMade e => (e.Link.Value, new Called(e.For ?? "a guest", default)),
        GuestCame e => (e.Guest, new Called(e.Name, default)),
        VideoPosted e => (e.Video, new Called(e.Title, e.Agency)),
        _ => null,
    };
}
