using System.Security.Cryptography.X509Certificates;
using Interop.Bridges.Wire.Sip.Tls;
using Interop.Console.Host.SignIn;

namespace Interop.Console.Host.Commands;

/// <summary>Tells whoever started the node where its console is, and how the first administrator gets in.</summary>
/// <remarks>Printed and not logged: the link is a secret until it is used, and logs are kept.</remarks>
internal static class Welcome
{
    private const string ThisMachine = "localhost";

    public static async Task Print(WebApplication app, DemoNode? demo, CancellationToken cancel)
    {
        var console = Address(app.Urls.FirstOrDefault() ?? "", Name(app.Services.GetService<ServedCertificate>()));
        System.Console.WriteLine();
        System.Console.WriteLine($"Interop is running. Console: {console}");
        await using var scope = app.Services.CreateAsyncScope();
        var setup = scope.ServiceProvider.GetRequiredService<Setup>();
        if (await setup.IsNeeded())
            System.Console.WriteLine($"Create the first administrator, once, at: {console}/setup#{await setup.Invite(cancel)}");
        if (demo is not null)
            System.Console.WriteLine(DemoNode.HowToLook);
        System.Console.WriteLine("Stop it with Ctrl+C.");
        System.Console.WriteLine();
    }

    /// <summary>The address for a program on this machine: without TLS where there is such a one, since it need trust nobody's certificate.</summary>
    public static string Loopback(ICollection<string> urls) =>
        Address(urls.FirstOrDefault(static url => url.StartsWith("http:", StringComparison.OrdinalIgnoreCase)) ?? urls.FirstOrDefault() ?? "", ThisMachine);

    /// <summary>An address that listens everywhere is reached by that name.</summary>
    private static string Address(string url, string name)
    {
        foreach (var every in new[] { "//0.0.0.0", "//[::]", "//*", "//+" })
            url = url.Replace(every, $"//{name}", StringComparison.Ordinal);
        return url.TrimEnd('/');
    }

    /// <summary>By another name than the certificate's the browser would refuse it.</summary>
    private static string Name(ServedCertificate? served) =>
        served?.Current.TargetCertificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault()?.EnumerateDnsNames()
            .FirstOrDefault(static name => !name.StartsWith('*')) ?? ThisMachine;
}
