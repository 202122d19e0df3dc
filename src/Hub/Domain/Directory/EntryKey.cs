using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Interop.Hub.Contracts.Directory;

namespace Interop.Hub.Domain.Directory;

/// <summary>Names an entry within its agency: its kind, as in JSON, and its id.</summary>
internal readonly record struct EntryKey(string Kind, string Id)
{
    public static EntryKey Of(DirectoryEntry entry) => new(KindOf(entry), entry.Id);

    public static bool IsKind(string kind) =>
        kind is "agency" or "person" or "trunk" or "endpoint" or "channel" or "camera" or "number" or "sensor" or "token" or "playbook" or "destination" or "recording";

    /// <summary>The hash of an entry's content, by which it is known when it is provisioned again.</summary>
    public static string HashOf(DirectoryEntry entry) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(entry, JournalJson.Options)));

    private static string KindOf(DirectoryEntry entry) => entry switch
    {
        AgencyEntry => "agency",
        PersonEntry => "person",
        TrunkEntry => "trunk",
        EndpointEntry => "endpoint",
        ChannelEntry => "channel",
        CameraEntry => "camera",
        NumberEntry => "number",
        SensorEntry => "sensor",
        TokenEntry => "token",
        PlaybookEntry => "playbook",
        DestinationEntry => "destination",
        RecordingEntry => "recording",
        _ => throw new UnreachableException($"{entry.GetType().Name} has no kind defined."),
    };
}
