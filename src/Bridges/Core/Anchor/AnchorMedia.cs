using System.Collections.Concurrent;
using Interop.Bridges.Core.Attendant;
using Interop.Bridges.Core.Legs;
using Interop.Bridges.Core.Recording;
using Interop.Bridges.Media;
using Interop.Bridges.Media.Legs;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Media;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Rooms;
using LegMode = Interop.Hub.Contracts.Rooms.LegMode;

namespace Interop.Bridges.Core.Anchor;

/// <summary>Compiles the plans of the rooms anchored here into commands of the media engine.</summary>
/// <remarks>What restricts (mute, drop, close) reaches the engine before <see cref="Publish"/> returns, so within a tick.</remarks>
internal sealed class AnchorMedia(
    MediaEngine engine,
    ReconcileLoops loops,
    Attendants attendants,
    AnchorOptions options,
    RoomRecordings? recordings = null,
    RecordingNotices? notices = null) : IAnchorMedia, IAnchorRadio, IAnchorBrowsers
{
    private static readonly TimeSpan s_silence = TimeSpan.FromMilliseconds(600);

    private readonly ConcurrentDictionary<RoomCode, AnchoredRoom> _rooms = new();

    /// <summary>What should be in the rooms whose voice this node carries.</summary>
    public IReadOnlyList<RoomPlan> Plans => [.. _rooms.Values.Select(static room => room.Plan).OfType<RoomPlan>()];

    public void Publish(RoomPlan plan)
    {
        var room = _rooms.GetOrAdd(plan.Room, static (code, engine) => new AnchoredRoom(code, engine), engine);
        if (!room.Apply(plan))
            return;
        loops.Pursue(plan);
        attendants.Follow(plan);
        recordings?.Follow(plan);
        notices?.Follow(plan);
        if (!plan.Open)
            _rooms.TryRemove(plan.Room, out _);
    }

    public async ValueTask<Outcome<MediaPlace>> Open(RoomCode room, LegId leg, LegMode mode, MediaFarEnd? farEnd, string? peer)
    {
        if (!_rooms.TryGetValue(room, out var anchored))
            return new Refusal(RefusalKind.Unavailable, "media.not-anchored", "This node does not carry the room's voice; try again.");
        return await anchored.OpenAsync(leg, mode, farEnd, options.Reach(peer, farEnd?.Address));
    }

    public ValueTask<Outcome<BrowserPlace>> OpenBrowser(RoomCode room, LegId leg, LegMode mode, BrowserFarEnd farEnd, string? peer) => ValueTask.FromResult(
        _rooms.TryGetValue(room, out var anchored)
            ? anchored.OpenBrowser(leg, mode, farEnd, options.Reach(peer, voice: null))
            : new Refusal(RefusalKind.Unavailable, "media.not-anchored", "This node does not carry the room's voice; try again."));

    /// <summary>TALK must not light where no sound arrives: a browser sends silence too, so one that is not heard has lost its way.</summary>
    public Refusal? Talk(RoomCode room, LegId leg, bool held)
    {
        if (!held)
        {
            engine.Talk(room.Value, leg.Value, TimeSpan.Zero);
            return null;
        }

        if (engine.Read(room.Value, leg.Value) is not { Connected: true, SinceLastPacket: { } since } || since > s_silence)
            return new Refusal(RefusalKind.Unavailable, "talk.not-heard", "The hub gets no sound from your microphone; nobody hears you.");
        return engine.Talk(room.Value, leg.Value, IAnchorMedia.TalkLease)
            ? null
            : new Refusal(RefusalKind.Unavailable, "talk.busy", "The voice engine takes no more changes now; press again.");
    }

    public bool IsConnected(RoomCode room, LegId leg) => engine.Read(room.Value, leg.Value) is { Connected: true };

    public void PressKey(RoomCode room, LegId leg, char key) => engine.Press(room.Value, leg.Value, key);

    public Task<LegAttempt> OpenAsync(RoomCode room, LegId leg, RadioSettings settings) =>
        _rooms.TryGetValue(room, out var anchored)
            ? anchored.OpenRadioAsync(leg, settings)
            : Task.FromResult(LegAttempt.Lost("this node does not carry the room's voice"));

    public bool IsOpen(RoomCode room, LegId leg) => engine.Read(room.Value, leg.Value) is not null;

    public void Release(RoomCode room, long epoch)
    {
        if (_rooms.TryGetValue(room, out var anchored) && anchored.Epoch == epoch && _rooms.TryRemove(room, out _))
        {
            loops.Abandon(room);
            attendants.Abandon(room);
            recordings?.Abandon(room);
            notices?.Abandon(room);
            anchored.CloseAll();
        }
    }
}
