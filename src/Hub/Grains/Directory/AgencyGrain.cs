using System.Data.Common;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Domain;
using Interop.Hub.Domain.Directory;
using Interop.Hub.Grains.Journal;
using Microsoft.Extensions.Logging;

namespace Interop.Hub.Grains.Directory;

/// <inheritdoc cref="IAgencyGrain" />
internal sealed partial class AgencyGrain : Grain, IAgencyGrain
{
    private readonly StreamRecord<AgencyEvent> stream;
    private readonly HashSet<(AgencyId Agency, string Command)> done = [];
    private readonly TimeProvider clock;
    private readonly ILogger<AgencyGrain> log;
    private readonly AgencyId agency;
    private AgencyState state;

    public AgencyGrain(IJournal journal, TimeProvider clock, ILogger<AgencyGrain> log)
    {
        (this.clock, this.log) = (clock, log);
        agency = new AgencyId(this.GetPrimaryKeyString());
        state = new AgencyState(agency);
        stream = new StreamRecord<AgencyEvent>(journal, AgencyStreams.Of(agency), AgencyEvent.Names);
    }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (!Slug.IsId(agency.Value))
            return;
        foreach (var entry in await stream.Open(cancellationToken))
        {
            state = state.Evolve(stream.Event(entry));
            done.Add((entry.Actor.Agency, entry.Command));
        }
    }

    public Task<Outcome<ProvisioningReceipt>> Provision(IReadOnlyList<DirectoryEntry> entries, Actor actor) =>
        Write(AgencyDecider.Provision(state, entries, actor), actor, new CommandId($"provision:{stream.Version}"), entries.Count);

    public Task<Outcome<ProvisioningReceipt>> Put(DirectoryEntry entry, Actor actor, CommandId id) =>
        Once(() => AgencyDecider.Put(state, entry, actor), actor, id);

    public Task<Outcome<ProvisioningReceipt>> Remove(string kind, string entryId, Actor actor, CommandId id) =>
        Once(() => AgencyDecider.Remove(state, kind, entryId, actor), actor, id);

    private Task<Outcome<ProvisioningReceipt>> Once(Func<AgencyDecision> decide, Actor actor, CommandId id) =>
        done.Contains((actor.Agency, id.Value))
            ? Task.FromResult<Outcome<ProvisioningReceipt>>(new ProvisioningReceipt(1, 0))
            : Write(decide(), actor, id, 1);

    private async Task<Outcome<ProvisioningReceipt>> Write(AgencyDecision decision, Actor actor, CommandId id, int asked)
    {
        if (!Slug.IsId(agency.Value))
            return new Refusal(RefusalKind.Invalid, "directory.invalid", "This is not an agency's id.", "agency");
        if (decision.Refusal is { } refusal)
            return refusal;
        var changed = decision.Events.Length;
        if (changed == 0)
            return new ProvisioningReceipt(0, asked);
        try
        {
            if (await stream.Append(decision.Events, actor, id, clock.GetUtcNow(), CancellationToken.None) != AppendOutcome.Written)
                return StepDown();
        }
        catch (Exception exception) when (exception is TimeoutException or DbException)
        {
            LogNotWritten(exception, agency);
            return StepDown();
        }

        foreach (var happened in decision.Events)
            state = state.Evolve(happened);
        done.Add((actor.Agency, id.Value));
        LogChanged(agency, changed, actor.Name);
        await GrainFactory.GetGrain<IDirectoryGrain>(IDirectoryGrain.Key).Publish(state.Directory(stream.Version));
        return new ProvisioningReceipt(changed, asked - changed);
    }

    /// <summary>The record went on without this activation, or may have: the next one reads it.</summary>
    private Refusal StepDown()
    {
        DeactivateOnIdle();
        return new Refusal(RefusalKind.Unavailable, "journal.unavailable", "The record cannot be written now; try again.");
    }

    [LoggerMessage(1201, LogLevel.Information, "The directory of {Agency} changed in {Entries} entries, by {Actor}")]
    private partial void LogChanged(AgencyId agency, int entries, string actor);

    [LoggerMessage(1202, LogLevel.Error, "A change of the directory of {Agency} could not be written")]
    private partial void LogNotWritten(Exception exception, AgencyId agency);
}
