using Interop.Bridges.Wire.Sip.Tls;

namespace Interop.Console.Host.Settings;

/// <summary>The certificate of the SIP side. Without one there is no TLS.</summary>
internal static class SipTlsSettings
{
    public const string Section = "Sip:Tls";

    public static SipTlsOptions? Read(SettingsReader reader, DataOptions data, int sipPort)
    {
        var port = reader.Number("Sip:TlsPort", 5061, 1, 65535);
        var files = CertificateSettings.Read(reader, Section, data);
        var authorities = reader.File($"{Section}:Authorities");
        if (files is null)
        {
            if (authorities is not null && reader.Text($"{Section}:Certificate") is null)
                reader.Error($"{Section}:Certificate", $"it must be set where {Section}:Authorities is.");
            return null;
        }

        if (port == sipPort)
            reader.Error("Sip:TlsPort", $"{port} is Sip:Port, which TCP has.");
        var options = new SipTlsOptions { Port = port, Certificate = files.Certificate, Key = files.Key, PasswordFile = files.PasswordFile, Authorities = authorities };
        CertificateSettings.Refuse(reader, Section, options.Fault());
        return options;
    }
}
