using Interop.Console.Host.Settings;

namespace Interop.Console.Host.Provisioning;

/// <summary>Applies the operator's file once the hub is up and before anybody can call or sign in.</summary>
internal sealed partial class ProvisioningAtStart(ProvisioningFile file, IServiceScopeFactory scopes, ILogger<ProvisioningAtStart> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (file.Entries.Count + file.Rooms.Count == 0)
            return;
        await using var scope = scopes.CreateAsyncScope();
        var report = await scope.ServiceProvider.GetRequiredService<Provisioner>().Apply(file, administrator: null);
        if (report.Errors.Count > 0)
            throw new StartRefusedException("The provisioning file cannot be applied.", [.. report.Errors.Select(error => error.ToString())]);
        LogApplied(logger, report.Changed, report.Unchanged, report.Rooms);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1201, LogLevel.Information, "Provisioned: {Changed} entries changed, {Unchanged} as they were, {Rooms} standing rooms")]
    private static partial void LogApplied(ILogger logger, int changed, int unchanged, int rooms);
}
