using System.Collections.Immutable;
using System.Diagnostics;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Hub.Domain.Rooms.Record;

/// <summary>What an entry of the record says, in words that follow the name of whoever did it.</summary>
/// <param name="called">The names that the room knows.</param>
/// <param name="agency">What people call an agency.</param>
internal sealed class RecordWords(ImmutableDictionary<string, Called> called, Func<AgencyId, string> agency)
{
    private readonly LegWords legs = new(id => called.GetValueOrDefault(id.Value)?.Name ?? id.Value);
    private readonly SharingWords sharing = new(id => called.GetValueOrDefault(id)?.Name ?? id, agency);

    /// <summary>Who did it: "Dana Reyes (person, Hartford Police)".</summary>
    public string By(Actor actor)
    {
        if (actor.IsHub)
            return "The hub";
        var kind = actor.Kind switch
        {
            ActorKind.Person => "person",
            ActorKind.Token => "program",
            ActorKind.Phone => "phone",
            ActorKind.Playbook => "playbook",
            ActorKind.Provisioning => "provisioning file",
            ActorKind.Guest => "guest by link",
            _ => actor.Kind.ToString().ToLowerInvariant(),
        };
        return actor.Agency.Value.Length == 0 ? $"{actor.Name} ({kind})" : $"{actor.Name} ({kind}, {agency(actor.Agency)})";
    }

    /// <summary>What happened, and what it is about.</summary>
    public (RecordAspect Aspect, string Text) Of(RoomEvent happened) => happened switch
    {
        RoomOpened e => (RecordAspect.Room, $"opened the room “{e.Terms.Title}”"),
        RoomChanged => (RecordAspect.Room, "changed what the room is, from the provisioning file"),
        RoomReopened => (RecordAspect.Room, "opened the closed room again, from the provisioning file"),
        RoomResumed e => (RecordAspect.Lost, $"brought the room up again; to bring back: {legs.All(e.Legs)}"),
        RoomClosing e => (RecordAspect.Room, $"asked to close the room{Because(e.Reason)}"),
        RoomClosingUndone => (RecordAspect.Room, "took the closing back"),
        RoomClosed => (RecordAspect.Room, "closed the room for good"),
        AgencyInvited e => (RecordAspect.Invited, $"invited {InviteWords.Whom(e, agency)}{Because(e.Purpose)}"),
        InviteAnswered { Accepted: true } e => (RecordAspect.Invited, $"accepted the invitation of {Invited(e.Invite)}{Because(e.Reason)}"),
        InviteAnswered e => (RecordAspect.Refused, $"declined the invitation of {Invited(e.Invite)}{Because(e.Reason)}"),
        InviteWithdrawn e => (RecordAspect.Invited, $"withdrew the invitation of {Invited(e.Invite)}"),
        ChatPosted e => (RecordAspect.Seen, $"wrote: {e.Text}"),
        ChatNotDelivered e => (RecordAspect.Lost, $"saw {e.Line} not reach {e.Name}{Because(e.Cause)}"),
        VideoPosted e => (RecordAspect.Seen, $"showed video “{e.Title}”: {e.Url}"),
        VideoRemoved e => (RecordAspect.Seen, $"took video “{called.GetValueOrDefault(e.Video)?.Name ?? e.Video}” away"),
        AlertAttached e => (RecordAspect.Seen, $"brought in alert “{e.Alert.Headline}”"),
        RecordingStarted => (RecordAspect.Kept, "began to record the room"),
        RecordingStopped => (RecordAspect.Kept, "stopped recording the room"),
        RecordingFailed e => (RecordAspect.Lost, $"could not record the room{Because(e.Cause)}"),
        SegmentsRecorded e => (RecordAspect.Kept, $"kept {Count(e.Segments.Count, "recording")}"),
        RecordingHeard e => (RecordAspect.Heard, $"was given recording {Short(e.Segment)} to hear"),
        RecordingsHeld e => (RecordAspect.Kept, $"put a legal hold on the recordings{Because(e.Reason)}"),
        RecordingsReleased e => (RecordAspect.Kept, $"released the legal hold on the recordings{Because(e.Reason)}"),
        RecordingsDeleted e => (RecordAspect.Kept, $"deleted {Count(e.Segments.Count, "recording")}{Because(e.Reason)}"),
        RecordTaken e => (RecordAspect.Kept, $"was given the whole record to keep, as {e.Format.ToUpperInvariant()}"),
        _ => legs.Of(happened) ?? sharing.Of(happened) ?? InviteWords.Of(happened, Invited, id => called.GetValueOrDefault(id)?.Name ?? id) ?? throw new UnreachableException($"{happened.GetType().Name} has no words."),
    };

    /// <summary>Whose connection begins or ends with it.</summary>
    public IEnumerable<Presence> Presence(RoomEvent happened) =>
        LegWords.Presence(happened).Select(one => new Presence(
            one.Leg,
            called.GetValueOrDefault(one.Leg.Value)?.Name ?? one.Leg.Value,
            called.GetValueOrDefault(one.Leg.Value)?.Agency ?? default,
            one.There));

    internal static string Because(string? reason) => string.IsNullOrEmpty(reason) ? "" : $": {reason}";

    private string Invited(InviteId invite) => called.GetValueOrDefault(invite.Value) is { } known ? known.Name.Length > 0 ? $"{known.Name}, {agency(known.Agency)}" : agency(known.Agency) : invite.Value;

    private static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";

    private static string Short(string segment) => segment.Length > 8 ? segment[..8] : segment;
}
