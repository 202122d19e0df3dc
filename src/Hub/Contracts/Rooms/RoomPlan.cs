using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;

namespace Interop.Hub.Contracts.Rooms;

/// <summary>The numbered desired state that a room hands to the node that carries its voice.</summary>
/// <remarks>A plan is whole: what it does not name should not be. Of two plans the one with the higher (epoch, number) holds.</remarks>
/// <param name="Room">The room.</param>
/// <param name="Title">What its callers are told it is.</param>
/// <param name="Owner">The agency on whose behalf the room dials.</param>
/// <param name="Epoch">Raised by each activation of the room.</param>
/// <param name="Number">Raised by each change within an epoch.</param>
/// <param name="Open">False when the room is over and everything comes down.</param>
/// <param name="Legs">Every leg that should be there.</param>
/// <param name="Type">The kind of incident, for those who are asked in.</param>
/// <param name="Priority">How urgent it is.</param>
/// <param name="Recording">Whether the room knows its voice to be recorded; whether it should be, its owner's rule says.</param>
[GenerateSerializer, Alias("interop.room-plan")]
public sealed record RoomPlan(
    RoomCode Room,
    string Title,
    AgencyId Owner,
    long Epoch,
    long Number,
    bool Open,
    IReadOnlyList<PlannedLeg> Legs,
    string Type = "",
    Priority Priority = Priority.Routine,
    RecordingStatus Recording = RecordingStatus.Off);

/// <summary>One leg as it should be.</summary>
/// <param name="Id">The leg.</param>
/// <param name="Kind">Which bridge brings it up.</param>
/// <param name="Mode">What it may do: the narrower of what the room lets it and what it chose itself.</param>
/// <param name="Status">Where the room last knew it to be.</param>
/// <param name="Party">Who it is; its address is where a lost one is called back.</param>
/// <param name="Dialled">True when the room rang the party, false when the party rang the room.</param>
/// <param name="Gateway">For a radio: how to reach it.</param>
/// <param name="Ask">How it is asked in; null when it needs no asking, or has said yes. Until then it neither hears the room nor is heard, whatever its mode.</param>
/// <param name="Priority">Its standing among those who want the floor.</param>
/// <param name="Gain">How much louder than it came the room hears it, in dB.</param>
/// <param name="Anew">While it is lost: whether its call is of no use any more, and a new one is to be made.</param>
/// <param name="Deaf">Whether nothing of the room reaches it, since it is lent to be listened to.</param>
[GenerateSerializer, Alias("interop.planned-leg")]
public sealed record PlannedLeg(
    LegId Id,
    LegKind Kind,
    LegMode Mode,
    LegStatus Status,
    Party Party,
    bool Dialled,
    RadioGateway? Gateway,
    LegAsk? Ask = null,
    Priority Priority = Priority.Routine,
    int Gain = 0,
    bool Anew = false,
    bool Deaf = false);
