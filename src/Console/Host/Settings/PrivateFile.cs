namespace Interop.Console.Host.Settings;

/// <summary>Writes what nobody but the node may read, whole or not at all.</summary>
internal static class PrivateFile
{
    public static void Write(string path, string text)
    {
        DataDirectory.Make(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        // Beside it and then in its place: who reads it meanwhile, or after a power cut, has the one before.
        var beside = $"{path}.new";
        File.Delete(beside);
        using (var file = new StreamWriter(beside, options))
        {
            file.Write(text);
            file.Flush();
            ((FileStream)file.BaseStream).Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
    }
}
