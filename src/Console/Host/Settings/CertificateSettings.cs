using Interop.Bridges.Wire.Sip.Tls;
using Interop.Console.Host.Https;

namespace Interop.Console.Host.Settings;

/// <summary>The files of a certificate that the node shows, read alike for the console and for SIP.</summary>
internal static class CertificateSettings
{
    /// <summary>In place of a file: what the local authority issued.</summary>
    public const string Local = "local";

    /// <param name="reader">The settings.</param>
    /// <param name="section">Where they are: <c>Console:Tls</c>.</param>
    /// <param name="data">Where the local authority is.</param>
    /// <returns>Null when none is set, or one cannot be found.</returns>
    public static CertificateFiles? Read(SettingsReader reader, string section, DataOptions data)
    {
        var name = $"{section}:{nameof(CertificateFiles.Certificate)}";
        var isLocal = reader.Text(name) == Local;
        var certificate = isLocal ? LocalAuthority.ServerFile(data) : reader.File(name);
        var key = reader.File($"{section}:{nameof(CertificateFiles.Key)}");
        var password = reader.File($"{section}:{nameof(CertificateFiles.PasswordFile)}");
        // A certificate that was forgotten must not leave the way in the clear without a word.
        if ((key ?? password) is not null && reader.Text(name) is null or Local)
            reader.Error(name, $"it must name a file where {section} has a key or a password.");
        if (!isLocal)
            return certificate is null ? null : new CertificateFiles(certificate, key, password);
        if (File.Exists(certificate))
            return new CertificateFiles(certificate);
        reader.Error(name, $"there is no local authority in \"{data.Authority}\"; \"authority create\" makes one.");
        return null;
    }

    public static void Refuse(SettingsReader reader, string section, CertificateFault? fault)
    {
        if (fault is not null)
            reader.Error($"{section}:{fault.Setting}", $"{fault.Text}.");
    }
}
