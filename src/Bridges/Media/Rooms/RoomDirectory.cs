using System.Threading.Channels;
using Interop.Bridges.Media.Browsers;
using Interop.Bridges.Media.Floors;
using Interop.Bridges.Media.Legs;
using Interop.Bridges.Media.Recording;
using Interop.Bridges.Media.Prompts;
using Interop.Bridges.Media.Sockets;
using Interop.Bridges.Media.Ticks;

namespace Interop.Bridges.Media.Rooms;

/// <summary>Names of rooms and legs as callers know them, and the order in which their wishes reach the tick thread.</summary>
/// <remarks>Safe from any thread: the tick thread never takes its lock, and no lock is held while it works.</remarks>
internal sealed class RoomDirectory(int maxLegs, LegFactory factory, ChannelWriter<MediaCommand> commands, Reporter reporter, BrowserPort? browsers)
{
    private static readonly MediaRefusal s_limit = new("legs-exhausted", "This node carries as many legs as it may.");
    private static readonly MediaRefusal s_busy = new("engine-busy", "The media engine takes no more changes now.");
    private static readonly MediaRefusal s_noBrowsers = new("browsers-not-served", "This node serves no browsers: the UDP port that they share, Media:BrowserPort, could not be opened when it started.");
    private static readonly MediaRefusal s_phone = new("leg-kind", "A phone leg is open under this name.");

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _rooms = [];
    private int _legs;
    private int _lastId;
    private bool _ended;

    public PhonePort? OpenPhone(string room, string name, PhoneSettings settings)
    {
        lock (_lock)
        {
            if (Lookup(room, name) is { } open) return open.Port;
            if (_ended || _legs >= maxLegs || Enter(room) is not { } entry) return null;
            if (factory.TryOpenPhone(name, ++_lastId, settings) is not { } phone) return null;
            return Add(entry, phone.Leg, phone.Port) ? phone.Port : null;
        }
    }

    public MediaRefusal? OpenRadio(string room, string name, RadioSettings settings)
    {
        lock (_lock)
        {
            if (Lookup(room, name) is { } open) return open.Leg is RadioLeg ? null : s_phone;
            if (_ended || _legs >= maxLegs) return s_limit;
            if (Enter(room) is not { } entry) return s_busy;
            if (factory.TryOpenRadio(name, ++_lastId, settings, out var refusal) is not { } radio) return refusal;
            if (Add(entry, radio, null)) return null;
            factory.Abandon(radio.Reception);
            return s_busy;
        }
    }

    /// <summary>A browser that comes again has new keys, so it gets a new leg in place of the one under its name.</summary>
    public BrowserPlace? OpenBrowser(string room, string name, BrowserSettings settings, out MediaRefusal? refusal)
    {
        lock (_lock)
        {
            refusal = browsers is null ? s_noBrowsers : s_limit;
            if (browsers is null || _ended) return null;
            if (Lookup(room, name) is not null) Close(room, name);
            if (_legs >= maxLegs) return null;
            refusal = s_busy;
            if (Lookup(room, name) is not null || Enter(room) is not { } entry) return null;
            var lane = browsers.MakeLane(room, name, settings);
            var leg = factory.MakeBrowser(name, ++_lastId, settings, lane);
            if (!commands.TryWrite(new AddBrowser(entry.Room, leg, lane, lane.FarEnd(settings))))
            {
                lane.Abandon();
                return null;
            }

            entry.Legs.Add(name, new OpenLeg(leg, null));
            _legs++;
            refusal = null;
            return browsers.PlaceOf(lane);
        }
    }

    public bool SetRemote(string room, string name, PhoneRemote remote)
    {
        var security = factory.Secure(remote.Keys);
        bool taken;
        lock (_lock) taken = Lookup(room, name)?.Leg is PhoneLeg phone && commands.TryWrite(new ChangeRemote(phone, remote, security));
        if (!taken) security?.Dispose();
        return taken;
    }

    public bool SetMode(string room, string name, LegMode mode)
    {
        lock (_lock) return Lookup(room, name) is { } open && commands.TryWrite(new ChangeMode(open.Leg, mode));
    }

    public bool SetFocus(string room, string name, bool focus)
    {
        lock (_lock) return Lookup(room, name)?.Leg is PhoneLeg phone && commands.TryWrite(new ChangeFocus(phone, focus));
    }

    public bool SetPriority(string room, string name, int priority)
    {
        lock (_lock) return Lookup(room, name) is { } open && commands.TryWrite(new ChangePriority(open.Leg, priority));
    }

    public bool Talk(string room, string name, TimeSpan lease)
    {
        lock (_lock) return Lookup(room, name)?.Leg is PhoneLeg { Counters.Connected: true } phone && commands.TryWrite(new HoldKey(phone, lease));
    }

    public bool SetGain(string room, string name, double decibels)
    {
        lock (_lock) return Lookup(room, name)?.Leg is { } leg && commands.TryWrite(new ChangeGain(leg, decibels));
    }

    public bool Press(string room, string name, char key)
    {
        lock (_lock) return Lookup(room, name)?.Leg is PhoneLeg phone && commands.TryWrite(new PressKey(phone, key));
    }

    public bool Play(string room, string name, Playback playback, bool ifQuiet)
    {
        lock (_lock) return Lookup(room, name)?.Leg is PhoneLeg phone && commands.TryWrite(new PlayPrompts(phone, playback, ifQuiet));
    }

    public bool SetTalker(string room, string name, Talker? talker)
    {
        lock (_lock) return Lookup(room, name) is { } open && commands.TryWrite(new ChangeTalker(open.Leg, talker));
    }

    public bool SetTap(string room, RoomTap? tap)
    {
        lock (_lock)
        {
            // A room that is gone has no tap; it must not come back for that.
            if (_ended || (tap is null && !_rooms.ContainsKey(room))) return tap is null;
            return Enter(room) is { } entry && commands.TryWrite(new ChangeTap(entry.Room, tap));
        }
    }

    public bool SetFloor(string room, FloorSettings settings)
    {
        lock (_lock) return !_ended && Enter(room) is { } entry && commands.TryWrite(new ChangeFloor(entry.Room, settings));
    }

    public void Close(string room, string name)
    {
        lock (_lock)
        {
            if (!_rooms.TryGetValue(room, out var entry) || !entry.Legs.TryGetValue(name, out var open)) return;
            // Kept when the queue is full: the leg is still open then, and may be closed again.
            if (!commands.TryWrite(new RemoveLeg(entry.Room, open.Leg))) return;
            entry.Legs.Remove(name);
            _legs--;
            Release(open.Leg);
        }
    }

    public void CloseRoom(string room)
    {
        lock (_lock)
        {
            if (!_rooms.TryGetValue(room, out var entry) || !commands.TryWrite(new RemoveRoom(entry.Room))) return;
            _rooms.Remove(room);
            _legs -= entry.Legs.Count;
            foreach (var open in entry.Legs.Values) Release(open.Leg);
        }
    }

    public Leg? Find(string room, string name)
    {
        lock (_lock) return Lookup(room, name)?.Leg;
    }

    public int CountLegs()
    {
        lock (_lock) return _legs;
    }

    public int CountKeyed()
    {
        lock (_lock) return _rooms.Values.Sum(entry => entry.Legs.Values.Count(open => Volatile.Read(ref open.Leg.Counters.Keyed)));
    }

    public int CountSecured()
    {
        lock (_lock) return _rooms.Values.Sum(entry => entry.Legs.Values.Count(open => Volatile.Read(ref open.Leg.Counters.Security) is not null));
    }

    /// <summary>Opens nothing any more.</summary>
    public void End()
    {
        lock (_lock)
        {
            _ended = true;
            foreach (var entry in _rooms.Values)
                foreach (var open in entry.Legs.Values) Release(open.Leg);
            _rooms.Clear();
            _legs = 0;
        }
    }

    private void Release(Leg leg)
    {
        if (leg is RadioLeg { Reception: { } reception }) factory.Release(reception);
    }

    private OpenLeg? Lookup(string room, string name) =>
        _rooms.TryGetValue(room, out var entry) && entry.Legs.TryGetValue(name, out var open) ? open : null;

    private Entry? Enter(string key)
    {
        if (_rooms.TryGetValue(key, out var entry)) return entry;
        entry = new Entry(new Room(key, reporter, factory.NewMark()), []);
        if (!commands.TryWrite(new AddRoom(entry.Room))) return null;
        _rooms.Add(key, entry);
        return entry;
    }

    private bool Add(Entry entry, Leg leg, PhonePort? port)
    {
        if (!commands.TryWrite(new AddLeg(entry.Room, leg)))
        {
            leg.Close(TimeSpan.Zero);
            return false;
        }

        entry.Legs.Add(leg.Name, new OpenLeg(leg, port));
        _legs++;
        return true;
    }

    private sealed record Entry(Room Room, Dictionary<string, OpenLeg> Legs);

    private sealed record OpenLeg(Leg Leg, PhonePort? Port);
}
