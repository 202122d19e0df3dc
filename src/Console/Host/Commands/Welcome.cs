using Interop.Console.Host.SignIn;

namespace Interop.Console.Host.Commands;

/// <summary>Tells whoever started the node where its console is, and how the first administrator gets in.</summary>
/// <remarks>Printed and not logged: the link is a secret until it is used, and logs are kept.</remarks>
internal static class Welcome
{
    public static async Task Print(WebApplication app, DemoNode? demo, CancellationToken cancel)
    {
        var console = Address(app.Urls);
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

    /// <summary>An address that listens everywhere is reached on this machine as localhost.</summary>
    public static string Address(ICollection<string> urls)
    {
        var url = urls.FirstOrDefault() ?? "";
        foreach (var every in new[] { "//0.0.0.0", "//[::]", "//*", "//+" })
            url = url.Replace(every, "//localhost", StringComparison.Ordinal);
        return url.TrimEnd('/');
    }
}
