namespace Interop.Console.Host.Settings;

/// <summary>Where everything that must outlive the process is kept.</summary>
/// <param name="Directory">A full path.</param>
internal sealed record DataOptions(string Directory)
{
    /// <summary>Below where the node was started.</summary>
    public const string DefaultDirectory = "data";

    public string Identity => Path.Combine(Directory, "identity.db");

    public string Keys => Path.Combine(Directory, "keys");

    /// <summary>The local authority and what it issued.</summary>
    public string Authority => Path.Combine(Directory, "authority");

    public string Logs => Path.Combine(Directory, "logs");

    public string Recordings => Path.Combine(Directory, "recordings");

    /// <param name="reader">The settings.</param>
    /// <param name="otherwise">The directory when none is set.</param>
    public static DataOptions Read(SettingsReader reader, string otherwise)
    {
        var text = reader.Text("Data:Directory") ?? otherwise;
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            reader.Error("Data:Directory", "it must be a path.");
            text = otherwise;
        }
        var path = Path.GetFullPath(text);
        if (File.Exists(path))
            reader.Error("Data:Directory", $"\"{path}\" is a file and must be a directory.");
        return new DataOptions(path);
    }
}
