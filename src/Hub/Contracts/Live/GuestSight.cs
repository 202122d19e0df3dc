namespace Interop.Hub.Contracts.Live;

/// <summary>What a guest sees of a room: who is there, what is written and shown, who talks. Nothing of who else was asked, nor how anybody is reached.</summary>
public static class GuestSight
{
    /// <summary>The room as a guest sees it.</summary>
    public static RoomSnapshot Of(RoomSnapshot room, string? guest) => room with
    {
        Header = Of(room.Header),
        Invites = [],
        Legs = room.Legs.Select(Of).ToArray(),
        Shares = [],
        Alerts = [],
        Links = [],
        Guests = room.Guests.Where(one => one.Id == guest).ToArray(),
    };

    /// <summary>A change as a guest sees it; null for what is not theirs to see.</summary>
    public static RoomChange? Of(RoomChange change, string? guest) => change switch
    {
        HeaderChanged header => new HeaderChanged(Of(header.Header)),
        LegChanged leg => new LegChanged(Of(leg.Leg)),
        GuestChanged own when own.Guest.Id == guest => own,
        ChatChanged or VideoChanged or VideoGone or SoundChanged => change,
        _ => null,
    };

    private static RoomHeader Of(RoomHeader header) => header with { Admits = [], Lease = null, Recording = header.Recording is { } recording ? recording with { Hold = null } : null };

    /// <summary>A call that was dialled without a name bears its address in its place.</summary>
    private static LegView Of(LegView leg) => leg with
    {
        Party = leg.Party with { Name = leg.Party.Name == leg.Party.Address ? "A phone" : leg.Party.Name, Address = "", Proof = "", Focus = null },
        Ask = null,
    };
}
