using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Journal;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Media;

namespace Interop.Hub.Contracts.Rooms;

/// <summary>One incident room; its key is the dial code.</summary>
/// <remarks>
/// The room decides and records what should be. It never awaits a peer or a browser, and no packet passes through it.
/// The node on which it is active is its anchor, where its voice is mixed.
/// </remarks>
[Alias("interop.room")]
public interface IRoomGrain : IGrainWithStringKey
{
    /// <summary>Decides a command, records what follows from it and publishes the plan.</summary>
    /// <param name="command">What is asked.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="id">Names the attempt: a repeated id is answered with the first answer and changes nothing.</param>
    [Alias("execute"), ResponseTimeout("00:00:10")]
    Task<Outcome<RoomReceipt>> Execute(RoomCommand command, Actor actor, CommandId id);

    /// <summary>The room as the actor may see it; <c>room.unknown</c> when it may not.</summary>
    [Alias("look"), ResponseTimeout("00:00:03")]
    Task<Outcome<RoomSnapshot>> Look(Actor actor);

    /// <summary>What the holder of a link's token learns before they answer; the same refusal for every link that cannot be followed.</summary>
    [Alias("offer-of-link")]
    Task<Outcome<LinkOffer>> OfferOfLink(string tokenHash);

    /// <summary>A page of the record, oldest first, for those who may see the room; what was recorded is left out for those who may not hear it.</summary>
    [Alias("read-journal")]
    Task<Outcome<IReadOnlyList<JournalEntry>>> ReadJournal(Actor actor, long afterVersion, int count);

    /// <summary>The same page in words. What the actor may not hear keeps its place and its hash, and says nothing else.</summary>
    [Alias("read-record")]
    Task<Outcome<IReadOnlyList<RecordLine>>> ReadRecord(Actor actor, long afterVersion, int count);

    /// <summary>What was recorded and is kept, newest first, for those who take part.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="before">Only what began before; null for the newest.</param>
    /// <param name="count">At most so many, and 1,000.</param>
    [Alias("recordings")]
    Task<Outcome<IReadOnlyList<RecordedSegment>>> Recordings(Actor actor, DateTimeOffset? before, int count);

    /// <summary>One recording that is kept, for those who take part; <c>recording.unknown</c> when it is not.</summary>
    [Alias("recording")]
    Task<Outcome<RecordedSegment>> Recording(Actor actor, string segment);

    /// <summary>Recordings whose time is up and that nothing holds. Until they are forgotten, or a minute has passed, no hold begins. Asked by the node that deletes them.</summary>
    [Alias("take-expired")]
    Task<IReadOnlyList<string>> TakeExpired();

    /// <summary>Brings the room up from its journal, if it is not up already.</summary>
    /// <remarks>Interleaved: it tells the list of rooms, and who brings legs back must not wait for that.</remarks>
    [Alias("wake"), AlwaysInterleave]
    Task Wake();

    /// <summary>A node answers for a leg's call from now on; live only, never recorded.</summary>
    [Alias("signal")]
    Task Signal(LegId leg, string node);

    /// <summary>Moves the room to another node, which is told to take it; it is anchored there soon after this returns.</summary>
    [Alias("move-to")]
    Task MoveTo(SiloAddress silo);

    /// <summary>A node is gone: legs whose calls it answered for are to be taken up by others.</summary>
    [Alias("lose-node")]
    Task<bool> LoseNode(string node);

    /// <summary>Gives a leg a place in the room's voice on the anchor, and says where to send for it.</summary>
    /// <remarks>
    /// Asked again for the same leg it gives the same place, with the new far end if one is named. Interleaved: after a node is
    /// lost every leg of the room asks at once, and none must wait for what is recorded of another.
    /// </remarks>
    /// <param name="leg">The leg.</param>
    /// <param name="farEnd">What the far end's SDP said, once it is known.</param>
    /// <param name="peer">The IP address of the far end's signalling: which of the anchor's advertised addresses it reaches depends on it.</param>
    [Alias("open-media"), ResponseTimeout("00:00:03"), AlwaysInterleave]
    Task<Outcome<MediaPlace>> OpenMedia(LegId leg, MediaFarEnd? farEnd, string? peer = null);

    /// <summary>Gives a browser's leg a place in the room's voice on the anchor, in place of the one that it had.</summary>
    /// <param name="leg">The leg.</param>
    /// <param name="farEnd">What the browser's offer said.</param>
    /// <param name="peer">The IP address that the browser asks from.</param>
    [Alias("open-browser-media"), ResponseTimeout("00:00:03"), AlwaysInterleave]
    Task<Outcome<BrowserPlace>> OpenBrowserMedia(LegId leg, BrowserFarEnd farEnd, string? peer);

    /// <summary>A browser's push-to-talk key is held down, or was let go; live only, never recorded.</summary>
    /// <remarks>Held, it must be told again within <see cref="Ports.IAnchorMedia.TalkLease"/>.</remarks>
    /// <returns>Whether the room hears the browser now.</returns>
    [Alias("talk"), ResponseTimeout("00:00:03")]
    Task<Outcome<bool>> Talk(LegId leg, bool held, Actor actor);

    /// <summary>A leg's phone told by signalling, and not in its voice stream, that a key was pressed.</summary>
    /// <param name="leg">The leg.</param>
    /// <param name="key">0 to 9, *, # or A to D.</param>
    [Alias("press-key"), ResponseTimeout("00:00:03")]
    Task PressKey(LegId leg, char key);

    /// <summary>The party that a leg calls rings; live only, never recorded.</summary>
    [Alias("ring"), OneWay]
    Task Ring(LegId leg);

    /// <summary>Agencies whose people look at the room now; live only, never recorded.</summary>
    [Alias("attend"), OneWay]
    Task Attend(IReadOnlyList<AgencyId> agencies);

    /// <summary>What the anchor hears now; live only, never recorded.</summary>
    [Alias("hear"), OneWay]
    Task Hear(RoomSound sound);

    /// <summary>What the anchor measured of the legs that it carries; legs that it does not name are as they were. Live only, never recorded.</summary>
    [Alias("measure"), OneWay]
    Task Measure(IReadOnlyList<MeasuredLeg> legs);

    /// <summary>Sends every change of the room to a node, until the node stops renewing.</summary>
    /// <returns>The revision after which the changes follow.</returns>
    [Alias("subscribe"), ResponseTimeout("00:00:03")]
    Task<LiveRevision> Subscribe(IRoomObserver observer);

    /// <summary>Ends a subscription.</summary>
    [Alias("unsubscribe")]
    Task Unsubscribe(IRoomObserver observer);
}

/// <summary>What a command came to.</summary>
/// <param name="Version">The journal's version after it.</param>
/// <param name="Created">What it made, if it made something: a leg, an invite, a share, a line.</param>
[GenerateSerializer, Alias("interop.room-receipt")]
public sealed record RoomReceipt(long Version, string? Created);

/// <summary>What the anchor hears: who talks, who holds the floor, which legs carry sound.</summary>
/// <param name="Talking">Legs that talk now.</param>
/// <param name="Floor">The leg that the half-duplex outputs carry, if any.</param>
[GenerateSerializer, Alias("interop.room-sound")]
public sealed record RoomSound(IReadOnlyList<LegId> Talking, LegId? Floor);
