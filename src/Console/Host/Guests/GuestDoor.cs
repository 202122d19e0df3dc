using Interop.Console.Host.Rooms;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Console.Host.Guests;

/// <summary>An agency as the roster names it.</summary>
internal sealed record GuestAgency(AgencyId Id, string Name, AgencyLevel Level);

/// <summary>Who a guest is, and in which room.</summary>
/// <param name="Agencies">The names of the agencies, for the roster.</param>
internal sealed record GuestSession(
    RoomCode Room, string Guest, string Name, Role Role, AgencyId Agency, string AgencyName, IReadOnlyList<GuestAgency> Agencies);

/// <summary>Answers whoever holds a link, and says who a guest is.</summary>
internal sealed class GuestDoor(IGrainFactory grains, RoomDesk desk, IDirectory directory)
{
    /// <summary>The room's own words for a link that cannot be used: a room that is not there must sound the same.</summary>
    private static readonly Refusal NoLink = new(
        RefusalKind.NotFound, "link.unknown", "This link cannot be used: it was withdrawn, has expired, was used, or is not whole. Ask whoever sent it for a new one.");

    public async Task<Outcome<LinkOffer>> Offer(string? token)
    {
        var (code, hash) = LinkToken.Read(token);
        return await IsOpen(code) ? await desk.Room(code).OfferOfLink(hash) : NoLink;
    }

    /// <summary>Lets the holder in; the same attempt again has the same place.</summary>
    public async Task<Outcome<(string Room, string Guest)>> Accept(string? token, string? name, string attempt)
    {
        var (code, hash) = LinkToken.Read(token);
        if (!await IsOpen(code))
            return NoLink;
        var done = await desk.Room(code).Execute(new AcceptLink(hash, name ?? ""), GuestCaller.Of(null), Attempt(hash, attempt));
        return done.Ok ? (code, done.Value.Created!) : done.Refusal;
    }

    public async Task<Outcome<RoomReceipt>> Decline(string? token, string? reason, string attempt)
    {
        var (code, hash) = LinkToken.Read(token);
        return await IsOpen(code)
            ? await desk.Room(code).Execute(new DeclineLink(hash, reason), GuestCaller.Of(null), Attempt(hash, attempt))
            : NoLink;
    }

    /// <summary>Who the guest is now; refused once their visit is over.</summary>
    public async Task<Outcome<GuestSession>> Session(string room, string guest)
    {
        var look = await desk.Look(room, GuestCaller.Of(guest));
        if (!look.Ok)
            return look.Refusal;
        var own = look.Value.Guests.Single();
        var owner = look.Value.Header.Owner;
        return new GuestSession(
            look.Value.Code, own.Id, own.Name, own.Role, owner, Name(owner),
            [.. directory.Current.Agencies.Select(agency => agency.Find<AgencyEntry>(agency.Agency.Value)).OfType<AgencyEntry>().Select(agency => new GuestAgency(new AgencyId(agency.Id), agency.Name, agency.Level))]);
    }

    /// <summary>A code that no room has never reaches a room's grain: strangers would fill the memory with them.</summary>
    private async Task<bool> IsOpen(string code) =>
        RoomDesk.IsCode(code) && (await grains.GetGrain<IRoomRegistryGrain>(IRoomRegistryGrain.Key).ListOpen()).Any(room => room.Code.Value == code);

    private static CommandId Attempt(string hash, string attempt) => new($"link/{hash}/{attempt}");

    private string Name(AgencyId agency) => directory.Current.Find(agency)?.Find<AgencyEntry>(agency.Value)?.Name ?? agency.Value;
}
