using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Interop.Console.Demo;
using Interop.Console.Demo.Provisioning;
using Interop.Console.Host.Provisioning;
using Interop.Console.Host.Settings;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Interop.Console.Host.Commands;

/// <summary>What <c>--demo</c> changes of a node: the Hartford exercise is provisioned and played, on data of its own.</summary>
internal sealed class DemoNode
{
    /// <summary>Apart from the data of a real hub, unless Data:Directory says otherwise.</summary>
    public const string DefaultDirectory = "data/demo";

    /// <summary>What whoever started it is told.</summary>
    public const string HowToLook =
        "The Hartford exercise plays: every agency, phone and radio in it is simulated on this machine. Its console is that of agency hpd,\n"
        + "Hartford Police Department: give this id where the link asks for your agency, and then look at the rooms.";

    private readonly HartfordProvisioning _exercise = HartfordProvisioning.Make(RandomNumberGenerator.Create());

    /// <summary>The agencies of the exercise; a file of the operator's would be a second truth beside them.</summary>
    public (ProvisioningFile File, IReadOnlyList<ProvisioningError> Errors) Provisioning(ProvisioningOptions options) => options.File is null
        ? ProvisioningReader.Read(_exercise.Document.Span)
        : (ProvisioningFile.Empty, [new ProvisioningError("Provisioning:File", 0, "--demo brings its own; leave one of the two away.")]);

    /// <summary>Lets the exercise's parties find this node.</summary>
    public void AddTo(IServiceCollection services, NodeSettings settings)
    {
        var sip = settings.Voice.Sip;
        // The simulated phones live on the IPv4 loopback.
        var bound = sip.Bind.FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork) ?? IPAddress.Loopback;
        var reached = bound.Equals(IPAddress.Any) ? IPAddress.Loopback : bound;
        services.AddInteropDemo(new DemoOptions(new IPEndPoint(reached, sip.Port), Console, _exercise.SensorToken));
    }

    private static Uri? Console(IServiceProvider services) =>
        services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>() is { Addresses: { Count: > 0 } urls } && Welcome.Loopback(urls) is { } url
            ? new Uri(url)
            : null;
}
