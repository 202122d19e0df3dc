using System.Text.Json.Serialization;
using Interop.Hub.Contracts.Ids;

namespace Interop.Hub.Contracts.Rooms;

/// <summary>How urgent a room is.</summary>
public enum Priority
{
    /// <summary>Planned or standing.</summary>
    Routine,

    /// <summary>An incident.</summary>
    Urgent,

    /// <summary>Life in danger.</summary>
    Emergency,
}

/// <summary>Where a room is in its life.</summary>
public enum RoomPhase
{
    /// <summary>Held in place.</summary>
    Open,

    /// <summary>Asked to close; it can still be undone, and nobody is cut off yet.</summary>
    Closing,

    /// <summary>Over; only its record remains.</summary>
    Closed,
}

/// <summary>Where an incident is: in words, on the map, or both.</summary>
/// <param name="Text">A street address or a description.</param>
/// <param name="Latitude">Degrees, WGS 84.</param>
/// <param name="Longitude">Degrees, WGS 84.</param>
[GenerateSerializer, Alias("interop.place")]
public sealed record Place(string? Text, double? Latitude = null, double? Longitude = null);

/// <summary>What kind of connection a leg is.</summary>
public enum LegKind
{
    /// <summary>A SIP call.</summary>
    Sip,

    /// <summary>A half-duplex radio channel behind a gateway.</summary>
    Radio,

    /// <summary>A browser of the console; it talks while its push-to-talk key is held.</summary>
    Browser,
}

/// <summary>What a leg may do in its room.</summary>
public enum LegMode
{
    /// <summary>Hears and is heard.</summary>
    Talk,

    /// <summary>Hears; was made a listener.</summary>
    Listen,

    /// <summary>Hears; was silenced for now.</summary>
    Muted,
}

/// <summary>Where a leg is.</summary>
public enum LegStatus
{
    /// <summary>Being brought up: dialled, or rejoining.</summary>
    Connecting,

    /// <summary>Connected.</summary>
    Up,

    /// <summary>Lost, and being brought back for as long as the room is open.</summary>
    Lost,

    /// <summary>Gone for good: hung up, declined, dropped or withdrawn.</summary>
    Gone,

    /// <summary>Answered, and being asked whether it comes in; it hears the questions and nobody hears it.</summary>
    Asking,
}

/// <summary>What a party answers by key when it is asked in.</summary>
public enum LegAnswer
{
    /// <summary>It joins (1).</summary>
    Join,

    /// <summary>It joins and only listens (2).</summary>
    Listen,

    /// <summary>It declines (3).</summary>
    Decline,

    /// <summary>It pressed nothing in time, as voicemail does.</summary>
    None,
}

/// <summary>How a called party is asked in before it hears the room.</summary>
/// <param name="By">The agency that asks; the first thing that is said.</param>
/// <param name="ByName">Its name.</param>
/// <param name="Purpose">Why, in the asking person's words; said only after a first key, as voicemail must not learn it.</param>
/// <param name="Language">The language of the questions, such as <c>en</c> or <c>es</c>; null for the hub's own.</param>
/// <param name="Invite">The invitation that the answer decides, if the call stands for one.</param>
/// <param name="Terms">How what is said must be handled and whether it is recorded; said after the first key, as the purpose is.</param>
[GenerateSerializer, Alias("interop.leg-ask")]
public sealed record LegAsk(AgencyId By, string ByName, string? Purpose, string? Language, InviteId? Invite, InviteTerms? Terms = null);

/// <summary>Where an invitation is.</summary>
public enum InviteStatus
{
    /// <summary>Waiting for an answer.</summary>
    Pending,

    /// <summary>The agency is a member.</summary>
    Accepted,

    /// <summary>The agency said no.</summary>
    Declined,

    /// <summary>Taken back by the owner.</summary>
    Withdrawn,

    /// <summary>The agency would come on conditions, and waits for the inviter's answer.</summary>
    Countered,

    /// <summary>Nobody answered in time.</summary>
    Expired,

    /// <summary>The agency was a member until the time that it had set.</summary>
    Ended,
}

/// <summary>Who a leg is, and how far that is proved.</summary>
/// <param name="Agency">The agency that the connection proves.</param>
/// <param name="Name">As shown in the roster.</param>
/// <param name="Address">The SIP address or channel behind it.</param>
/// <param name="Proof">What proves it: <c>trunk:lab</c>, <c>endpoint:desk-1</c>, <c>bridge:hpd/gateway</c>, <c>dialled</c>, <c>channel</c>, <c>session</c>, <c>guest:guest-1</c>.</param>
/// <param name="Focus">The Contact of the other system's room that it is (RFC 4579), which mixes as this hub does; null for a phone.</param>
[GenerateSerializer, Alias("interop.party")]
public sealed record Party(AgencyId Agency, string Name, string Address, string Proof, string? Focus = null)
{
    private const string BridgeProof = "bridge:";

    /// <summary>A signed-in person's browser; <paramref name="client"/> is what its page calls itself.</summary>
    public static Party Browser(AgencyId agency, string name, string client) => new(agency, name, $"browser:{client}", "session");

    /// <summary>The browser of a guest: two guests may give the same name, so their place in the room's list of guests proves them.</summary>
    public static Party Guest(AgencyId agency, string name, string client, string guest) => new(agency, name, $"browser:{client}", $"guest:{guest}");

    /// <summary>Whether it is a guest's browser.</summary>
    [JsonIgnore]
    public bool IsGuest => Proof.StartsWith("guest:", StringComparison.Ordinal);

    /// <summary>Whether a bridging system is behind it: nobody there hears questions or presses keys.</summary>
    [JsonIgnore]
    public bool IsBridge => Proof.StartsWith(BridgeProof, StringComparison.Ordinal);

    /// <summary>The proof of a bridging system.</summary>
    public static string ProofOfBridge(AgencyId agency, string trunk) => $"{BridgeProof}{agency}/{trunk}";
}

/// <summary>Who calls, and all that the call proves.</summary>
/// <param name="Party">As the roster shows it.</param>
/// <param name="Credentials">With their agency, since two may have a trunk of one name: <c>trunk:hpd/lab</c>, <c>endpoint:hpd/desk-1</c>.</param>
/// <param name="Priority">What a trusted peer's Resource-Priority asks for; routine for everybody else.</param>
[GenerateSerializer, Alias("interop.caller")]
public sealed record Caller(Party Party, IReadOnlyList<string> Credentials, Priority Priority = Priority.Routine);
