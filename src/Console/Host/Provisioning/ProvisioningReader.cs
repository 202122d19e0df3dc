using System.Text.Json;
using Interop.Console.Host.Directory;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Console.Host.Provisioning;

/// <summary>Reads a provisioning file and reports everything that is wrong with it, each with its path and line.</summary>
internal sealed class ProvisioningReader
{
    private const int LongestCode = 12;

    private readonly List<ProvisioningError> _errors = [];
    private readonly List<OwnedEntry> _entries = [];
    private readonly List<ProvisionedPassword> _passwords = [];
    private readonly List<StandingRoom> _rooms = [];
    private readonly HashSet<string> _taken = [];

    private ProvisioningReader()
    {
    }

    /// <summary>Reads a document; the file holds only when there is no error.</summary>
    public static (ProvisioningFile File, IReadOnlyList<ProvisioningError> Errors) Read(ReadOnlySpan<byte> document)
    {
        var (root, error) = JsonSpot.Parse(document);
        if (error is not null)
            return (ProvisioningFile.Empty, [error]);
        var reader = new ProvisioningReader();
        reader.ReadRoot(root!);
        return (new ProvisioningFile(reader._entries, reader._passwords, reader._rooms), [.. reader._errors.OrderBy(wrong => wrong.Line)]);
    }

    private void ReadRoot(JsonSpot spot)
    {
        var root = new EntryReader(spot, _errors);
        root.OptionalText("$schema");
        Each(root, "agencies", "id", static (entry, id) =>
            new AgencyEntry(id, entry.Text("name"), entry.Word<AgencyLevel>("level"), entry.OptionalText("desk"), entry.OptionalText("language"), entry.OptionalWord<MediaSecurity>("mediaSecurity"),
                entry.OptionalWord<RecordingNotice>("recordingNotice"), entry.OptionalText("handling", 500)));
        Each(root, "people", "agency", ReadPerson);
        Each(root, "trunks", "agency", TrunkReader.Read);
        Each(root, "endpoints", "agency", ReadEndpoint);
        Each(root, "destinations", "agency", DestinationReader.Read);
        Each(root, "recording", "agency", RecordingReader.Read);
        Each(root, "channels", "agency", static (entry, id) => new ChannelEntry(id, entry.Text("name"), GatewayReader.Read(entry.RequiredWithin("gateway"))));
        Each(root, "cameras", "agency", ReadCamera);
        Each(root, "numbers", "agency", ReadNumber);
        Each(root, "sensors", "agency", static (entry, id) => new SensorEntry(id, entry.Text("name"), entry.Text("source"), ReadPlace(entry)));
        Each(root, "tokens", "agency", ReadToken);
        Each(root, "playbooks", "owner", static (entry, id) => PlaybookReader.Read(entry, id));
        foreach (var item in root.Items("rooms"))
            ReadRoom(new EntryReader(item, _errors));
        root.End();
    }

    private void Each(EntryReader root, string kind, string owner, Func<EntryReader, string, DirectoryEntry> read)
    {
        foreach (var item in root.Items(kind))
        {
            var entry = new EntryReader(item, _errors);
            var agency = new AgencyId(entry.Id(owner));
            var id = kind == "tokens" && !entry.Has("id") ? "" : entry.Id("id");
            var made = read(entry, id);
            entry.End();
            _entries.Add(new OwnedEntry(agency, made, entry.Path, entry.Line));
            Take(entry, kind == "tokens" && id.Length == 0 ? "secret" : "id", $"{kind}/{agency.Value}/{made.Id}", $"{made.Id} stands twice among the {kind} of {agency.Value}.");
            foreach (var (field, name, what) in HubNames.Of(made))
                Take(entry, field, name, $"{what} stands twice; it is unique in the hub.");
            if (made is PersonEntry person)
                ReadPassword(item, agency, person);
        }
    }

    private PersonEntry ReadPerson(EntryReader entry, string id)
    {
        var email = entry.OptionalText("email");
        if (email is { Length: > 0 } && !EmailAddress.IsValid(email))
            entry.Error("email", "must be an e-mail address; it is the sign-in name.");
        var sip = entry.OptionalText("sip");
        entry.OptionalText("password", 256);
        entry.OptionalText("passwordHash", 256);
        return new PersonEntry(id, entry.Text("name"), entry.Word<Hub.Contracts.Role>("role"), email, sip);
    }

    /// <summary>Beside the entry, because a password is no part of the directory.</summary>
    private void ReadPassword(JsonSpot item, AgencyId agency, PersonEntry person)
    {
        var entry = new EntryReader(item, []);
        var (password, hash) = (entry.OptionalText("password", 256), entry.OptionalText("passwordHash", 256));
        if (password is null && hash is null)
            return;
        var at = new EntryReader(item, _errors);
        if (person.Email is null)
            at.Error("email", "email is required where there is a password: it is the sign-in name.");
        if (password is not null && hash is not null)
            at.Error("password", "give password or passwordHash and not both.");
        else if (password is not null && SignIn.Credentials.Weak(password) is { } weak)
            at.Error("password", weak.Text);
        else if (hash is not null && !(Convert.TryFromBase64String(hash, new byte[hash.Length], out var length) && length > 40))
            at.Error("passwordHash", "must be a hash as an export writes it.");
        _passwords.Add(new ProvisionedPassword(agency, person.Id, password, hash));
    }

    private EndpointEntry ReadEndpoint(EntryReader entry, string id)
    {
        var user = entry.Id("user");
        return new EndpointEntry(id, entry.Text("name"), user, EndpointSecrets.Read(entry, user), entry.OptionalWord<MediaSecurity>("mediaSecurity"));
    }

    private static CameraEntry ReadCamera(EntryReader entry, string id)
    {
        var url = entry.Text("url", 2_000);
        if (url.Length > 0 && !(Uri.TryCreate(url, UriKind.Absolute, out var link) && link.Scheme is "https" or "http"))
            entry.Error("url", "must be an http or https address.");
        return new CameraEntry(id, entry.Text("name"), url, ReadPlace(entry));
    }

    private static NumberEntry ReadNumber(EntryReader entry, string id)
    {
        var number = new NumberEntry(id, entry.Text("name"), entry.Text("uri", 512));
        if (number.Uri.Length > 0 && !IsCallable(number.Uri))
            entry.Error("uri", "must be sip:user@host, sips:user@host or tel:number.");
        return number;
    }

    private static bool IsCallable(string uri) => uri.Split(':', 2) switch
    {
        ["sip" or "sips", var rest] => rest.Length > 0 && rest[0] != '@' && !rest.EndsWith('@') && rest.All(static letter => letter is > ' ' and < '\x7f' and not ('<' or '>' or '"')),
        ["tel", _] => TelephoneNumber.Read(uri) is not null,
        _ => false,
    };

    private static TokenEntry ReadToken(EntryReader entry, string id)
    {
        var hash = TokenSecret.Read(entry);
        var made = id.Length > 0 || hash.Length < 8 ? id : $"token-{hash[..8]}";
        return new TokenEntry(made, entry.OptionalText("name") ?? made, entry.Word<Hub.Contracts.Role>("role"), hash, entry.OptionalTime("ends"), entry.OptionalWords<TokenScope>("scopes"));
    }

    private void ReadRoom(EntryReader entry)
    {
        var code = entry.Text("code", LongestCode);
        if (code.Length > 0 && !(code.Length >= 2 && code.All(char.IsAsciiDigit)))
            entry.Error("code", $"a dial code is 2 to {LongestCode} digits.");
        Take(entry, "code", $"rooms/{code}", $"the code {code} stands twice.");
        _rooms.Add(new StandingRoom(
            new RoomCode(code),
            entry.Text("title"),
            new AgencyId(entry.Id("owner")),
            PlaybookReader.RoomType(entry) ?? "standing",
            entry.Word<Priority>("priority", Priority.Routine),
            ReadPlace(entry),
            PlaybookReader.Admits(entry),
            PlaybookReader.Agencies(entry, "invites"),
            entry.Texts("shares", EntryId.IsValid, "must be the id of a channel of the room's owner."),
            entry.Path,
            entry.Line));
        entry.End();
    }

    private static Place? ReadPlace(EntryReader entry)
    {
        if (entry.Within("place") is not { } place)
            return null;
        var read = new Place(place.OptionalText("text"), place.Degrees("latitude", 90), place.Degrees("longitude", 180));
        if (read.Latitude is null != read.Longitude is null)
            entry.Error("place", "latitude and longitude come together or not at all.");
        place.End();
        return read;
    }

    private void Take(EntryReader entry, string field, string name, string taken)
    {
        if (!_taken.Add(name))
            entry.Error(field, taken);
    }
}
