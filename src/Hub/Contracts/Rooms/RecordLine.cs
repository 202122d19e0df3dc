using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Journal;

namespace Interop.Hub.Contracts.Rooms;

/// <summary>What an entry of the record is about, for whoever asks who heard, saw, shared, refused or lost what.</summary>
public enum RecordAspect
{
    /// <summary>The room itself: opened, changed, closed.</summary>
    Room,

    /// <summary>Who was asked in, and who came.</summary>
    Invited,

    /// <summary>Who was connected to the room's voice, and how.</summary>
    Heard,

    /// <summary>What the members were shown: chat, video, alerts.</summary>
    Seen,

    /// <summary>What was lent, and taken back.</summary>
    Shared,

    /// <summary>Who or what said no.</summary>
    Refused,

    /// <summary>What broke, or did not arrive.</summary>
    Lost,

    /// <summary>What was recorded, and who was given the record.</summary>
    Kept,
}

/// <summary>A leg that was connected, or was no more.</summary>
/// <param name="Leg">The leg.</param>
/// <param name="Name">What it was called then.</param>
/// <param name="Agency">Whose it was.</param>
/// <param name="There">Whether it was connected from then on.</param>
[GenerateSerializer, Immutable, Alias("interop.presence")]
public sealed record Presence(LegId Leg, string Name, AgencyId Agency, bool There);

/// <summary>One entry of a room's record, in words.</summary>
/// <param name="Entry">As it was written. Withheld, it has neither data nor actor, and its hash keeps its place in the chain.</param>
/// <param name="Aspect">What it is about.</param>
/// <param name="By">Who did it, with their agency, as people read it.</param>
/// <param name="Text">What was done, to be read behind <paramref name="By"/>.</param>
/// <param name="Presence">Whose connection began or ended with it.</param>
/// <param name="Withheld">Whether the reader may not know what it says.</param>
[GenerateSerializer, Immutable, Alias("interop.record-line")]
public sealed record RecordLine(JournalEntry Entry, RecordAspect Aspect, string By, string Text, IReadOnlyList<Presence> Presence, bool Withheld = false)
{
    /// <summary>All that a withheld line says.</summary>
    public const string WithheldText = "is withheld: only members who hear and see it read it";
}

/// <summary>The record is given to somebody to keep, whole.</summary>
/// <param name="Format"><c>json</c> or <c>html</c>.</param>
[GenerateSerializer, Alias("interop.room-command.take-record")]
public sealed record TakeRecord(string Format) : RoomCommand;
