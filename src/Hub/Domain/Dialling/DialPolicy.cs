using System.Net;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Domain.Rooms;

namespace Interop.Hub.Domain.Dialling;

/// <summary>Where an agency may call. Everything that the directory or one of its destinations does not allow is refused.</summary>
/// <remarks>
/// Toll fraud is somebody else's telephone bill: a telephone number is called only where the agency whose trunk carries it
/// has said so. Extensions and names on an agency's own telephone system are its own phones.
/// </remarks>
internal static class DialPolicy
{
    /// <summary>The host by which the directory names this hub wherever it runs.</summary>
    private const string Hub = "hub";

    /// <summary>The refusal of a call; null when it is allowed.</summary>
    /// <param name="field">The field that holds the address.</param>
    /// <param name="uri">Where.</param>
    /// <param name="by">The agency that calls, and pays.</param>
    /// <param name="around">The directory.</param>
    public static Refusal? Check(string field, string? uri, AgencyId by, Surroundings around)
    {
        if (TelephoneNumber.IsTel(uri))
            return CheckNumber(field, uri!, by, around);
        if (DialAddress.Read(uri, out var fault) is not { } address)
            return new Refusal(RefusalKind.Invalid, "room.invalid", $"The {field} {fault}", field);
        return IsOfDirectory(address, around) || IsOwnPhone(address, by, around) || IsDestination(address, by, around)
            ? null
            : new Refusal(RefusalKind.Denied, "dial.not-allowed", NotAllowed(address, FieldRules.Cut(uri, Limits.SipUriLength), by), field);
    }

    /// <summary>A number without an address goes by the agency's own carrier, and needs a destination as it would if it were dialled there.</summary>
    private static Refusal? CheckNumber(string field, string uri, AgencyId by, Surroundings around)
    {
        if (TelephoneNumber.Read(uri) is not { } number || uri.Length > Limits.SipUriLength)
            return new Refusal(RefusalKind.Invalid, "room.invalid", $"The {field} must be tel: with a number, such as tel:+18605550100, and no parameters.", field);
        if (around.Directory.Find(by) is not { Carrier: { } carrier } own)
            return new Refusal(
                RefusalKind.Invalid, "dial.no-carrier", $"No trunk of {by} carries telephone numbers; an administrator gives one a peer or a registration.", field);
        var at = carrier.Peer ?? carrier.Registration!.Server;
        return DialAddress.Read(at, out _) is { } peer && Allows(own, peer with { User = number }, onTrunk: true)
            ? null
            : new Refusal(
                RefusalKind.Denied, "dial.not-allowed", $"{by} may not call tel:{number}: no destination of {by} allows it. An administrator adds one, such as \"tel:{number}\", to the destinations of {by}.", field);
    }

    private static bool IsOfDirectory(DialAddress address, Surroundings around)
    {
        foreach (var agency in around.Directory.Agencies)
            foreach (var entry in agency.Entries)
                if (Names(entry, address) && IsItsToGive(address, agency.Agency, around))
                    return true;
        return false;
    }

    private static bool Names(DirectoryEntry entry, DialAddress address) => entry switch
    {
        PersonEntry person => Is(person.Sip, address),
        AgencyEntry agency => Is(agency.Desk, address),
        NumberEntry number => Is(number.Uri, address),
        EndpointEntry endpoint => address.Host == Hub && address.User == endpoint.User,
        TrunkEntry trunk => (address.Host == Hub && address.User == trunk.Id) || Is(trunk.Peer, address),
        _ => false,
    };

    private static bool Is(string? known, DialAddress address) => DialAddress.Read(known, out _)?.Covers(address) == true;

    /// <summary>An agency's directory does not say what another agency's telephone system dials.</summary>
    private static bool IsItsToGive(DialAddress address, AgencyId agency, Surroundings around)
    {
        if (!address.IsNumber)
            return true;
        foreach (var other in around.Directory.Agencies)
            if (other.Agency != agency && IsOnTrunk(address, other))
                return false;
        return true;
    }

    private static bool IsOwnPhone(DialAddress address, AgencyId by, Surroundings around) =>
        !address.IsNumber && around.Directory.Find(by) is { } own && IsOnTrunk(address, own);

    private static bool IsDestination(DialAddress address, AgencyId by, Surroundings around)
    {
        return around.Directory.Find(by) is { } own && Allows(own, address, IsOnTrunk(address, own));
    }

    private static bool Allows(AgencyDirectory own, DialAddress address, bool onTrunk)
    {
        foreach (var destination in own.All<DestinationEntry>())
            if (DestinationPattern.Read(destination.Pattern, out _)?.Takes(address, onTrunk) == true)
                return true;
        return false;
    }

    private static bool IsOnTrunk(DialAddress address, AgencyDirectory agency)
    {
        foreach (var trunk in agency.All<TrunkEntry>())
        {
            if (DialAddress.Read(trunk.Peer, out _)?.Host == address.Host)
                return true;
            foreach (var network in trunk.From)
                if (address.Address is { } ip && IPNetwork.TryParse(network, out var parsed) && parsed.Contains(ip))
                    return true;
        }

        return false;
    }

    private static string NotAllowed(DialAddress address, string uri, AgencyId by) => address.Host == Hub
        ? $"This hub has no phone or trunk {address.User}; dial sip: with the user of a phone, or the id of a trunk, and @hub."
        : $"{by} may not call {uri}: the directory does not have it, and no destination of {by} allows it. "
            + $"An administrator adds one, such as \"{(address.Secure ? "sips" : "sip")}:{(address.User.Length > 0 ? address.User + "@" : "")}{(address.Host.Contains(':', StringComparison.Ordinal) ? $"[{address.Host}]" : address.Host)}\", to the destinations of {by}.";
}
