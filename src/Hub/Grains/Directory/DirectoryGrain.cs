using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Grains.Journal;
using Interop.Hub.Grains.Rooms;
using Microsoft.Extensions.Logging;
using Orleans.Utilities;

namespace Interop.Hub.Grains.Directory;

/// <inheritdoc cref="IDirectoryGrain" />
internal sealed class DirectoryGrain : Grain, IDirectoryGrain
{
    private readonly IJournal journal;
    private readonly ObserverManager<IDirectoryObserver> observers;
    private readonly SortedDictionary<string, AgencyDirectory> agencies = new(StringComparer.Ordinal);

    public DirectoryGrain(IJournal journal, TimeProvider clock, ILogger<DirectoryGrain> log)
    {
        this.journal = journal;
        observers = new ObserverManager<IDirectoryObserver>(RoomAudience.Patience, log) { GetDateTime = () => clock.GetUtcNow().UtcDateTime };
    }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        foreach (var agency in await AgencyStreams.ReadAll(journal, cancellationToken))
            agencies[agency.Agency.Value] = agency;
    }

    public Task Publish(AgencyDirectory agency)
    {
        if (agencies.TryGetValue(agency.Agency.Value, out var known) && known.Version >= agency.Version)
            return Task.CompletedTask;
        agencies[agency.Agency.Value] = agency;
        var snapshot = Snapshot();
        observers.Notify(observer => observer.Changed(snapshot)).Ignore();
        return Task.CompletedTask;
    }

    public Task<DirectorySnapshot> Subscribe(IDirectoryObserver observer)
    {
        observers.Subscribe(observer, observer);
        return Task.FromResult(Snapshot());
    }

    /// <summary>The sum of the agencies' versions rises with each change, whichever activation counts it.</summary>
    private DirectorySnapshot Snapshot() =>
        new(agencies.Values.Sum(agency => agency.Version), agencies.Values.ToArray());
}
