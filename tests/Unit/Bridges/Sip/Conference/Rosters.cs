using Interop.Bridges.Sip.Conference;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Tests.Unit.Bridges.Sip.Conference;

/// <summary>A room with two phones, a called desk and a radio channel.</summary>
internal static class Rosters
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public static ConferenceDocument Document { get; } = new("4201", "hub.example", agency => agency.Value == "hpd" ? "Hartford Police" : "Fire & Rescue <CT>");

    public static LegView Engine { get; } = Leg(1, "Engine 7", "hfd");

    public static Roster Start { get; } = new(
        "Shots <fired> & \u0007 one down", new AgencyId("hpd"), Open: true,
        [
            Engine,
            Leg(2, "Car 12", "hpd") with { Own = LegMode.Listen, Dialled = true },
            Leg(3, "Desk", "hfd") with { Status = LegStatus.Asking, Dialled = true },
            Leg(4, "Ops 1", "hpd") with { Kind = LegKind.Radio, Status = LegStatus.Connecting },
        ],
        [new LegId("leg-1")],
        new LegId("leg-1"));

    private static LegView Leg(int number, string name, string agency) => new(
        new LegId($"leg-{number}"), LegKind.Sip, LegMode.Talk, LegStatus.Up,
        new Party(new AgencyId(agency), name, $"sip:{number}@10.1.2.3", "trunk:lab"), Dialled: false, Noon, null, null);
}
