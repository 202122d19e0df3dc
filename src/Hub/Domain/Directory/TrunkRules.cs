using System.Net;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Domain.Rooms;

namespace Interop.Hub.Domain.Directory;

/// <summary>What a trunk may say of itself.</summary>
internal static class TrunkRules
{
    private const int LongestName = 253;

    /// <summary>The field at fault and what is wrong with it, or null.</summary>
    public static (string Field, string Text)? Fault(TrunkEntry trunk)
    {
        foreach (var network in trunk.From)
            if (!IPNetwork.TryParse(network, out _))
                return ("from", $"'{FieldRules.Cut(network, Limits.SlugLength)}' is not a network such as 192.0.2.0/24");
        foreach (var name in trunk.Certificates ?? [])
            if (!IsDomain(name))
                return ("certificates", $"'{FieldRules.Cut(name, Limits.SlugLength)}' is not a domain name such as sip.example.org");
        if (trunk is { From.Count: 0, Certificates: null or { Count: 0 }, Registration: null, Peer: null })
            return ("from", "it names no network, certificate, registration or peer, so that nothing would be its");
        if (trunk.Peer is { } peer && FieldRules.SipUri("peer", peer) is { } wrong)
            return ("peer", wrong.Text.TrimEnd('.'));
        if (trunk is { Profile: TrunkProfile.Bridge, Peer: null })
            return ("peer", "a bridging system has the fixed address where it is called");
        return trunk.Registration is { } registration ? Fault(registration) : null;
    }

    private static (string Field, string Text)? Fault(TrunkRegistration registration)
    {
        if (FieldRules.SipUri("registration.server", registration.Server) is { } wrong)
            return ("registration.server", wrong.Text.TrimEnd('.'));
        if (FieldRules.Line("registration.user", registration.User, Limits.SlugLength) is { } user)
            return ("registration.user", user.Text.TrimEnd('.'));
        if (FieldRules.Line("registration.realm", registration.Realm, Limits.NameLength) is { } realm)
            return ("registration.realm", realm.Text.TrimEnd('.'));
        if (registration.ExpiresSeconds is < TrunkRegistration.LeastExpires or > TrunkRegistration.MostExpires)
            return ("registration.expires", $"it must be from {TrunkRegistration.LeastExpires} to {TrunkRegistration.MostExpires} seconds");
        if (registration.Room is { } room && !Slug.IsRoomCode(room))
            return ("registration.room", "a dial code has 2 to 12 digits");
        return EntryRules.AreSecrets(registration.Secrets) && registration.Secrets.Count > 0
            ? null
            : ("registration.ha1", "it must hold HA1 by SHA-256 or MD5 in lower-case hex");
    }

    private static bool IsDomain(string? name) =>
        name is { Length: > 0 and <= LongestName } && name.Split('.').All(label => label.Length is > 0 and <= 63 && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'));
}
