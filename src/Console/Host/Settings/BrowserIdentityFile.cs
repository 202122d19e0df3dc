using Interop.Bridges.Core.Anchor;

namespace Interop.Console.Host.Settings;

/// <summary>Keeps the certificate that browsers are shown in the data directory, readable by the node alone.</summary>
internal sealed class BrowserIdentityFile(DataOptions data) : IBrowserIdentityStore
{
    private string Path => System.IO.Path.Combine(data.Directory, "keys", "browser-voice.pem");

    public string? Load() => File.Exists(Path) ? File.ReadAllText(Path) : null;

    public void Save(string pem)
    {
        System.IO.Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new StreamWriter(Path, options);
        file.Write(pem);
    }
}
