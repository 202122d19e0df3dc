using Interop.Hub.Contracts.Alerts;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;

namespace Interop.Hub.Domain.Alerts;

/// <summary>Something that happened at an agency's alert desk.</summary>
internal abstract record AlertEvent
{
    public static EventNames<AlertEvent> Names { get; } = new EventNames<AlertEvent>()
        .With<AlertTaken>("alert.taken")
        .With<AlertRevised>("alert.revised")
        .With<AlertShown>("alert.shown");
}

/// <summary>A new alert; the playbook is kept as it was, so that an interrupted routing ends as it began.</summary>
internal sealed record AlertTaken(Alert Alert, PlaybookEntry? Playbook) : AlertEvent;

/// <summary>An update or a cancellation of an alert that was taken before.</summary>
internal sealed record AlertRevised(AlertId First, Alert Alert) : AlertEvent;

/// <summary>The alert's room shows it as of a revision.</summary>
internal sealed record AlertShown(AlertId First, RoomCode Room, int Revision) : AlertEvent;
