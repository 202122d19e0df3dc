using System.CommandLine;
using Interop.Bridges.Core;
using Interop.Bridges.Radio;
using Interop.Bridges.Sip;
using Interop.Bridges.WebRtc;
using Interop.Console.Host.Alerts;
using Interop.Console.Host.Cluster;
using Interop.Console.Host.Commands;
using Interop.Console.Host.Directory;
using Interop.Console.Host.Guests;
using Interop.Console.Host.Health;
using Interop.Console.Host.Https;
using Interop.Console.Host.Live;
using Interop.Console.Host.Problems;
using Interop.Console.Host.Provisioning;
using Interop.Console.Host.Rooms;
using Interop.Console.Host.Settings;
using Interop.Console.Host.SignIn;
using Interop.Console.Host.Telemetry;
using Interop.Console.Host.Web;

namespace Interop.Console.Host;

/// <summary>What a node is made of.</summary>
internal static class Program
{
    /// <remarks>The node itself stops in order when it is told to; the command line would end the process two seconds later, in mid-stop.</remarks>
    public static Task<int> Main(string[] args) =>
        CommandLine.Make().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });

    /// <summary>Every capability of a node; each is one folder.</summary>
    public static WebApplicationBuilder AddNode(this WebApplicationBuilder builder, NodeSettings settings, ProvisioningFile provisioning)
    {
        builder.AddTelemetry(settings.Data);
        builder.AddWeb(settings.Web);
        builder.Services.AddSingleton(settings.Recording.Rule);
        builder.AddHttps(settings);
        builder.AddCluster(settings.Data, settings.Dialling, settings.Cluster);
        builder.Services.AddBrowserIdentity(settings.Data);
        builder.Services
            .AddProblems()
            .AddApiDescription()
            .AddHealth()
            .AddSignIn(settings.SignIn, settings.Data)
            .AddGuests(settings.SignIn)
            .AddProvisioning(provisioning)
            .AddRooms()
            .AddAlerts(settings.Alerts)
            .AddLive()
            .AddBridgesCore(settings.Voice.Media, settings.Voice.Anchor, settings.Attendant, settings.Voice.Quality, settings.Recording.Recorder)
            .AddInteropSip(settings.Voice.Sip)
            .AddInteropRadio()
            .AddInteropWebRtc(settings.Relays);
        return builder;
    }

    /// <summary>Every address of a node, behind what each request passes through.</summary>
    public static WebApplication MapNode(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseProblems();
        app.UseHttps();
        app.UseRouting();
        app.UseWebClient();
        app.UseSameOrigin();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseTokenScopes();

        app.MapGroup("/api")
            .MapSession()
            .MapSetup()
            .MapPeople()
            .MapRooms()
            .MapGuests()
            .MapRelays()
            .MapAlerts()
            .MapDirectory()
            .MapProvisioning();
        app.MapLive().MapHealth().MapTelemetry().MapOpenApi();
        return app;
    }
}
