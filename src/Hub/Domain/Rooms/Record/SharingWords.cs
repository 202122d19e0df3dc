using System.Globalization;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Hub.Domain.Rooms.Record;

/// <summary>What is lent, who holds the room and how command passes, in words.</summary>
/// <param name="name">What a leg or a share is called.</param>
/// <param name="agency">What people call an agency.</param>
internal sealed class SharingWords(Func<string, string> name, Func<AgencyId, string> agency)
{
    /// <summary>Null for an event of another kind.</summary>
    public (RecordAspect Aspect, string Text)? Of(RoomEvent happened) => happened switch
    {
        ResourceLent e => (RecordAspect.Shared, $"lent {Kind(e.Resource.Kind)} {e.Resource.Name}{Terms(e.Terms)}"),
        ResourceNotLent e => (RecordAspect.Refused, $"could not lend {e.Name}{RecordWords.Because(e.Reason)}"),
        ShareWithdrawn e => (RecordAspect.Shared, $"withdrew {name(e.Leg?.Value ?? e.Share.Value)}{RecordWords.Because(e.Cause)}"),
        LeaseSet e => (RecordAspect.Room, $"said that the room is expected to last {(e.Until is { } until ? $"until {At(until)}" : "as long as it takes")}, and to warn after {e.UnattendedMinutes} minutes unattended"),
        LeaseWarned e => (RecordAspect.Room, $"warned {Whom(e.To)}{(e.Escalated == true ? ", next in command" : "")}: {Fact(e.Kind)}"),
        LeaseWarningSeen e => (RecordAspect.Room, $"took note: {Fact(e.Kind)}"),
        LeaseWarningEnded { Kind: LeaseWarningKind.Unattended } => (RecordAspect.Room, "saw that the room is attended to, or live no more"),
        LeaseWarningEnded => (RecordAspect.Room, "saw that the room is overdue no more"),
        CommandOffered e => (RecordAspect.Room, $"offered command to {Whom(new Holder(e.Agency, e.Name ?? ""))}{RecordWords.Because(e.Brief)}"),
        CommandAccepted => (RecordAspect.Room, "took command of the room"),
        CommandDeclined e => (RecordAspect.Refused, $"declined command of the room{RecordWords.Because(e.Reason)}"),
        CommandOfferWithdrawn => (RecordAspect.Room, "took the offer of command back"),
        _ => null,
    };

    private string Whom(Holder holder) => holder.Name.Length == 0 ? $"the commanders of {agency(holder.Agency)}" : $"{holder.Name} of {agency(holder.Agency)}";

    private static string Fact(LeaseWarningKind kind) =>
        kind == LeaseWarningKind.Unattended ? "nobody attends to a live room" : "the room lasts longer than expected";

    private static string At(DateTimeOffset time) => time.ToString("u", CultureInfo.InvariantCulture);

    private static string Kind(ResourceKind kind) => kind == ResourceKind.Endpoint ? "phone" : kind.ToString().ToLowerInvariant();

    private static string Terms(ShareTerms? terms)
    {
        if (terms is null)
            return "";
        var said = new List<string>();
        if (terms.Direction != ShareDirection.Both)
            said.Add(terms.Direction == ShareDirection.Listen ? "listen only" : "talk only");
        if (terms.Ends is { } ends)
            said.Add($"until {At(ends)}");
        if (terms.Conditions is { } conditions)
            said.Add($"on condition: {conditions}");
        return said.Count == 0 ? "" : $" ({string.Join("; ", said)})";
    }
}
