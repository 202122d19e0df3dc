using Interop.Hub.Grains.Storage;

namespace Interop.Console.Host.Settings;

/// <summary>Where everything that must outlive the process is kept.</summary>
/// <param name="Directory">A full path.</param>
/// <param name="Postgres">Where a cluster keeps what its nodes have in common; null when this node keeps it in the directory.</param>
internal sealed record DataOptions(string Directory, PostgresConnection? Postgres = null)
{
    /// <summary>Below where the node was started.</summary>
    public const string DefaultDirectory = "data";

    /// <summary>Names <see cref="Postgres"/> to an operator.</summary>
    public const string PostgresSetting = "Data:Postgres";

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
        return new DataOptions(path, ReadPostgres(reader));
    }

    /// <summary>A connection string, or the path of a file that holds one. What is wrong with it is said without repeating it.</summary>
    private static PostgresConnection? ReadPostgres(SettingsReader reader)
    {
        if (reader.Text(PostgresSetting) is not { } text)
            return null;
        if (!text.Contains('=', StringComparison.Ordinal))
        {
            if (reader.File(PostgresSetting) is not { } file)
                return null;
            try
            {
                text = File.ReadAllText(file).Trim();
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
            {
                reader.Error(PostgresSetting, $"the file cannot be read: {unreadable.Message}");
                return null;
            }
        }

        var connection = PostgresConnection.TryParse(text, out var error);
        if (connection is null)
            reader.Error(PostgresSetting, $"{error} It must be such as Host=db.example;Database=interop;Username=interop;Password=..., or a file that holds that.");
        return connection;
    }
}
