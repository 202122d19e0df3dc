using System.Collections.Immutable;
using System.Diagnostics;
using Interop.Hub.Contracts.Alerts;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;

namespace Interop.Hub.Domain.Alerts;

/// <summary>One alert as the desk follows it.</summary>
/// <param name="Summary">As shown now.</param>
/// <param name="Playbook">The playbook that took it.</param>
/// <param name="ShownRevision">Up to which revision its room shows it; 0 before there is a room.</param>
internal sealed record FollowedAlert(AlertSummary Summary, PlaybookEntry? Playbook, int ShownRevision)
{
    /// <summary>True while a room has still to be opened, or to be told of an update.</summary>
    public bool IsUnfinished => Playbook is not null && ShownRevision < Summary.Revision;
}

/// <summary>An agency's alerts as their journal tells them.</summary>
internal sealed record DeskState(AgencyId Agency)
{
    /// <summary>The first alert of every id: its own, or that of an update to it.</summary>
    public ImmutableDictionary<AlertId, AlertId> FirstOf { get; init; } = ImmutableDictionary<AlertId, AlertId>.Empty;

    /// <summary>The alerts by their first id.</summary>
    public ImmutableDictionary<AlertId, FollowedAlert> Alerts { get; init; } = ImmutableDictionary<AlertId, FollowedAlert>.Empty;

    /// <summary>First ids, oldest first.</summary>
    public ImmutableQueue<AlertId> Order { get; init; } = [];

    /// <summary>Every id, oldest first.</summary>
    public ImmutableQueue<AlertId> Ids { get; init; } = [];

    public FollowedAlert? Find(AlertId id) =>
        FirstOf.TryGetValue(id, out var first) ? Alerts.GetValueOrDefault(first) : null;

    public DeskState Evolve(AlertEvent happened, DateTimeOffset at) => happened switch
    {
        AlertTaken e => Taken(e, at),
        AlertRevised e => Known(e.Alert.Id, e.First).With(e.First, followed => followed with
        {
            Summary = AlertSummaries.Of(e.Alert, followed.Summary.ReceivedAt) with
            {
                Id = e.First,
                Revision = followed.Summary.Revision + 1,
                Room = followed.Summary.Room,
                Playbook = followed.Summary.Playbook,
            },
        }),
        AlertShown e => With(e.First, followed => followed with
        {
            Summary = followed.Summary with { Room = e.Room },
            ShownRevision = Math.Max(followed.ShownRevision, e.Revision),
        }),
        _ => throw new UnreachableException($"{happened.GetType().Name} has no effect defined."),
    };

    private DeskState Taken(AlertTaken e, DateTimeOffset at)
    {
        var summary = AlertSummaries.Of(e.Alert, at) with { Playbook = e.Playbook?.Id };
        var state = Known(e.Alert.Id, e.Alert.Id) with
        {
            Alerts = Alerts.SetItem(e.Alert.Id, new FollowedAlert(summary, e.Playbook, 0)),
            Order = Order.Enqueue(e.Alert.Id),
        };
        if (state.Alerts.Count <= Limits.AlertsKept)
            return state;
        var order = state.Order.Dequeue(out var oldest);
        return state with { Order = order, Alerts = state.Alerts.Remove(oldest) };
    }

    private DeskState Known(AlertId id, AlertId first)
    {
        if (FirstOf.ContainsKey(id))
            return this;
        var state = this with { FirstOf = FirstOf.Add(id, first), Ids = Ids.Enqueue(id) };
        if (state.FirstOf.Count <= Limits.AlertIdsKept)
            return state;
        var ids = state.Ids.Dequeue(out var oldest);
        return state with { Ids = ids, FirstOf = state.FirstOf.Remove(oldest) };
    }

    private DeskState With(AlertId first, Func<FollowedAlert, FollowedAlert> change) =>
        Alerts.TryGetValue(first, out var followed) ? this with { Alerts = Alerts.SetItem(first, change(followed)) } : this;
}
