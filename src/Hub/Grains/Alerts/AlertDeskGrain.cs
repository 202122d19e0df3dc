using System.Data.Common;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Alerts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Domain;
using Interop.Hub.Domain.Alerts;
using Interop.Hub.Grains.Journal;
using Interop.Hub.Grains.Observability;
using Interop.Hub.Grains.Rooms;
using Microsoft.Extensions.Logging;
using Orleans.Utilities;

namespace Interop.Hub.Grains.Alerts;

/// <inheritdoc cref="IAlertDeskGrain" />
/// <remarks>
/// An alert is recorded first and routed after. Every step of the routing has an id that follows from the alert, so that
/// one that was interrupted anywhere is simply done again: the registry gives the same code and the room opens once.
/// </remarks>
internal sealed partial class AlertDeskGrain : Grain, IAlertDeskGrain
{
    public const string StreamPrefix = "alerts/";

    private const int MostListed = 500;
    private static readonly TimeSpan RetryPeriod = TimeSpan.FromSeconds(2);

    /// <summary>How far back alerts are brought into the rooms of their sensors once more, after a restart or a failure.</summary>
    private static readonly TimeSpan BringAgain = TimeSpan.FromMinutes(10);

    private readonly StreamRecord<AlertEvent> stream;
    private readonly AlertRouting routing;
    private readonly SensorRouting sensors;
    private readonly ObserverManager<IAlertObserver> observers;
    private readonly IDirectory directory;
    private readonly TimeProvider clock;
    private readonly HubMetrics metrics;
    private readonly ILogger<AlertDeskGrain> log;
    private readonly AgencyId agency;
    private DeskState state;
    private IGrainTimer? retry;

    public AlertDeskGrain(IJournal journal, IDirectory directory, TimeProvider clock, HubMetrics metrics, ILogger<AlertDeskGrain> log)
    {
        (this.directory, this.clock, this.metrics, this.log) = (directory, clock, metrics, log);
        agency = new AgencyId(this.GetPrimaryKeyString());
        state = new DeskState(agency);
        stream = new StreamRecord<AlertEvent>(journal, StreamPrefix + agency.Value, AlertEvent.Names);
        routing = new AlertRouting(GrainFactory, directory, agency);
        sensors = new SensorRouting(GrainFactory, directory, agency);
        observers = new ObserverManager<IAlertObserver>(RoomAudience.Patience, log) { GetDateTime = () => clock.GetUtcNow().UtcDateTime };
    }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (!Slug.IsId(agency.Value))
            return;
        foreach (var entry in await stream.Open(cancellationToken))
            state = state.Evolve(stream.Event(entry), entry.Time);
        if (state.Alerts.Values.Any(followed => followed.IsUnfinished))
            TryAgainLater();
    }

    public async Task<Outcome<AlertReceipt>> Receive(Alert alert, Actor actor)
    {
        var decision = DeskDecider.Receive(state, alert, actor, directory.Current.Find(agency));
        if (decision.Refusal is { } refusal)
        {
            metrics.Refused(refusal.Code);
            return refusal;
        }

        if (decision.Happened is { } happened)
        {
            if (await Write(happened, actor, new CommandId($"alert:{alert.Id}")) is { } unwritten)
                return unwritten;
            Tell(decision.First);
        }

        await FinishRouting(decision.First);
        if (decision.Happened is not null)
            await Bring(decision.First);
        // A duplicate of an alert that is too old to be listed is a duplicate all the same.
        var shown = state.Find(decision.First)?.Summary ?? AlertSummaries.Of(alert, clock.GetUtcNow());
        return new AlertReceipt(shown, decision.Happened is null);
    }

    public Task<Outcome<IReadOnlyList<AlertSummary>>> List(Actor actor, int count) => Task.FromResult(
        DeskDecider.MayRead(state, actor)
            ? new Outcome<IReadOnlyList<AlertSummary>>(
                state.Order.Reverse().Take(Math.Clamp(count, 1, MostListed)).Select(id => state.Alerts[id].Summary).ToArray(), null)
            : new Refusal(RefusalKind.Denied, "alert.not-allowed", "Only the agency itself reads its alerts."));

    public async Task Wake()
    {
        foreach (var id in state.Order)
            await FinishRouting(id);
        var since = clock.GetUtcNow() - BringAgain;
        foreach (var id in state.Order)
            if (state.Find(id)?.Summary.ReceivedAt >= since)
                await Bring(id);
    }

    public Task Subscribe(IAlertObserver observer)
    {
        observers.Subscribe(observer, observer);
        return Task.CompletedTask;
    }

    /// <summary>Brings an alert to its room, if that is still to be done; what fails is tried again.</summary>
    private async Task FinishRouting(AlertId first)
    {
        while (state.Find(first) is { IsUnfinished: true } followed)
        {
            var revision = followed.Summary.Revision;
            try
            {
                var shown = await routing.Show(followed);
                if (shown.Refusal is { } refusal)
                {
                    LogNotRouted(agency, first, refusal.Code, refusal.Text);
                    if (refusal.Kind == RefusalKind.Unavailable)
                        TryAgainLater();
                    return;
                }

                if (await Write(new AlertShown(first, shown.Value, revision), Actor.Hub, new CommandId($"alert:{first}:shown:{revision}")) is not null)
                    return;
                Tell(first);
            }
            catch (Exception exception)
            {
                LogRoutingFailed(exception, agency, first);
                TryAgainLater();
                return;
            }
        }
    }

    /// <summary>Brings an alert into the rooms that its sensor is lent to; what fails is tried again.</summary>
    private async Task Bring(AlertId first)
    {
        if (state.Find(first) is not { } followed)
            return;
        try
        {
            if (await sensors.Bring(followed.Summary))
                return;
        }
        catch (Exception exception)
        {
            LogRoutingFailed(exception, agency, first);
        }

        TryAgainLater();
    }

    private void TryAgainLater() => retry ??= this.RegisterGrainTimer(
        async _ =>
        {
            retry?.Dispose();
            retry = null;
            await Wake();
        },
        RetryPeriod,
        Timeout.InfiniteTimeSpan);

    private void Tell(AlertId first)
    {
        if (state.Find(first) is { } followed)
            observers.Notify(observer => observer.Changed(agency, followed.Summary)).Ignore();
    }

    private async Task<Refusal?> Write(AlertEvent happened, Actor actor, CommandId id)
    {
        var at = clock.GetUtcNow();
        try
        {
            if (await stream.Append([happened], actor, id, at, CancellationToken.None) == AppendOutcome.Written)
            {
                state = state.Evolve(happened, at);
                return null;
            }
        }
        catch (Exception exception) when (exception is TimeoutException or DbException)
        {
            LogNotWritten(exception, agency);
        }

        // The record went on without this activation, or may have: the next one reads it.
        DeactivateOnIdle();
        return new Refusal(RefusalKind.Unavailable, "journal.unavailable", "The record cannot be written now; send the alert again.");
    }

    [LoggerMessage(1401, LogLevel.Warning, "The alert {Alert} of {Agency} did not get its room: {Code}: {Text}")]
    private partial void LogNotRouted(AgencyId agency, AlertId alert, string code, string text);

    [LoggerMessage(1402, LogLevel.Error, "The alert {Alert} of {Agency} could not be brought to its room; trying again")]
    private partial void LogRoutingFailed(Exception exception, AgencyId agency, AlertId alert);

    [LoggerMessage(1403, LogLevel.Error, "An alert of {Agency} could not be written")]
    private partial void LogNotWritten(Exception exception, AgencyId agency);
}
