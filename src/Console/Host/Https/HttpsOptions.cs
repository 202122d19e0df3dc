using System.Net;
using Interop.Bridges.Wire.Sip.Tls;
using Interop.Console.Host.Settings;

namespace Interop.Console.Host.Https;

/// <summary>The console's certificate.</summary>
internal sealed record HttpsOptions(CertificateFiles Files)
{
    public const string Section = "Console:Tls";

    private const string NamesSetting = $"{Section}:Names";

    /// <summary>Null when none is set, or it cannot be used.</summary>
    public static HttpsOptions? Read(SettingsReader reader, DataOptions data)
    {
        if (CertificateSettings.Read(reader, Section, data) is not { } files)
            return null;
        files.TryLoad(out var fault);
        CertificateSettings.Refuse(reader, Section, fault);
        return fault is null ? new HttpsOptions(files) : null;
    }

    /// <summary>What the local authority issues for: the setting's names and addresses, or this machine's.</summary>
    public static LocalNames ReadNames(SettingsReader reader)
    {
        if (reader.Text(NamesSetting) is not { } text)
            return LocalNames.OfThisMachine;
        string[] names = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var name in names)
            if (!IPAddress.TryParse(name, out _) && Uri.CheckHostName(name) != UriHostNameType.Dns)
                reader.Error(NamesSetting, $"\"{name}\" must be the name or the address of this machine, such as hub.example or 10.1.2.3.");
        return new LocalNames(() => names);
    }
}
