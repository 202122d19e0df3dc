using Interop.Console.Host.Settings;

namespace Interop.Console.Host.Provisioning;

/// <summary>The file that is applied at start.</summary>
/// <param name="File">A full path; null for none.</param>
internal sealed record ProvisioningOptions(string? File)
{
    /// <summary>How large a provisioning file may be, in bytes.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    public static ProvisioningOptions Read(SettingsReader reader)
    {
        if (reader.Text("Provisioning:File") is not { } text)
            return new ProvisioningOptions((string?)null);
        var path = Path.GetFullPath(text);
        if (!System.IO.File.Exists(path))
            reader.Error("Provisioning:File", $"there is no file \"{path}\".");
        return new ProvisioningOptions(path);
    }
}
