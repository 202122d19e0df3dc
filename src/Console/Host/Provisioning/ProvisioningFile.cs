using System.Security.Cryptography;
using System.Text.Json;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Console.Host.Provisioning;

/// <summary>What a provisioning file says, read and free of errors in itself.</summary>
internal sealed record ProvisioningFile(
    IReadOnlyList<OwnedEntry> Entries,
    IReadOnlyList<ProvisionedPassword> Passwords,
    IReadOnlyList<StandingRoom> Rooms)
{
    /// <summary>A file that says nothing.</summary>
    public static ProvisioningFile Empty { get; } = new([], [], []);

    /// <summary>Reads a file that an operator named.</summary>
    public static (ProvisioningFile File, IReadOnlyList<ProvisioningError> Errors) Load(string path)
    {
        try
        {
            var size = new FileInfo(path).Length;
            return size > ProvisioningOptions.MaxBytes
                ? (Empty, [new ProvisioningError("$", 0, $"{path} is larger than {ProvisioningOptions.MaxBytes} bytes.")])
                : ProvisioningReader.Read(File.ReadAllBytes(path));
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            return (Empty, [new ProvisioningError("$", 0, $"{path} cannot be read: {broken.Message}")]);
        }
    }

    /// <summary>What names an agency that is neither in the file nor in the directory.</summary>
    public IEnumerable<ProvisioningError> Orphans(DirectorySnapshot known)
    {
        var agencies = known.Agencies.Select(agency => agency.Agency)
            .Concat(Entries.Where(owned => owned.Entry is AgencyEntry).Select(owned => owned.Agency))
            .ToHashSet();
        foreach (var owned in Entries.Where(owned => !agencies.Contains(owned.Agency)))
            yield return new ProvisioningError(owned.Path, owned.Line, $"There is no agency \"{owned.Agency}\", here or in the directory.");
        foreach (var room in Rooms.Where(room => !agencies.Contains(room.Owner)))
            yield return new ProvisioningError(room.Path, room.Line, $"There is no agency \"{room.Owner}\", here or in the directory.");
    }

    /// <summary>What is another agency's than this one.</summary>
    public IEnumerable<ProvisioningError> NotOf(AgencyId agency)
    {
        foreach (var owned in Entries.Where(owned => owned.Agency != agency))
            yield return new ProvisioningError(owned.Path, owned.Line, $"This is {owned.Agency}'s, and nobody else decides over it.");
        foreach (var room in Rooms.Where(room => room.Owner != agency))
            yield return new ProvisioningError(room.Path, room.Line, $"This room is {room.Owner}'s, and nobody else decides over it.");
    }
}

/// <summary>An entry with its owner and where in the file it stands.</summary>
internal sealed record OwnedEntry(AgencyId Agency, DirectoryEntry Entry, string Path, int Line);

/// <summary>A person's password, in clear or as it is stored; one of the two.</summary>
internal sealed record ProvisionedPassword(AgencyId Agency, string Person, string? Password, string? Hash);

/// <summary>A room that is there from the start.</summary>
internal sealed record StandingRoom(
    RoomCode Code,
    string Title,
    AgencyId Owner,
    string Type,
    Priority Priority,
    Place? Place,
    IReadOnlyList<string> Admits,
    IReadOnlyList<AgencyId> Invites,
    IReadOnlyList<string> Shares,
    string Path,
    int Line)
{
    /// <summary>Names this content, wherever in the file it stands.</summary>
    public string ContentHash() =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this with { Path = "", Line = 0 })));
}
