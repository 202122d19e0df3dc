using System.Text.Json.Serialization;
using Interop.Hub.Contracts.Alerts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Hub.Contracts.Live;

/// <summary>What changed in a room, in order; after a gap in the revision the reader fetches a snapshot.</summary>
[GenerateSerializer, Immutable, Alias("interop.room-delta")]
public sealed record RoomDelta(RoomCode Room, LiveRevision Revision, IReadOnlyList<RoomChange> Changes);

/// <summary>One thing that changed: put it in place of the one with its id, or take the id away.</summary>
[GenerateSerializer, Alias("interop.room-change")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(HeaderChanged), "header")]
[JsonDerivedType(typeof(InviteChanged), "invite")]
[JsonDerivedType(typeof(LegChanged), "leg")]
[JsonDerivedType(typeof(ShareChanged), "share")]
[JsonDerivedType(typeof(ShareGone), "shareGone")]
[JsonDerivedType(typeof(ChatChanged), "chat")]
[JsonDerivedType(typeof(VideoChanged), "video")]
[JsonDerivedType(typeof(VideoGone), "videoGone")]
[JsonDerivedType(typeof(AlertChanged), "alert")]
[JsonDerivedType(typeof(SoundChanged), "sound")]
[JsonDerivedType(typeof(LinkChanged), "link")]
[JsonDerivedType(typeof(GuestChanged), "guest")]
public abstract record RoomChange;

/// <summary>The room's title, state or place.</summary>
[GenerateSerializer, Alias("interop.room-change.header")]
public sealed record HeaderChanged(RoomHeader Header) : RoomChange;

/// <summary>An invitation.</summary>
[GenerateSerializer, Alias("interop.room-change.invite")]
public sealed record InviteChanged(InviteView Invite) : RoomChange;

/// <summary>A leg; one that is gone stays in the roster with its cause.</summary>
[GenerateSerializer, Alias("interop.room-change.leg")]
public sealed record LegChanged(LegView Leg) : RoomChange;

/// <summary>A lent resource.</summary>
[GenerateSerializer, Alias("interop.room-change.share")]
public sealed record ShareChanged(ShareView Share) : RoomChange;

/// <summary>A resource that was taken back.</summary>
[GenerateSerializer, Alias("interop.room-change.share-gone")]
public sealed record ShareGone(ShareId Share) : RoomChange;

/// <summary>A line of chat, new or with a delivery that failed.</summary>
[GenerateSerializer, Alias("interop.room-change.chat")]
public sealed record ChatChanged(ChatLine Line) : RoomChange;

/// <summary>A video link.</summary>
/// <param name="Except">Who takes part without video, and must not be told; it stays in the hub.</param>
[GenerateSerializer, Alias("interop.room-change.video")]
public sealed record VideoChanged(VideoLink Video, [property: JsonIgnore] IReadOnlyList<Invitee>? Except = null) : RoomChange;

/// <summary>A video link that was taken away.</summary>
[GenerateSerializer, Alias("interop.room-change.video-gone")]
public sealed record VideoGone(string Video) : RoomChange;

/// <summary>An alert, new or updated.</summary>
[GenerateSerializer, Alias("interop.room-change.alert")]
public sealed record AlertChanged(AlertSummary Alert) : RoomChange;

/// <summary>Who talks and who holds the floor.</summary>
[GenerateSerializer, Alias("interop.room-change.sound")]
public sealed record SoundChanged(IReadOnlyList<LegId> Talking, LegId? Floor) : RoomChange;

/// <summary>A link by which guests come in.</summary>
[GenerateSerializer, Alias("interop.room-change.link")]
public sealed record LinkChanged(LinkView Link) : RoomChange;

/// <summary>A guest; one that is out stays in the list with the cause.</summary>
[GenerateSerializer, Alias("interop.room-change.guest")]
public sealed record GuestChanged(GuestView Guest) : RoomChange;

/// <summary>A node that follows a room for its browsers.</summary>
[Alias("interop.room-observer")]
public interface IRoomObserver : IGrainObserver
{
    /// <summary>The next change; sent without waiting for it to be taken.</summary>
    [Alias("changed"), OneWay]
    Task Changed(RoomDelta delta);
}
