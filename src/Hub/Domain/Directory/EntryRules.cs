using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Domain.Dialling;
using Interop.Hub.Domain.Rooms;

namespace Interop.Hub.Domain.Directory;

/// <summary>What an entry of a directory may hold.</summary>
internal static class EntryRules
{
    public static Refusal? Fault(AgencyId agency, DirectoryEntry entry)
    {
        if (!Slug.IsId(entry.Id))
            return Wrong(entry, "id", $"an id has letters, digits, '-', '_' and '.', at most {Limits.SlugLength}");
        return entry switch
        {
            AgencyEntry e => e.Id == agency.Value
                ? Name(e, e.Name) ?? Desk(e) ?? Same(e, FieldRules.Language("language", e.Language)) ?? Same(e, FieldRules.OptionalText("handling", e.Handling, Limits.ReasonLength))
                : Wrong(e, "id", $"it is not the agency {agency}"),
            PersonEntry e => Name(e, e.Name) ?? Sip(e, "sip", e.Sip),
            TrunkEntry e => TrunkRules.Fault(e) is var (field, text) ? Wrong(e, field, text) : null,
            EndpointEntry e => Name(e, e.Name) ?? (Slug.IsId(e.User) ? Secrets(e) : Wrong(e, "user", "a user name has the shape of an id")),
            ChannelEntry e => Name(e, e.Name) ?? (GatewayRules.Fault(e.Gateway) is { } fault ? Wrong(e, "gateway", fault) : null),
            CameraEntry e => Name(e, e.Name) ?? FieldRules.Url("url", e.Url),
            NumberEntry e => Name(e, e.Name) ?? Same(e, FieldRules.SipUri("uri", e.Uri)),
            SensorEntry e => Name(e, e.Name) ?? Same(e, FieldRules.Line("source", e.Source, Limits.NameLength)),
            TokenEntry e => Name(e, e.Name) ?? (IsHex(e.SecretHash, 64) ? null : Wrong(e, "secretHash", "it must be a SHA-256 in lower-case hex")),
            PlaybookEntry e => FieldRules.Line("open.title", e.Open?.Title, Limits.TitleLength) ?? FieldRules.Type("open.type", e.Open!.Type),
            DestinationEntry e => Destination(e),
            RecordingEntry e => Recording(e),
            _ => Wrong(entry, "kind", "it is of no known kind"),
        };
    }

    private static Refusal? Name(DirectoryEntry entry, string? name) =>
        Same(entry, FieldRules.Line("name", name, Limits.NameLength));

    private static Refusal? Sip(DirectoryEntry entry, string field, string? sip) =>
        sip is null ? null : Same(entry, FieldRules.SipUri(field, sip));

    /// <summary>A desk that cannot be called would be found out only when its agency is needed.</summary>
    private static Refusal? Desk(AgencyEntry entry) =>
        entry.Desk is null || DialAddress.Read(entry.Desk, out var fault) is not null ? null : Wrong(entry, "desk", $"The desk {fault}");

    private static Refusal? Destination(DestinationEntry entry) =>
        DestinationPattern.Read(entry.Pattern, out var fault) is null
            ? Wrong(entry, "pattern", $"The pattern {fault}")
            : entry.Name is null ? null : Name(entry, entry.Name);

    private static Refusal? Recording(RecordingEntry entry)
    {
        if (entry.KeepDays is < 1 or > Limits.MostKeepDays)
            return Wrong(entry, "keepDays", $"it must be 1 to {Limits.MostKeepDays}");
        return entry.Type is null ? null : Same(entry, FieldRules.Type("type", entry.Type));
    }

    /// <summary>What a room would say of the field, said of the entry.</summary>
    private static Refusal? Same(DirectoryEntry entry, Refusal? wrong) => wrong is null ? null : Wrong(entry, wrong.Field!, wrong.Text);

    private static Refusal? Secrets(EndpointEntry entry) =>
        AreSecrets(entry.Secrets) ? null : Wrong(entry, "secrets", "they must be HA1 by SHA-256 or MD5 in lower-case hex");

    /// <summary>Whether they are HA1 hashes by algorithm.</summary>
    public static bool AreSecrets(IReadOnlyDictionary<string, string> secrets)
    {
        foreach (var (algorithm, hash) in secrets)
            if (algorithm is not (DigestSecret.Sha256 or DigestSecret.Md5) || !IsHex(hash, algorithm == DigestSecret.Md5 ? 32 : 64))
                return false;
        return true;
    }

    private static bool IsHex(string? value, int length) =>
        value?.Length == length && value.All(char.IsAsciiHexDigitLower);

    private static Refusal Wrong(DirectoryEntry entry, string field, string text) =>
        new(RefusalKind.Invalid, "directory.invalid", $"'{FieldRules.Cut(entry.Id, Limits.SlugLength)}': {text}.", field);
}
