using System.Text.Json.Serialization;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Hub.Contracts.Directory;

/// <summary>At which level of government an agency stands.</summary>
public enum AgencyLevel
{
    /// <summary>A city, town or county.</summary>
    City,

    /// <summary>A state.</summary>
    State,

    /// <summary>Federal.</summary>
    Federal,

    /// <summary>A utility, a hospital, a school.</summary>
    Private,
}

/// <summary>Whether the voice of a phone or partner is protected by SRTP.</summary>
public enum MediaSecurity
{
    /// <summary>Never: what is sent and received is in the clear.</summary>
    None,

    /// <summary>Where the other side does it too.</summary>
    Allowed,

    /// <summary>Always, with the keys exchanged over TLS; a call without is refused.</summary>
    Required,
}

/// <summary>How the parties of an agency are told that a room is recorded.</summary>
public enum RecordingNotice
{
    /// <summary>In words, when they come in.</summary>
    Prompt,

    /// <summary>By a short tone, when they come in and each 15 s.</summary>
    Beep,
}

/// <summary>Something that an agency's directory holds; its id is unique among the agency's entries of its kind.</summary>
[GenerateSerializer, Alias("interop.directory-entry")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AgencyEntry), "agency")]
[JsonDerivedType(typeof(PersonEntry), "person")]
[JsonDerivedType(typeof(TrunkEntry), "trunk")]
[JsonDerivedType(typeof(EndpointEntry), "endpoint")]
[JsonDerivedType(typeof(ChannelEntry), "channel")]
[JsonDerivedType(typeof(CameraEntry), "camera")]
[JsonDerivedType(typeof(NumberEntry), "number")]
[JsonDerivedType(typeof(SensorEntry), "sensor")]
[JsonDerivedType(typeof(TokenEntry), "token")]
[JsonDerivedType(typeof(PlaybookEntry), "playbook")]
[JsonDerivedType(typeof(DestinationEntry), "destination")]
[JsonDerivedType(typeof(RecordingEntry), "recording")]
public abstract record DirectoryEntry(string Id);

/// <summary>The agency itself.</summary>
/// <param name="Desk">The SIP address of its duty desk, which is called when the agency is invited; null for none.</param>
/// <param name="Language">The language in which its people are asked in, such as <c>es</c>; null for the hub's own.</param>
/// <param name="MediaSecurity">Whether the voice of its phones and trunks is protected, unless they say it themselves; null is <see cref="MediaSecurity.Allowed"/>.</param>
/// <param name="RecordingNotice">How its parties are told that a room is recorded; null is not at all.</param>
/// <param name="Handling">How what is said and shown in its rooms must be handled; shown to whoever is asked in, before they accept.</param>
[GenerateSerializer, Alias("interop.directory.agency")]
public sealed record AgencyEntry(
    string Id, string Name, AgencyLevel Level, string? Desk = null, string? Language = null, MediaSecurity? MediaSecurity = null,
    RecordingNotice? RecordingNotice = null, string? Handling = null) : DirectoryEntry(Id);

/// <summary>A person of the agency.</summary>
/// <param name="Email">The sign-in name.</param>
/// <param name="Sip">Where the person can be called.</param>
[GenerateSerializer, Alias("interop.directory.person")]
public sealed record PersonEntry(string Id, string Name, Role Role, string? Email, string? Sip) : DirectoryEntry(Id);

/// <summary>A SIP phone with credentials of its own.</summary>
/// <param name="User">The digest user name, unique in the hub.</param>
/// <param name="Secrets">HA1 by algorithm (<c>SHA-256</c>, <c>MD5</c>), lowercase hex; MD5 only where the phone is allowed it.</param>
/// <param name="MediaSecurity">Whether its voice is protected; null is what its agency says.</param>
[GenerateSerializer, Alias("interop.directory.endpoint")]
public sealed record EndpointEntry(
    string Id, string Name, string User, IReadOnlyDictionary<string, string> Secrets, MediaSecurity? MediaSecurity = null) : DirectoryEntry(Id);

/// <summary>Somewhere that the agency may call, beside the directory and its own telephone system.</summary>
/// <param name="Pattern"><c>sip:*@pbx.example.org</c>, <c>sip:1???@10.0.0.5</c>, <c>tel:+1860*</c>.</param>
/// <param name="Name">What it is, for people.</param>
[GenerateSerializer, Alias("interop.directory.destination")]
public sealed record DestinationEntry(string Id, string Pattern, string? Name = null) : DirectoryEntry(Id);

/// <summary>Whether the agency's rooms are recorded, and for how long.</summary>
/// <param name="Type">Of which type; null is every type that has no rule of its own.</param>
/// <param name="Record">Whether they are.</param>
/// <param name="KeepDays">For how many days a recording is kept, also one that was made before the rule.</param>
[GenerateSerializer, Alias("interop.directory.recording")]
public sealed record RecordingEntry(string Id, string? Type, bool Record, int KeepDays) : DirectoryEntry(Id);

/// <summary>A half-duplex radio channel.</summary>
[GenerateSerializer, Alias("interop.directory.channel")]
public sealed record ChannelEntry(string Id, string Name, RadioGateway Gateway) : DirectoryEntry(Id);

/// <summary>How a radio channel is reached over RTP.</summary>
/// <param name="Receive">Where we hear the radio: <c>239.10.0.1:5004</c>, or a local address and port.</param>
/// <param name="Transmit">Where we key it; null for a channel that is only heard.</param>
/// <param name="Interface">The local address for multicast; null for the loopback.</param>
/// <param name="Codec">PCMU or PCMA.</param>
/// <param name="Ttl">Multicast time to live.</param>
/// <param name="HangMs">Reception ends so long after its last packet.</param>
/// <param name="TailMs">A repeater's tail: what arrives so soon after we unkeyed is not reception.</param>
/// <param name="TimeOutMs">The longest transmission.</param>
[GenerateSerializer, Alias("interop.radio-gateway")]
public sealed record RadioGateway(
    string Receive,
    string? Transmit,
    string? Interface = null,
    string Codec = "PCMU",
    int Ttl = 1,
    int HangMs = 200,
    int TailMs = 500,
    int TimeOutMs = 60_000)
{
    /// <summary>What a gateway may hold is what the media engine takes: a channel outside of it would be entered and never come up.</summary>
    public const int LeastTtl = 1, MostTtl = 255, LeastHangMs = 100, MostHangMs = 300, LeastTailMs = 0, MostTailMs = 5_000, LeastTimeOutMs = 1_000, MostTimeOutMs = 600_000;
}

/// <summary>A camera, or a view of a video system, reached by a link.</summary>
[GenerateSerializer, Alias("interop.directory.camera")]
public sealed record CameraEntry(string Id, string Name, string Url, Place? Place) : DirectoryEntry(Id);

/// <summary>A telephone number or SIP address that the agency can lend: it is called into the room.</summary>
/// <param name="Uri"><c>sip:</c>, <c>sips:</c> or <c>tel:</c>.</param>
[GenerateSerializer, Alias("interop.directory.number")]
public sealed record NumberEntry(string Id, string Name, string Uri) : DirectoryEntry(Id);

/// <summary>A sensor or feed whose alerts the agency can lend.</summary>
/// <param name="Source">As its alerts name their source.</param>
[GenerateSerializer, Alias("interop.directory.sensor")]
public sealed record SensorEntry(string Id, string Name, string Source, Place? Place = null) : DirectoryEntry(Id);

/// <summary>A program's key to the API.</summary>
/// <param name="SecretHash">SHA-256 of the secret, lowercase hex; the secret itself is never stored.</param>
/// <param name="Ends">From when on it opens nothing; null for a token without an end.</param>
/// <param name="Scopes">The parts of the API that it reaches, within its role; null for all of them.</param>
[GenerateSerializer, Alias("interop.directory.token")]
public sealed record TokenEntry(
    string Id, string Name, Role Role, string SecretHash, DateTimeOffset? Ends = null, IReadOnlyList<TokenScope>? Scopes = null) : DirectoryEntry(Id);

/// <summary>A part of the API.</summary>
public enum TokenScope
{
    /// <summary>Rooms and all that is in them, and the live feed.</summary>
    Rooms,

    /// <summary>Alerts, posted and read.</summary>
    Alerts,

    /// <summary>The directory, read.</summary>
    Directory,

    /// <summary>Provisioning and people.</summary>
    Provisioning,
}

/// <summary>A rule: this alert opens this kind of room and invites these agencies.</summary>
[GenerateSerializer, Alias("interop.directory.playbook")]
public sealed record PlaybookEntry(string Id, PlaybookMatch When, PlaybookRoom Open) : DirectoryEntry(Id);

/// <summary>Which alerts a playbook takes; a field that is null takes any.</summary>
[GenerateSerializer, Alias("interop.playbook-match")]
public sealed record PlaybookMatch(string? Event = null, string? Source = null, string? Severity = null, MapCircle? Within = null);

/// <summary>A circle on the map.</summary>
/// <param name="Latitude">Of its middle, in degrees, WGS 84.</param>
/// <param name="Longitude">The same.</param>
/// <param name="Radius">In metres.</param>
[GenerateSerializer, Alias("interop.map-circle")]
public sealed record MapCircle(double Latitude, double Longitude, double Radius)
{
    /// <summary>The widest, in metres: half the way round the earth.</summary>
    public const double MostRadius = 20_000_000;
}

/// <summary>The room that a playbook opens.</summary>
/// <param name="Title">With <c>{event}</c>, <c>{headline}</c>, <c>{areaDesc}</c>, <c>{severity}</c>, <c>{source}</c> filled in from the alert.</param>
/// <param name="Share">Names of the owner's channels.</param>
[GenerateSerializer, Alias("interop.playbook-room")]
public sealed record PlaybookRoom(
    string Title,
    string Type,
    Priority Priority,
    IReadOnlyList<AgencyId> Invite,
    IReadOnlyList<string> Admits,
    IReadOnlyList<string> Share);
