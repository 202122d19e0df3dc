using Interop.Bridges.Core.Anchor;

namespace Interop.Console.Host.Settings;

/// <summary>Keeps the certificate that browsers are shown in the data directory, readable by the node alone.</summary>
internal sealed class BrowserIdentityFile(DataOptions data) : IBrowserIdentityStore
{
    private string Path => System.IO.Path.Combine(data.Keys, "browser-voice.pem");

    public string? Load() => File.Exists(Path) ? File.ReadAllText(Path) : null;

    public void Save(string pem) => PrivateFile.Write(Path, pem);
}
