using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Hub.Domain.Rooms;

/// <summary>Bridging systems in a room: each mixes on its own side, so that two ways to one of them would be a loop.</summary>
internal static class Bridges
{
    /// <summary>The party, as the bridge that its address leads to if the directory knows one.</summary>
    public static Party Known(Party party, Surroundings around)
    {
        foreach (var agency in around.Directory.Agencies)
            foreach (var trunk in agency.All<TrunkEntry>())
                if (trunk.Profile == TrunkProfile.Bridge && LeadsTo(party.Address, trunk))
                    return party with { Agency = agency.Agency, Proof = Party.ProofOfBridge(agency.Agency, trunk.Id) };
        return party;
    }

    /// <summary>The refusal of a bridge that has a leg in the room already.</summary>
    public static Refusal? Twice(RoomState state, Party party) =>
        party.IsBridge && state.Legs.Find(leg => leg.Status != LegStatus.Gone && leg.Party.Proof == party.Proof) is { } there
            ? Refusals.BridgeTwice(there.Party.Name)
            : null;

    /// <summary>By the address where it is called, or by its name in this hub.</summary>
    private static bool LeadsTo(string address, TrunkEntry trunk) =>
        string.Equals(address, trunk.Peer, StringComparison.OrdinalIgnoreCase)
        || string.Equals(address, $"sip:{trunk.Id}@hub", StringComparison.OrdinalIgnoreCase);
}
