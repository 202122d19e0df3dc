using Interop.Bridges.Wire.Sip.Messages;
using Interop.Hub.Contracts.Directory;

namespace Interop.Console.Host.Provisioning;

/// <summary>Reads a partner's trunk: what proves its calls, and how it is called.</summary>
internal static class TrunkReader
{
    private const int LongestAddress = 512;

    public static TrunkEntry Read(EntryReader entry, string id)
    {
        var from = entry.Texts("from", static text => System.Net.IPNetwork.TryParse(text, out _), "must be a network as address/bits with no bits set behind them, such as 10.1.0.0/16.");
        var certificates = entry.Texts("certificates", IsDomain, "must be a domain name that the peer's certificate is for, such as sip.example.org.");
        var registration = entry.Within("registration") is { } within ? ReadRegistration(within) : null;
        var peer = Address(entry, "peer", entry.OptionalText("peer", LongestAddress));
        var profile = entry.OptionalWord<TrunkProfile>("profile");
        var security = entry.OptionalWord<MediaSecurity>("mediaSecurity");
        var priority = entry.Flag("priority");
        if (from.Count == 0 && certificates.Count == 0 && registration is null && peer is null)
            entry.Error("from", "give from, certificates, registration or peer: what proves the trunk's calls, or where it is called.");
        if (profile == TrunkProfile.Bridge && peer is null)
            entry.Error("peer", "a bridging system needs its peer: the fixed address where it is called.");
        return new TrunkEntry(id, from, certificates.Count > 0 ? certificates : null, registration, peer, priority ? true : null, profile, security);
    }

    private static TrunkRegistration ReadRegistration(EntryReader registration)
    {
        var server = Address(registration, "server", registration.Text("server", LongestAddress)) ?? "";
        var user = registration.Text("user", 64);
        var realm = registration.Text("realm");
        var secrets = EndpointSecrets.ReadForeign(registration, user, realm);
        var expires = registration.Number("expires", 0, TrunkRegistration.LeastExpires, TrunkRegistration.MostExpires);
        var room = registration.OptionalText("room", 12);
        if (room is { Length: > 0 } && !(room.Length >= 2 && room.All(char.IsAsciiDigit)))
            registration.Error("room", "must be a dial code of 2 to 12 digits.");
        registration.End();
        return new TrunkRegistration(server, user, realm, secrets, expires == 0 ? null : expires, room);
    }

    private static string? Address(EntryReader entry, string field, string? text)
    {
        if (text is { Length: > 0 } && !(SipUri.TryParse(text, out var uri) && uri is { IsSip: true, Headers: null }))
            entry.Error(field, "must be a SIP address, such as sip:pbx.example.org;transport=tcp.");
        return text;
    }

    private static bool IsDomain(string text) =>
        text.Length <= 253 && text.Split('.').All(label => label.Length is > 0 and <= 63 && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'));
}
