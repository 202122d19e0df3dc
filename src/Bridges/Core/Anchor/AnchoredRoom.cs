using Interop.Bridges.Core.Legs;
using Interop.Bridges.Media;
using Interop.Bridges.Media.Legs;
using Interop.Bridges.Media.Recording;
using Interop.Bridges.Media.Sockets;
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
    private readonly Dictionary<LegId, Told> _open = [];
    private RoomPlan? _plan;

    public long Epoch
    {
        get
        {
            lock (_gate)
                return _plan?.Epoch ?? 0;
        }
    }

    /// <summary>What should be, as last heard.</summary>
    public RoomPlan? Plan
    {
        get
        {
            lock (_gate)
                return _plan;
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
            CloseUnplanned();
            foreach (var leg in plan.Legs)
                Tell(leg);
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

    public async ValueTask<Outcome<MediaPlace>> OpenAsync(LegId leg, LegMode mode, MediaFarEnd? farEnd, FarEndReach reach)
    {
        var codec = farEnd is null ? null : VoiceCodecs.Choose(farEnd.Codecs);
        if (farEnd is not null && codec is null)
            return new Refusal(RefusalKind.Invalid, "media.no-common-codec", "The far end speaks none of PCMU, PCMA, G.722, L16 and, where it is installed, Opus.");

        var keys = farEnd?.Keys is { } told ? SrtpKeys.Read(told.Suite, told.Ours, told.Theirs) : null;
        if (farEnd?.Keys is not null && keys is null)
            return new Refusal(RefusalKind.Invalid, "media.keys-unusable", "The far end's SRTP keys do not fit their suite.");

        Task<PhonePort?> opening;
        lock (_gate)
        {
            if (Planned(leg) is not { } planned)
                return new Refusal(RefusalKind.NotFound, "leg.gone", "The leg is no longer in the room.");
            planned = planned with { Mode = mode };
            opening = engine.OpenPhoneAsync(code.Value, leg.Value, new PhoneSettings { Mode = Engine(planned), Family = reach.Family }, CancellationToken.None);
            _open[leg] = default;
            Tell(planned);
        }

        if (await opening is not { } port)
            return new Refusal(RefusalKind.Unavailable, "media.no-port", "All media ports are in use; widen Media:Ports or drop legs.");
        if (farEnd is not null)
            engine.SetRemote(code.Value, leg.Value, VoiceCodecs.Remote(farEnd, codec!, keys) with { Signals = reach.Signals });
        return new MediaPlace(reach.To(port.Local.Address).ToString(), port.Local.Port, codec);
    }

    public Outcome<BrowserPlace> OpenBrowser(LegId leg, LegMode mode, BrowserFarEnd farEnd, FarEndReach reach)
    {
        if (VoiceCodecs.Choose(farEnd.Codecs) is not { } codec)
            return new Refusal(RefusalKind.Invalid, "media.no-common-codec", "The browser speaks neither PCMU nor PCMA.");
        lock (_gate)
        {
            if (Planned(leg) is not { } planned)
                return new Refusal(RefusalKind.NotFound, "leg.gone", "The leg is no longer in the room.");
            planned = planned with { Mode = mode };
            if (engine.OpenBrowser(code.Value, leg.Value, VoiceCodecs.Browser(farEnd, codec, Engine(planned)), out var refusal) is not { } place)
                return new Refusal(RefusalKind.Unavailable, refusal!.Code, refusal.Text);
            _open[leg] = default;
            Tell(planned);
            return new BrowserPlace(
                [.. place.EndPoints.SelectMany(reach.Every).Distinct().Select(static endPoint => endPoint.ToString())], place.Local.Ufrag, place.Local.Password, place.Fingerprint.ToString(), codec);
        }
    }

    public async Task<LegAttempt> OpenRadioAsync(LegId leg, RadioSettings settings)
    {
        Task<MediaRefusal?> opening;
        lock (_gate)
        {
            if (Planned(leg) is not { } planned)
                return LegAttempt.Lost("the channel was withdrawn");
            opening = engine.OpenRadioAsync(code.Value, leg.Value, settings with { Mode = Engine(planned) }, CancellationToken.None);
            _open[leg] = default;
            Tell(planned);
        }

        return await opening is { } refused ? LegAttempt.Lost(refused.Text) : LegAttempt.Up;
    }

    private void CloseUnplanned()
    {
        List<LegId>? unplanned = null;
        foreach (var leg in _open.Keys)
            if (Planned(leg) is null)
                (unplanned ??= []).Add(leg);
        foreach (var leg in unplanned ?? [])
        {
            _open.Remove(leg);
            engine.Close(code.Value, leg.Value);
        }
    }

    private PlannedLeg? Planned(LegId leg)
    {
        foreach (var planned in _plan?.Legs ?? [])
            if (planned.Id == leg)
                return planned;
        return null;
    }

    /// <summary>Told again until the engine has taken it: a mute that was not taken must not pass for one that was.</summary>
    private void Tell(PlannedLeg leg)
    {
        if (!_open.TryGetValue(leg.Id, out var told))
            return;
        var (mode, priority, focus) = (Engine(leg), (int)leg.Priority, leg.Party.Focus is not null);
        if (told.Mode != mode && engine.SetMode(code.Value, leg.Id.Value, mode))
            told.Mode = mode;
        if (told.Priority != priority && engine.SetPriority(code.Value, leg.Id.Value, priority))
            told.Priority = priority;
        var talker = new Talker(leg.Party.Name, leg.Party.Agency.Value);
        if (told.Talker != talker && engine.SetTalker(code.Value, leg.Id.Value, talker))
            told.Talker = talker;
        if (told.Focus != focus && engine.SetFocus(code.Value, leg.Id.Value, focus))
            told.Focus = focus;
        if (told.Gain != leg.Gain && engine.SetGain(code.Value, leg.Id.Value, leg.Gain))
            told.Gain = leg.Gain;
        _open[leg.Id] = told;
    }

    /// <summary>Whoever is still to be asked hears the questions alone, and nobody hears it, from its first packet on.</summary>
    private static Media.Legs.LegMode Engine(PlannedLeg leg)
    {
        if (leg.Ask is not null)
            return Media.Legs.LegMode.Hold;
        if (leg.Deaf)
            return leg.Mode == LegMode.Talk ? Media.Legs.LegMode.Speak : Media.Legs.LegMode.Hold;
        return leg.Mode switch
        {
            LegMode.Talk => Media.Legs.LegMode.Talk,
            LegMode.Listen => Media.Legs.LegMode.Listen,
            LegMode.Muted => Media.Legs.LegMode.Muted,
        };
    }

    /// <summary>What the engine was told of a leg; null where it was told nothing yet, and no focus.</summary>
    private record struct Told(Media.Legs.LegMode? Mode, int? Priority, bool Focus, int? Gain, Talker? Talker);
}
