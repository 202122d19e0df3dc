using System.Text.Json;
using Interop.Bridges.Core;
using Interop.Bridges.Sip.Callers;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Registrations;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Interop.Bridges.Sip.Trunks;

/// <summary>Registers this hub at the partners whose trunks say so, for as long as they do; of several nodes one does it.</summary>
internal sealed partial class TrunkRegistrations(
    CallerDirectory directory,
    SipStackHost host,
    TrunkFlows flows,
    ILocalSiloDetails node,
    IGrainFactory grains,
    TimeProvider time,
    SipBridgeMetrics metrics,
    ILogger<TrunkRegistrations> logger) : BackgroundService
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan EndTime = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, (CancellationTokenSource Stop, Task Running)> _running = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await host.WhenStarted.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Step, time);
        IReadOnlyList<Trunk>? known = null;
        try
        {
            do
            {
                if (ReferenceEquals(known, directory.Trunks))
                    continue;
                known = directory.Trunks;
                await FollowAsync(known, stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        finally
        {
            await Task.WhenAll(_running.Values.Select(running => running.Running));
        }
    }

    /// <summary>A registration that changed is another one: the old is taken back before the new is made.</summary>
    private async Task FollowAsync(IReadOnlyList<Trunk> trunks, CancellationToken stopping)
    {
        var wanted = trunks.Where(trunk => trunk.Entry.Registration is not null)
            .ToDictionary(trunk => $"{trunk.Agency}/{trunk.Entry.Id} {JsonSerializer.Serialize(trunk.Entry)}", StringComparer.Ordinal);
        foreach (var gone in _running.Keys.Except(wanted.Keys, StringComparer.Ordinal).ToList())
        {
            var (stop, running) = _running[gone];
            _running.Remove(gone);
            await stop.CancelAsync();
            await running;
            stop.Dispose();
        }

        foreach (var (form, trunk) in wanted)
        {
            if (_running.ContainsKey(form))
                continue;
            var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            _running.Add(form, (stop, RunAsync(trunk, stop.Token)));
        }
    }

    private async Task RunAsync(Trunk trunk, CancellationToken stop)
    {
        var registration = new OutwardRegistration(trunk, trunk.Entry.Registration!, host, flows, time, Random.Shared);
        var grain = grains.GetGrain<ITrunkGrain>($"{trunk.Agency}/{trunk.Entry.Id}");
        var (holds, told) = (false, (DateTimeOffset?)null);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var before = registration.Status.State;
                if (holds)
                    await registration.TendAsync(stop);
                if (registration.Status.State != before)
                    Report(trunk, registration.Status);
                if (told is null || registration.Status.State != before || time.GetUtcNow() - told >= TellEvery)
                {
                    told = time.GetUtcNow();
                    var had = holds;
                    holds = await grain.Hold(Name, registration.Status);
                    if (had && !holds)
                        await registration.EndAsync(stop);
                    if (holds && !had)
                        continue;
                }

                await Task.Delay(Step, time, stop);
            }
            catch (Exception failure) when (!stop.IsCancellationRequested)
            {
                LogFailed(logger, failure, trunk.Agency, trunk.Entry.Id);
                await Task.Delay(Step, time, CancellationToken.None);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        if (holds)
            await EndAsync(registration, grain);
    }

    private async Task EndAsync(OutwardRegistration registration, ITrunkGrain grain)
    {
        try
        {
            await registration.EndAsync(CancellationToken.None).WaitAsync(EndTime, time);
            await grain.Release(Name).WaitAsync(EndTime, time);
        }
        catch (Exception unreachable)
        {
            // The partner's registrar and the grain forget it by themselves.
            LogNotEnded(logger, unreachable.Message);
        }
    }

    private string Name => node.SiloAddress.ToParsableString();

    private void Report(Trunk trunk, TrunkStatus status)
    {
        metrics.TrunkRegistration(status.State.ToString());
        if (status.State == TrunkState.Registered)
            LogRegistered(logger, trunk.Agency, trunk.Entry.Id);
        else if (status.State == TrunkState.Failing)
            LogFailing(logger, trunk.Agency, trunk.Entry.Id, status.Cause ?? "");
    }

    [LoggerMessage(3020, LogLevel.Information, "The trunk {Trunk} of {Agency} is registered at its partner")]
    private static partial void LogRegistered(ILogger logger, AgencyId agency, string trunk);

    [LoggerMessage(3021, LogLevel.Warning, "The trunk {Trunk} of {Agency} cannot be registered: {Cause}; it is tried again")]
    private static partial void LogFailing(ILogger logger, AgencyId agency, string trunk, string cause);

    [LoggerMessage(3022, LogLevel.Error, "The registration of trunk {Trunk} of {Agency} could not be tended")]
    private static partial void LogFailed(ILogger logger, Exception exception, AgencyId agency, string trunk);

    [LoggerMessage(3023, LogLevel.Information, "A registration at a partner was left to expire: {Cause}")]
    private static partial void LogNotEnded(ILogger logger, string cause);
}
