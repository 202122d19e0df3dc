using System.CommandLine;
using System.Security.Cryptography;
using Interop.Console.Host.Https;
using Interop.Console.Host.Settings;

namespace Interop.Console.Host.Commands;

/// <summary><c>interop authority create</c>: a certificate for a console that no public authority gives one.</summary>
internal static class AuthorityCommands
{
    private const string HowToUse =
        """
        Serve with it: Console__Tls__Certificate=local. It is renewed by itself. Have browsers trust the authority, once on each computer:
          Chrome, Edge on Windows   certutil -addstore Root authority.pem      (as administrator; a group policy reaches all computers)
          macOS                     sudo security add-trusted-cert -d -r trustRoot -k /Library/Keychains/System.keychain authority.pem
          Chromium on Linux         certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n interop -i authority.pem
          Firefox                   Settings, Privacy & Security, View Certificates, Authorities, Import: "identify websites"
        Take the file there by hand or by your computers' management, never by a page that nobody vouches for yet.
        """;

    public static Command Make()
    {
        var create = new Command("create", "Makes the authority, unless there is one, and issues a certificate for the names of Console:Tls:Names or of this machine.");
        create.SetAction(static _ => Create());
        return new Command("authority", "A local certificate authority for the console's HTTPS.") { create };
    }

    private static int Create()
    {
        var reader = new SettingsReader(RunNode.Builder().Configuration);
        var (data, names) = (DataOptions.Read(reader, DataOptions.DefaultDirectory), HttpsOptions.ReadNames(reader));
        if (reader.Errors.Count > 0)
            return CommandLine.Refuse("The settings are wrong:", reader.Errors);
        try
        {
            DataDirectory.Make(data.Directory);
            var authority = new LocalAuthority(data, TimeProvider.System);
            var made = authority.Create();
            authority.Issue(names.Current());
            System.Console.WriteLine(made ? "Made an authority, and a certificate for:" : "Kept the authority, and issued a certificate for:");
            foreach (var name in names.Current())
                System.Console.WriteLine($"  {name}");
            System.Console.WriteLine($"The authority's certificate, to hand out: {authority.CertificateFile}");
            System.Console.WriteLine(HowToUse);
            return 0;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return CommandLine.Refuse("No certificate was issued:", [failure.Message]);
        }
    }
}
