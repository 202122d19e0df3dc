using System.Net.Sockets;
using Interop.Console.Host.Provisioning;
using Interop.Console.Host.Settings;
using Interop.Console.Host.SignIn;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Interop.Console.Host.Commands;

/// <summary>Runs a node until it is told to stop.</summary>
internal static class RunNode
{
    public static async Task<int> Run(bool demonstrate, CancellationToken cancel)
    {
        var builder = Builder();
        var demo = demonstrate ? new DemoNode() : null;
        var (settings, errors) = NodeSettings.Read(builder.Configuration, demo is null ? DataOptions.DefaultDirectory : DemoNode.DefaultDirectory);
        var (provisioning, faults) = demo?.Provisioning(settings.Provisioning) ?? Provisioning(settings.Provisioning);
        if (errors.Count + faults.Count > 0)
            return CommandLine.Refuse("The node cannot start:", [.. errors, .. faults.Select(fault => $"{settings.Provisioning.File}: {fault}")]);
        using var data = DataDirectory.TryHold(settings.Data, out var refused);
        if (data is null)
            return CommandLine.Refuse("The node cannot start:", [refused!]);
        builder.AddNode(settings, provisioning);
        demo?.AddTo(builder.Services, settings);
        await using var app = builder.Build().MapNode();
        return await Run(app, demo, cancel);
    }

    /// <summary>A builder that finds its files beside the program, wherever it was started from.</summary>
    public static WebApplicationBuilder Builder() =>
        WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = "interop" });

    private static (ProvisioningFile File, IReadOnlyList<ProvisioningError> Errors) Provisioning(ProvisioningOptions options) =>
        options.File is { } path && File.Exists(path) ? ProvisioningFile.Load(path) : (ProvisioningFile.Empty, []);

    private static async Task<int> Run(WebApplication app, DemoNode? demo, CancellationToken cancel)
    {
        try
        {
            await app.PrepareDatabase(cancel);
            await app.PrepareSignIn(cancel);
            await Start(app, cancel);
            await Welcome.Print(app, demo, cancel);
            await app.WaitForShutdownAsync(cancel);
            return 0;
        }
        catch (StartRefusedException refused)
        {
            return CommandLine.Refuse(refused.Message, refused.Reasons);
        }
        catch (OptionsValidationException wrong)
        {
            return CommandLine.Refuse("The node cannot start:", [.. wrong.Failures]);
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            return CommandLine.Refuse("The node cannot start:", [$"ASPNETCORE_URLS: {taken.Message}"]);
        }
        catch (SocketException taken)
        {
            return CommandLine.Refuse("The node cannot start:", [$"Sip:Bind, Sip:Port: {taken.Message}"]);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return 0;
        }
    }

    /// <summary>Starts, or ends in order what had started: else its complaints would bury the reason.</summary>
    private static async Task Start(WebApplication app, CancellationToken cancel)
    {
        try
        {
            await app.StartAsync(cancel);
        }
        catch
        {
            await app.StopAsync(CancellationToken.None);
            throw;
        }
    }
}
