using System.Diagnostics.Metrics;
using System.Net;
using System.Security.Authentication;
using Interop.Bridges.Wire.Sip.Tls;
using Interop.Console.Host.Problems;
using Interop.Console.Host.Settings;
using Interop.Console.Host.Web;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Interop.Console.Host.Https;

/// <summary>HTTPS of the console's own, and what becomes of requests that come without it.</summary>
internal static class HttpsServices
{
    /// <summary>A browser that has seen the console by https asks for it by nothing else for so long (RFC 6797).</summary>
    private const string StrictTransport = "max-age=2592000";

    /// <summary>Before whatever shows a certificate: it is renewed before anything listens.</summary>
    public static WebApplicationBuilder AddHttps(this WebApplicationBuilder builder, NodeSettings settings)
    {
        var shown = Shown(settings);
        if (shown.Count > 0)
        {
            var ofAuthority = shown.Any(each => each.Files.Certificate == LocalAuthority.ServerFile(settings.Data));
            builder.Services.AddHostedService(services => new CertificateCare(
                shown,
                ofAuthority ? new LocalAuthority(settings.Data, services.GetRequiredService<TimeProvider>()) : null,
                settings.LocalNames,
                services.GetRequiredService<TimeProvider>(),
                services.GetRequiredService<ILogger<CertificateCare>>(),
                services.GetRequiredService<IMeterFactory>()));
        }

        if (settings.Web.Https is not { } https)
            return builder;
        builder.Services.AddSingleton(services => new ServedCertificate(
            https.Files, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<ServedCertificate>>()));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(defaults => Serve(defaults, kestrel.ApplicationServices)));
        return builder;
    }

    /// <summary>Where the console has a certificate, whoever comes from elsewhere without TLS is sent there, or refused.</summary>
    /// <remarks>On this machine plain HTTP stays: nobody listens there, and probes and a proxy come that way.</remarks>
    public static WebApplication UseHttps(this WebApplication app)
    {
        if (app.Services.GetService<ServedCertificate>() is null)
            return app;
        app.Use(static async (context, next) =>
        {
            if (context.Request.IsHttps)
            {
                if (IsNamed(context.Request.Host.Host))
                    context.Response.Headers.StrictTransportSecurity = StrictTransport;
                await next(context);
            }
            else if (context.Connection.RemoteIpAddress is not { } remote || IPAddress.IsLoopback(remote))
            {
                await next(context);
            }
            else if (WebServices.IsPage(context.Request) && Port(context) is { } port)
            {
                // Not for ever: the operator may take the certificate away again.
                context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
                context.Response.Headers.Location = $"https://{new HostString(context.Request.Host.Host, port)}{context.Request.Path}{context.Request.QueryString}";
            }
            else
            {
                await Problem.Of(403, "request.insecure", "This console takes requests from other machines by https alone.").ExecuteAsync(context);
            }
        });
        return app;
    }

    /// <summary>Every certificate that the node shows, with its setting.</summary>
    private static List<CaredCertificate> Shown(NodeSettings settings)
    {
        var shown = new List<CaredCertificate>();
        if (settings.Web.Https is { } https)
            shown.Add(new CaredCertificate($"{HttpsOptions.Section}:Certificate", https.Files));
        if (settings.Voice.Sip.Tls is { } tls)
            shown.Add(new CaredCertificate($"{SipTlsSettings.Section}:Certificate", tls.Files));
        return shown;
    }

    private static void Serve(HttpsConnectionAdapterOptions https, IServiceProvider services)
    {
        https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        https.ServerCertificateSelector = (_, _) => services.GetRequiredService<ServedCertificate>().Current.TargetCertificate;
        // With its intermediates, which a selector cannot give.
        https.OnAuthenticate = (_, tls) =>
        {
            tls.ServerCertificateSelectionCallback = null;
            tls.ServerCertificateContext = services.GetRequiredService<ServedCertificate>().Current;
        };
    }

    /// <summary>
    /// RFC 6797 §8.1.1 has no addresses, and on localhost it would take http from every other program of the machine that
    /// serves pages there.
    /// </summary>
    private static bool IsNamed(string host) =>
        !host.Equals("localhost", StringComparison.OrdinalIgnoreCase) && Uri.CheckHostName(host) == UriHostNameType.Dns;

    private static int? Port(HttpContext context) =>
        context.RequestServices.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses
            .Where(static address => address.StartsWith("https:", StringComparison.OrdinalIgnoreCase))
            .Select(static address => (int?)BindingAddress.Parse(address).Port)
            .FirstOrDefault();
}
