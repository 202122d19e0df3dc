using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Alerts;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;

namespace Interop.Hub.Domain.Alerts;

/// <summary>What an alert is to the desk: refused, known already, or an event.</summary>
/// <param name="First">The id under which it is followed.</param>
internal readonly record struct DeskDecision(AlertEvent? Happened, AlertId First, Refusal? Refusal);

/// <summary>Decides what an alert is: new, a duplicate, or news of a known one.</summary>
internal static class DeskDecider
{
    public static DeskDecision Receive(DeskState state, Alert alert, Actor actor, AgencyDirectory? directory)
    {
        if (!MayPost(state, actor))
            return new DeskDecision(null, alert.Id, new Refusal(
                RefusalKind.Denied, "alert.not-allowed", "Only an integration or a dispatcher of the agency posts its alerts."));
        if (alert.Action == AlertAction.New)
            return state.FirstOf.TryGetValue(alert.Id, out var known) ? Duplicate(known) : New(alert, directory);
        if (Target(state, alert) is not { } target)
            return state.FirstOf.TryGetValue(alert.Id, out var first) ? Duplicate(first) : New(alert, directory);
        return IsRepeated(state, alert, target)
            ? Duplicate(target.Summary.Id)
            : new DeskDecision(new AlertRevised(target.Summary.Id, alert), target.Summary.Id, null);
    }

    public static bool MayRead(DeskState state, Actor actor) => actor.IsHub || actor.Agency == state.Agency;

    private static bool MayPost(DeskState state, Actor actor) =>
        actor.Agency == state.Agency && (actor.Role == Role.Integration || actor.Role >= Role.Dispatcher);

    private static DeskDecision Duplicate(AlertId first) => new(null, first, null);

    /// <summary>An update of something unknown is as good as new; a cancellation of it opens no room.</summary>
    private static DeskDecision New(Alert alert, AgencyDirectory? directory) => new(
        new AlertTaken(alert, alert.Action == AlertAction.Cancel ? null : Playbooks.Match(directory, alert)), alert.Id, null);

    private static FollowedAlert? Target(DeskState state, Alert alert)
    {
        foreach (var reference in alert.References)
            if (state.Find(reference) is { } referred)
                return referred;
        return state.Find(alert.Id);
    }

    /// <summary>An update with an id of its own is known by it; one that keeps the first id is known by its content.</summary>
    private static bool IsRepeated(DeskState state, Alert alert, FollowedAlert target)
    {
        if (alert.Id != target.Summary.Id)
            return state.FirstOf.ContainsKey(alert.Id);
        var asShown = AlertSummaries.Of(alert, target.Summary.ReceivedAt) with
        {
            Revision = target.Summary.Revision,
            Room = target.Summary.Room,
            Playbook = target.Summary.Playbook,
        };
        return asShown == target.Summary;
    }
}
