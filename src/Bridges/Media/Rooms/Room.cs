using Interop.Bridges.Media.Floors;
using Interop.Bridges.Media.Legs;
using Interop.Bridges.Media.Loops;
using Interop.Bridges.Media.Recording;

namespace Interop.Bridges.Media.Rooms;

/// <summary>The legs that hear each other, and the floor of their half-duplex outputs. Owned by the tick thread.</summary>
internal sealed class Room
{
    private readonly Reporter _reporter;
    private readonly List<Leg> _legs = [];
    private readonly List<PhoneLeg> _phones = [];
    private readonly List<RadioLeg> _radios = [];
    private readonly LoopGuard _loops;
    private readonly PassThrough _passing;
    private readonly RoomEncoders _encoders = new();
    private FloorParty[] _parties = new FloorParty[8];
    private FloorState _floor;

    public Room(string key, Reporter reporter, uint mark)
    {
        (Key, _reporter, _loops) = (key, reporter, new LoopGuard(mark));
        _passing = new PassThrough(_phones);
    }

    public string Key { get; }

    public FloorSettings FloorSettings { get; set; } = new();

    /// <summary>Takes a copy of what is heard, where the room is recorded.</summary>
    public RoomTap? Tap { get; set; }

    public IReadOnlyList<Leg> Legs => _legs;

    public int Radios => _radios.Count;

    public void Add(Leg leg)
    {
        if (_legs.Count == _parties.Length) Array.Resize(ref _parties, 2 * _parties.Length);
        _parties[_legs.Count] = new FloorParty { Id = leg.Id };
        _legs.Add(leg);
        if (leg is PhoneLeg phone) _phones.Add(phone);
        if (leg is RadioLeg radio) _radios.Add(radio);
    }

    public void Remove(Leg leg, TimeSpan now)
    {
        var index = _legs.IndexOf(leg);
        if (index < 0) return;
        _legs.RemoveAt(index);
        _parties.AsSpan(index + 1, _legs.Count - index).CopyTo(_parties.AsSpan(index));
        if (leg is PhoneLeg phone)
        {
            _passing.Forget(phone);
            _phones.Remove(phone);
        }

        if (leg is RadioLeg radio && _radios.Remove(radio) && radio.ReportedKeyed) _reporter.Report(MediaReportKind.RadioUnkeyed, Key, leg.Name, now);
        if (leg.ReportedTalking) _reporter.Report(MediaReportKind.TalkStopped, Key, leg.Name, now);
        if (leg is PhoneLeg { Loop.Out: true }) _reporter.Report(MediaReportKind.LoopEnded, Key, leg.Name, now);
        leg.Close(now);
        // Without a radio nothing steps the floor any more, and its last holder would seem to keep it.
        if (_radios.Count == 0) Move(default, now);
    }

    public void Skip(int ticks)
    {
        Tap?.Skip(ticks);
        for (var i = 0; i < _legs.Count; i++)
        {
            if (_legs[i] is PhoneLeg { IsPassedTo: true } passed) passed.PassTicks(ticks);
            else _legs[i].Skip(ticks);
        }
    }

    public void Discard(Span<byte> buffer)
    {
        _passing.End();
        for (var i = 0; i < _legs.Count; i++) _legs[i].Discard(buffer);
    }

    /// <summary>Hears everybody, mixes, and speaks to everybody.</summary>
    public void Tick(Mixdown mixdown, TimeSpan now)
    {
        mixdown.Begin(_encoders);
        Listen(mixdown, now);
        for (var i = 0; i < _phones.Count; i++)
        {
            var phone = _phones[i];
            if (_loops.Judge(phone, _phones, now)) ReportLoop(phone, now);
            mixdown.Expect(phone);
        }

        for (var i = 0; i < _phones.Count; i++)
        {
            var phone = _phones[i];
            if (phone.IsFocus || !phone.Carried.IsEmpty) List(phone);
            if (phone.IsPassedTo) phone.PassTicks(1);
            else if (phone.IsAhead && _passing.GivesBack && !phone.IsPrompted) phone.PassTicks(1);
            else phone.Speak(SoundFor(phone, mixdown));
        }

        Tap?.Take(_legs, mixdown);
        if (_radios.Count > 0) KeyRadios(now);
    }

    private void Listen(Mixdown mixdown, TimeSpan now)
    {
        Leg? lone = null;
        var (talkers, loud) = (0, false);
        for (var i = 0; i < _legs.Count; i++)
        {
            var leg = _legs[i];
            leg.Listen(now);
            Report(leg, now);
            if (!leg.Heard) continue;
            mixdown.Add(leg);
            talkers++;
            lone = leg;
            loud |= leg is not PhoneLeg phone || phone.Loud;
        }

        _passing.Judge(talkers, talkers == 1 ? lone as PhoneLeg : null, loud, now);
    }

    private static ReadOnlySpan<byte> SoundFor(PhoneLeg phone, Mixdown mixdown)
    {
        var prompt = phone.Prompt;
        return (phone.Mode, phone.Heard) switch
        {
            // Whoever brings the room's own sound back gets none of it either: else it would go round the other way.
            _ when phone.Loop.Out => mixdown.Silence(phone),
            (LegMode.Hold or LegMode.Speak, _) => prompt.IsEmpty ? mixdown.Silence(phone) : mixdown.Prompt(phone, prompt),
            (_, true) => prompt.IsEmpty ? mixdown.ForTalker(phone) : mixdown.Over(phone, prompt),
            (_, false) => prompt.IsEmpty ? mixdown.ForListener(phone) : mixdown.Over(phone, prompt),
        };
    }

    private void List(PhoneLeg phone)
    {
        if (phone.IsFocus && phone.Mode is not (LegMode.Hold or LegMode.Speak)) _loops.List(phone, _legs);
        else phone.Carried.Clear();
    }

    private void KeyRadios(TimeSpan now)
    {
        var parties = _parties.AsSpan(0, _legs.Count);
        for (var i = 0; i < parties.Length; i++) (parties[i].Talking, parties[i].Priority) = (_legs[i].Heard, _legs[i].Priority);
        Move(FloorRule.Step(FloorSettings, _floor, parties, now), now);

        // During the hang time the floor is kept, but a radio that is keyed for it would only delay the answer.
        var holder = Find(_floor.Holder);
        if (holder is { Heard: false }) holder = null;
        for (var i = 0; i < _radios.Count; i++)
        {
            var radio = _radios[i];
            radio.Transmit(holder is null || holder == radio ? default : holder.FrameIn(radio.Band), now);
            if (radio.Keyed == radio.ReportedKeyed) continue;
            radio.ReportedKeyed = radio.Keyed;
            _reporter.Report(radio.Keyed ? MediaReportKind.RadioKeyed : MediaReportKind.RadioUnkeyed, Key, radio.Name, now);
        }
    }

    private void Move(FloorState next, TimeSpan now)
    {
        var before = _floor.Holder;
        _floor = next;
        if (next.Holder == before) return;
        if (next.Holder == 0) _reporter.Report(MediaReportKind.FloorFreed, Key, null, now);
        else _reporter.Report(MediaReportKind.FloorTaken, Key, Find(next.Holder)?.Name, now);
    }

    private Leg? Find(int id)
    {
        if (id == 0) return null;
        for (var i = 0; i < _legs.Count; i++)
            if (_legs[i].Id == id) return _legs[i];
        return null;
    }

    private void ReportLoop(PhoneLeg leg, TimeSpan now)
    {
        if (leg.Loop.Out) leg.Counters.CountLoop();
        _reporter.Report(leg.Loop.Out ? MediaReportKind.LoopBegan : MediaReportKind.LoopEnded, Key, leg.Name, now);
    }

    private void Report(Leg leg, TimeSpan now)
    {
        if (!leg.ReportedFirstPacket && leg.HasReceived)
        {
            leg.ReportedFirstPacket = true;
            _reporter.Report(MediaReportKind.FirstPacket, Key, leg.Name, now);
        }

        if (leg is PhoneLeg phone)
        {
            foreach (var pressed in phone.TakeKeys()) _reporter.Report(MediaReportKind.Key, Key, leg.Name, now, pressed);
            if (phone.TakeKeysIgnored()) _reporter.Report(MediaReportKind.KeysIgnored, Key, leg.Name, now);
        }

        if (leg.Heard == leg.ReportedTalking) return;
        leg.ReportedTalking = leg.Heard;
        leg.Counters.Talk(leg.Heard, now);
        _reporter.Report(leg.Heard ? MediaReportKind.TalkStarted : MediaReportKind.TalkStopped, Key, leg.Name, now);
    }
}
