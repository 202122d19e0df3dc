using System.Globalization;

namespace Interop.Bridges.Media.Recording;

/// <summary>Segments as files below one directory: a folder for each room, a file for each segment, named by its id.</summary>
/// <remarks>
/// A file ends in <c>.part</c> until the record has its hash, and in <c>.wav</c> from then on: what a crash left is known by its
/// name. Files are the process's own user's alone, and no name or id from outside becomes a path unless it is well formed.
/// </remarks>
public sealed class SegmentFolder : ISegmentStore
{
    private const string Part = ".part", Sealed = ".wav";
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _directory;
    private readonly long _leaveFree;

    /// <param name="directory">A full path; made when the first segment is.</param>
    /// <param name="leaveFree">Octets of the disk that are not the recorder's to fill.</param>
    public SegmentFolder(string directory, long leaveFree)
    {
        (_directory, _leaveFree) = (directory, leaveFree);
    }

    /// <summary>Rooms of which there is anything here.</summary>
    public IReadOnlyList<string> Rooms() =>
        Directory.Exists(_directory) ? [.. Directory.EnumerateDirectories(_directory).Select(Path.GetFileName).OfType<string>().Where(IsRoom)] : [];

    /// <summary>The record has the segment's hash. Doing it again does nothing.</summary>
    public void Seal(string room, string id)
    {
        if (PathOf(room, id, Part) is { } part && File.Exists(part)) File.Move(part, PathOf(room, id, Sealed)!, overwrite: true);
    }

    /// <summary>Opens a segment to read; null when it is not here.</summary>
    public FileStream? Open(string room, string id)
    {
        foreach (var ending in (ReadOnlySpan<string>)[Sealed, Part])
        {
            try
            {
                if (PathOf(room, id, ending) is { } path && File.Exists(path)) return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            }
            catch (IOException gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
            {
                // Sealed or deleted between the two.
            }
        }

        return null;
    }

    /// <summary>Deletes a segment; deleting what is gone does nothing.</summary>
    /// <remarks>The room's folder stays: it names the room until the record has said of all its files that they are deleted.</remarks>
    public void Delete(string room, string id)
    {
        foreach (var ending in (ReadOnlySpan<string>)[Sealed, Part])
            if (PathOf(room, id, ending) is { } path && Directory.Exists(Path.GetDirectoryName(path))) File.Delete(path);
    }

    /// <summary>Removes a room's folder, if it is empty.</summary>
    public void Prune(string room)
    {
        if (!IsRoom(room)) return;
        var folder = Path.Combine(_directory, room);
        try
        {
            if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any()) Directory.Delete(folder);
        }
        catch (IOException)
        {
            // A segment began in it meanwhile.
        }
    }

    Stream ISegmentStore.Create(string room, string id)
    {
        var path = PathOf(room, id, Part) ?? throw new IOException($"\"{room}/{id}\" is no name of a segment.");
        try
        {
            return Make(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Its folder was pruned between the two steps.
            return Make(path);
        }
    }

    Stream? ISegmentStore.Reopen(string room, string id) =>
        PathOf(room, id, Part) is { } path && File.Exists(path) ? new FileStream(path, Options(FileMode.Open)) : null;

    IReadOnlyList<(string Room, string Id)> ISegmentStore.Unsealed() =>
    [
        .. from room in Rooms()
           from path in Directory.EnumerateFiles(Path.Combine(_directory, room), "*" + Part)
           let id = Path.GetFileNameWithoutExtension(path)
           where IsId(id)
           select (room, id),
    ];

    void ISegmentStore.Discard(string room, string id)
    {
        if (PathOf(room, id, Part) is { } path) File.Delete(path);
    }

    long ISegmentStore.Room()
    {
        MakeFolder(_directory);
        return new DriveInfo(_directory).AvailableFreeSpace - _leaveFree;
    }

    private FileStream Make(string path)
    {
        MakeFolder(_directory);
        MakeFolder(Path.GetDirectoryName(path)!);
        return new FileStream(path, Options(FileMode.CreateNew));
    }

    // Unbuffered: what was written is the system's, and outlives the process however it ends.
    private static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.Read | FileShare.Delete, BufferSize = 0 };
        if (mode == FileMode.CreateNew && !OperatingSystem.IsWindows()) options.UnixCreateMode = Own;
        return options;
    }

    private static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, Own | UnixFileMode.UserExecute);
    }

    private string? PathOf(string room, string id, string ending) => IsRoom(room) && IsId(id) ? Path.Combine(_directory, room, id + ending) : null;

    private static bool IsRoom(string room) => room.Length is > 0 and <= 64 && room.All(char.IsAsciiLetterOrDigit);

    private static bool IsId(string id) => id.Length == 32 && UInt128.TryParse(id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _);
}
