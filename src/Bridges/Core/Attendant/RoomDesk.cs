using Interop.Bridges.Media.Prompts;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Bridges.Core.Attendant;

/// <summary>Does what a party in a room wishes by key, and says what came of it.</summary>
internal sealed class RoomDesk(RoomCode code, LegId leg, IRoomGrain room, Phrases phrases)
{
    /// <summary>Does it; the party hears what is returned.</summary>
    public async Task<IReadOnlyList<PromptAudio>> DoAsync(RoomWish wish, PlannedLeg planned)
    {
        if (wish == RoomWish.Help)
            return phrases.Say("key.help");
        var looked = await room.Look(Actor.Hub);
        if (!looked.Ok || Find(looked.Value) is not { } view)
            return phrases.Say("key.not-done");
        return wish switch
        {
            RoomWish.Mute => await ChooseAsync(view, view.Own == LegMode.Muted ? LegMode.Talk : LegMode.Muted, planned),
            RoomWish.Listen => await ChooseAsync(view, view.Own == LegMode.Listen ? LegMode.Talk : LegMode.Listen, planned),
            RoomWish.Roster => await phrases.RosterAsync([.. looked.Value.Legs.Where(other => other.Status == LegStatus.Up).Select(other => other.Party.Agency)]),
            _ => [],
        };
    }

    /// <summary>Lets the party go: it left, and is not called back.</summary>
    public Task LeaveAsync() => room.Execute(new LegLeft(leg, "left by key"), Actor.Hub, NewId());

    private LegView? Find(RoomSnapshot snapshot)
    {
        foreach (var view in snapshot.Legs)
            if (view.Id == leg)
                return view;
        return null;
    }

    private async Task<IReadOnlyList<PromptAudio>> ChooseAsync(LegView view, LegMode own, PlannedLeg planned)
    {
        var actor = new Actor(ActorKind.Phone, planned.Party.Agency, planned.Party.Name, Role.Member);
        var done = await room.Execute(new ChooseLegMode(leg, own), actor, NewId());
        return phrases.Say(!done.Ok ? "key.not-done" : (own, view.Mode) switch
        {
            (LegMode.Muted, _) => "key.muted",
            (LegMode.Listen, _) => "key.listening",
            // It lifts its own choice only: what was laid on the leg stays, and the party must know whom to ask.
            (LegMode.Talk, LegMode.Muted) => "key.muted-by-dispatcher",
            (LegMode.Talk, LegMode.Listen) => "key.listening-by-dispatcher",
            (LegMode.Talk, LegMode.Talk) => view.Own == LegMode.Muted ? "key.unmuted" : "key.talking",
        });
    }

    private CommandId NewId() => new($"key-{code}-{Guid.NewGuid():N}");
}
