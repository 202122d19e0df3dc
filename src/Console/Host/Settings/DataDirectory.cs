namespace Interop.Console.Host.Settings;

/// <summary>Holds the data directory for this process alone.</summary>
/// <remarks>
/// Two nodes that write one journal would fence each other off in turn. The system drops the lock with the process,
/// so kill -9 leaves nothing behind that would stop the next start.
/// </remarks>
internal sealed class DataDirectory : IDisposable
{
    private readonly FileStream _lock;

    private DataDirectory(FileStream held) => _lock = held;

    /// <summary>Makes the directory if it is not there, and takes it; null with the reason when it cannot be had.</summary>
    public static DataDirectory? TryHold(DataOptions options, out string? error)
    {
        error = null;
        try
        {
            Make(options.Directory);
            var held = new FileStream(Path.Combine(options.Directory, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new DataDirectory(held);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            error = $"Data:Directory: \"{options.Directory}\" cannot be used: {refused.Message} Is another node running on it?";
            return null;
        }
    }

    /// <summary>Makes a folder that only the node's user can look into, if it is not there.</summary>
    public static void Make(string directory)
    {
        if (OperatingSystem.IsWindows())
            System.IO.Directory.CreateDirectory(directory);
        else
            System.IO.Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public void Dispose() => _lock.Dispose();
}
