using Interop.Bridges.Media;
using Interop.Bridges.Media.Legs;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Media;
using Interop.Hub.Contracts.Rooms;
using LegMode = Interop.Hub.Contracts.Rooms.LegMode;

namespace Interop.Bridges.Core.Anchor;

/// <summary>One room's voice on this node: what the engine was last told, held against the newest plan.</summary>
/// <remarks>A lock guards the little state; the engine's calls only queue a command, so nothing is awaited under it.</remarks>
internal sealed class AnchoredRoom(RoomCode code, MediaEngine engine)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<LegId, LegMode> _modes = [];
    private RoomPlan? _plan;

    public long Epoch
    {
        get
        {
            lock (_gate)
                return _plan?.Epoch ?? 0;
        }
    }

    /// <summary>Makes the plan true in the engine; false when a newer one already is.</summary>
    public bool Apply(RoomPlan plan)
    {
        lock (_gate)
        {
            if (_plan is { } current && (plan.Epoch, plan.Number).CompareTo((current.Epoch, current.Number)) < 0)
                return false;
            _plan = plan;
            CloseUnplanned(plan);
            foreach (var leg in plan.Legs)
                SetMode(leg.Id, leg.Mode);
            if (!plan.Open)
                engine.CloseRoom(code.Value);
            return true;
        }
    }

    public void CloseAll()
    {
        lock (_gate)
            engine.CloseRoom(code.Value);
    }

    public async ValueTask<Outcome<MediaPlace>> OpenAsync(LegId leg, LegMode mode, MediaFarEnd? farEnd, string advertisedAddress)
    {
        var codec = farEnd is null ? null : VoiceCodecs.Choose(farEnd.Codecs);
        if (farEnd is not null && codec is null)
            return new Refusal(RefusalKind.Invalid, "media.no-common-codec", "The far end speaks neither PCMU nor PCMA at 8 kHz.");

        var port = await engine.OpenPhoneAsync(code.Value, leg.Value, new PhoneSettings(), CancellationToken.None);
        if (port is null)
            return new Refusal(RefusalKind.Unavailable, "media.no-port", "All media ports are in use; widen Media:Ports or drop legs.");

        if (farEnd is not null)
            engine.SetRemote(code.Value, leg.Value, VoiceCodecs.Remote(farEnd, codec!));
        lock (_gate)
        {
            _modes.Remove(leg);
            SetMode(leg, mode);
        }

        return new MediaPlace(advertisedAddress, port.Local.Port, codec);
    }

    private void CloseUnplanned(RoomPlan plan)
    {
        List<LegId>? unplanned = null;
        foreach (var leg in _modes.Keys)
            if (!Plans(plan, leg))
                (unplanned ??= []).Add(leg);
        foreach (var leg in unplanned ?? [])
        {
            _modes.Remove(leg);
            engine.Close(code.Value, leg.Value);
        }
    }

    private static bool Plans(RoomPlan plan, LegId leg)
    {
        foreach (var planned in plan.Legs)
            if (planned.Id == leg)
                return true;
        return false;
    }

    private void SetMode(LegId leg, LegMode mode)
    {
        if (_modes.TryGetValue(leg, out var told) && told == mode)
            return;
        _modes[leg] = mode;
        engine.SetMode(code.Value, leg.Value, mode switch
        {
            LegMode.Talk => Media.Legs.LegMode.Talk,
            LegMode.Listen => Media.Legs.LegMode.Listen,
            LegMode.Muted => Media.Legs.LegMode.Muted,
        });
    }
}
