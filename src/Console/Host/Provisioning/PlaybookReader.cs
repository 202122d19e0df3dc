using Interop.Console.Host.Directory;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Console.Host.Provisioning;

/// <summary>Reads playbooks, and what they have in common with standing rooms.</summary>
internal static class PlaybookReader
{
    public static PlaybookEntry Read(EntryReader entry, string id)
    {
        var when = entry.RequiredWithin("when");
        var match = new PlaybookMatch(when.OptionalText("event"), when.OptionalText("source"), when.OptionalText("severity"), Circle(when));
        when.End();
        var open = entry.RequiredWithin("open");
        var room = new PlaybookRoom(
            open.Text("title"),
            RoomType(open) ?? "incident",
            open.Word<Priority>("priority", Priority.Urgent),
            Agencies(open, "invite"),
            Admits(open),
            open.Texts("share", EntryId.IsValid, "must be the id of a channel of the playbook's owner."));
        open.End();
        return new PlaybookEntry(id, match, room);
    }

    private static MapCircle? Circle(EntryReader when)
    {
        if (when.Within("within") is not { } within)
            return null;
        var (latitude, longitude) = (within.Degrees("latitude", 90), within.Degrees("longitude", 180));
        if (latitude is null || longitude is null || !within.Has("radius"))
            within.Error("radius", "a circle has a latitude, a longitude and a radius in metres.");
        var circle = new MapCircle(latitude ?? 0, longitude ?? 0, within.Number("radius", 1, 1, (int)MapCircle.MostRadius));
        within.End();
        return circle;
    }

    /// <remarks>They need not be known yet: an agency that is asked in may join the hub later.</remarks>
    public static IReadOnlyList<AgencyId> Agencies(EntryReader entry, string field) =>
        [.. entry.Texts(field, EntryId.IsValid, "must be the id of an agency.").Select(id => new AgencyId(id))];

    public static IReadOnlyList<string> Admits(EntryReader entry) =>
        entry.Texts("admits", IsCaller, "must be trunk:<id>, trunk:<agency>/<id>, endpoint:<agency>/<id> or agency:<id>.");

    public static string? RoomType(EntryReader entry)
    {
        var type = entry.OptionalText("type", 40);
        if (type is { Length: > 0 } && (type[0] == '-' || !type.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-')))
            entry.Error("type", "must be a word of lowercase letters, digits and hyphens.");
        return type;
    }

    private static bool IsCaller(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return false;
        var (kind, id) = (text[..colon], text[(colon + 1)..]);
        return kind switch
        {
            "agency" => EntryId.IsValid(id),
            "trunk" when !id.Contains('/', StringComparison.Ordinal) => EntryId.IsValid(id),
            "trunk" or "endpoint" => id.Split('/') is [var agency, var endpoint] && EntryId.IsValid(agency) && EntryId.IsValid(endpoint),
            _ => false,
        };
    }
}
