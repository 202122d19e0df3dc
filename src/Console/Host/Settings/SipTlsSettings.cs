using Interop.Bridges.Wire.Sip.Tls;

namespace Interop.Console.Host.Settings;

/// <summary>The certificate of the SIP side. Without one there is no TLS.</summary>
internal static class SipTlsSettings
{
    private const string Certificate = "Sip:Tls:Certificate";

    public static SipTlsOptions? Read(SettingsReader reader, int sipPort)
    {
        var port = reader.Number("Sip:TlsPort", 5061, 1, 65535);
        var certificate = reader.File(Certificate);
        var key = reader.File("Sip:Tls:Key");
        var password = reader.File("Sip:Tls:PasswordFile");
        var authorities = reader.File("Sip:Tls:Authorities");
        if (certificate is null)
        {
            // A certificate that was forgotten must not leave calls in the clear without a word.
            if ((key ?? password ?? authorities) is not null && reader.Text(Certificate) is null)
                reader.Error(Certificate, "it must be set where other settings of Sip:Tls are.");
            return null;
        }

        if (port == sipPort)
            reader.Error("Sip:TlsPort", $"{port} is Sip:Port, which TCP has.");
        var options = new SipTlsOptions { Port = port, Certificate = certificate, Key = key, PasswordFile = password, Authorities = authorities };
        foreach (var error in options.Validate())
            reader.Error("Sip:Tls", error);
        return options;
    }
}
