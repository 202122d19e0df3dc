using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Hub.Contracts.Alerts;

/// <summary>What an alert says of the ones before it.</summary>
public enum AlertAction
{
    /// <summary>Something new.</summary>
    New,

    /// <summary>News of something known.</summary>
    Update,

    /// <summary>It is over, or it was wrong.</summary>
    Cancel,
}

/// <summary>An alert from a sensor or another system, already parsed and bounded.</summary>
/// <param name="Id">Source and identifier; the same id twice is the same alert.</param>
/// <param name="Action">New, update or cancel.</param>
/// <param name="References">Ids of earlier alerts that this one updates or cancels.</param>
/// <param name="Event">What happened, as a word that playbooks match on: <c>gunshot</c>.</param>
/// <param name="Headline">One line for people.</param>
/// <param name="Description">More for people.</param>
/// <param name="Severity">Extreme, Severe, Moderate, Minor or Unknown (CAP 1.2).</param>
/// <param name="Source">Who sent it.</param>
/// <param name="AreaDescription">Where, in words.</param>
/// <param name="Place">Where, on the map.</param>
/// <param name="Sent">When the source sent it.</param>
/// <param name="Exercise">True when it is an exercise or a test, and is shown as one.</param>
[GenerateSerializer, Alias("interop.alert")]
public sealed record Alert(
    AlertId Id,
    AlertAction Action,
    IReadOnlyList<AlertId> References,
    string Event,
    string Headline,
    string? Description,
    string Severity,
    string Source,
    string? AreaDescription,
    Place? Place,
    DateTimeOffset Sent,
    bool Exercise);

/// <summary>An alert as shown in a room and in the list.</summary>
/// <param name="Id">The first alert's id; updates keep it.</param>
/// <param name="Revision">1, then one more with each update.</param>
/// <param name="Cancelled">True when its source took it back.</param>
/// <param name="Room">The room it is in, once there is one.</param>
/// <param name="Playbook">The playbook that took it, if one did.</param>
[GenerateSerializer, Alias("interop.alert-summary")]
public sealed record AlertSummary(
    AlertId Id,
    int Revision,
    string Event,
    string Headline,
    string? Description,
    string Severity,
    string Source,
    string? AreaDescription,
    Place? Place,
    DateTimeOffset Sent,
    DateTimeOffset ReceivedAt,
    bool Exercise,
    bool Cancelled,
    RoomCode? Room,
    string? Playbook);

/// <summary>Takes an agency's alerts, and turns them into rooms by its playbooks; its key is the agency's id.</summary>
[Alias("interop.alert-desk")]
public interface IAlertDeskGrain : IGrainWithStringKey
{
    /// <summary>Takes an alert: a known one changes nothing, an update updates its room, a new one may open a room.</summary>
    [Alias("receive"), ResponseTimeout("00:00:15")]
    Task<Outcome<AlertReceipt>> Receive(Alert alert, Actor actor);

    /// <summary>The newest alerts, newest first.</summary>
    [Alias("list")]
    Task<Outcome<IReadOnlyList<AlertSummary>>> List(Actor actor, int count);

    /// <summary>Finishes what a stop interrupted: alerts that were taken and whose room was not opened yet.</summary>
    [Alias("wake")]
    Task Wake();

    /// <summary>Sends every change of an alert to a node until it stops renewing.</summary>
    [Alias("subscribe")]
    Task Subscribe(IAlertObserver observer);
}

/// <summary>What became of an alert.</summary>
/// <param name="Duplicate">True when it was known already.</param>
[GenerateSerializer, Alias("interop.alert-receipt")]
public sealed record AlertReceipt(AlertSummary Alert, bool Duplicate);

/// <summary>A node that follows an agency's alerts.</summary>
[Alias("interop.alert-observer")]
public interface IAlertObserver : IGrainObserver
{
    /// <summary>An alert came or changed.</summary>
    [Alias("changed"), OneWay]
    Task Changed(AgencyId agency, AlertSummary alert);
}
