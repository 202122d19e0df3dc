using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Hub.Domain.Rooms;

/// <summary>Chat, video links and alerts.</summary>
internal static class Conversation
{
    /// <summary>Entries of the record that only those read who take part with video; what is lent may be a camera, with its link.</summary>
    public static IReadOnlyList<string> ForViewers { get; } = ["video.posted", "video.removed", "share.lent"];

    public static Decision Post(RoomState state, PostChat command, Actor actor)
    {
        if (FieldRules.Text("text", command.Text, Limits.TextLength) is { } wrong)
            return wrong;
        if (RoomRules.NotOver(state) is { } over)
            return over;
        var from = command.From is { } id ? state.Leg(id)?.Party.Name ?? actor.Name : actor.Name;
        return new ChatPosted(new Numbering(state).Line(), from, actor.Agency, Via(actor.Kind), command.Text, command.From);
    }

    public static Decision Undelivered(RoomState state, ChatUndelivered command)
    {
        if (state.Leg(command.Leg) is not { } leg)
            return Refusals.NoLeg(command.Leg);
        var line = state.Chat.Find(candidate => candidate.Id == command.Line);
        if (line is null || line.Undelivered.Any(failed => failed.Leg == command.Leg))
            return Decision.Nothing;
        return new ChatNotDelivered(command.Line, command.Leg, leg.Party.Name, FieldRules.Cut(command.Cause, Limits.ReasonLength));
    }

    public static Decision PostVideo(RoomState state, PostVideo command, Actor actor)
    {
        if (FieldRules.Line("title", command.Title, Limits.TitleLength) is { } wrong)
            return wrong;
        if (FieldRules.Url("url", command.Url) is { } wrongUrl)
            return wrongUrl;
        if (RoomRules.NotOver(state) is { } over)
            return over;
        if (!Memberships.SeesVideo(state, actor))
            return Refusals.NoVideo();
        if (state.Videos.Count >= Limits.Videos)
            return Refusals.Full("video.too-many", "video links", Limits.Videos, "remove one first");
        return new VideoPosted(new Numbering(state).Video(), command.Title.Trim(), command.Url, actor.Agency);
    }

    public static Decision RemoveVideo(RoomState state, RemoveVideo command)
    {
        if (RoomRules.NotOver(state) is { } over)
            return over;
        return state.Videos.Find(video => video.Id == command.Video) is { } video
            ? video.Share is { } share ? new ShareWithdrawn(share, null) : new VideoRemoved(command.Video)
            : new Refusal(RefusalKind.NotFound, "video.unknown", $"The room has no video {command.Video}.");
    }

    public static Decision Attach(RoomState state, AttachAlert command)
    {
        if (RoomRules.NotOver(state) is { } over)
            return over;
        var known = state.Alerts.Find(alert => alert.Id == command.Alert.Id);
        return known is not null && known.Revision >= command.Alert.Revision
            ? Decision.Nothing
            : new AlertAttached(command.Alert with { Room = state.Code });
    }

    /// <summary>What a sensor raised before it was lent, or after, is not the room's to know.</summary>
    public static Decision Bring(RoomState state, BringAlert command) =>
        !state.IsOver && state.Shares.Exists(share =>
            share.View is { Kind: ResourceKind.Sensor } view && view.Resource == command.Sensor && command.Alert.ReceivedAt >= view.LentAt)
            ? Attach(state, new AttachAlert(command.Alert))
            : Decision.Nothing;

    private static string Via(ActorKind kind) => kind switch
    {
        ActorKind.Person => "console",
        ActorKind.Phone => "sip",
        ActorKind.Guest => "link",
        _ => "api",
    };
}
