using System.Net;
using System.Net.Sockets;
using System.Text;
using Interop.Bridges.Media.Browsers;
using Interop.Bridges.Media.Loops;
using Interop.Bridges.Media.Mixing;
using Interop.Bridges.Media.Sockets;
using Interop.Bridges.Wire.Rtp;

namespace Interop.Bridges.Media.Legs;

/// <summary>Opens the sockets of legs, on the caller's thread: the tick never waits for a bind.</summary>
internal sealed class LegFactory(MediaOptions options, INetwork network, PortPool ports, TimeProvider time, Func<uint> random, Outlet outlet, MediaTotals totals)
{
    // One name for all streams of this engine; random, since RFC 7022 §4.2 wants no address in it.
    private readonly byte[] _canonicalName = Encoding.UTF8.GetBytes($"{random():x8}{random():x8}{random():x8}");

    /// <summary>Null when every pair of ports is in use.</summary>
    public (PhoneLeg Leg, PhonePort Port)? TryOpenPhone(string name, int id, PhoneSettings settings)
    {
        if (TryBindPair(settings.Family) is not { } sockets) return null;
        var rtcp = new RtcpSession(time, random, _canonicalName);
        var leg = new PhoneLeg(name, id, settings.Mode, new LevelControl(options.AutomaticLevel), MakeCounters(settings.Mode), sockets, outlet, MakeSender(), rtcp);
        return (leg, new PhonePort(sockets.Rtp.Local));
    }

    /// <summary>What protects a leg under these keys, with the numbers that its stream then begins with; null for none.</summary>
    public LegSecurity? Secure(SrtpKeys? keys) => keys is null ? null : new LegSecurity(keys, random(), new SequenceNumber((ushort)random()));

    /// <summary>A browser's leg is a phone's on a lane of the port that all browsers share.</summary>
    public PhoneLeg MakeBrowser(string name, int id, BrowserSettings settings, BrowserLane lane)
    {
        var rtcp = new RtcpSession(time, random, _canonicalName);
        var sockets = new PhoneSockets(lane, lane, Pool: null);
        // Below 32,768, so that no loss at the start hides a rollover from the browser (RFC 3711 §3.3.1).
        var sender = new RtpSender(random(), new SequenceNumber((ushort)(random() & 0x7FFF)), random());
        // A microphone is open all the time that its page is; it is heard while the key is held.
        return lane.Listener = new PhoneLeg(name, id, settings.Mode, new LevelControl(options.AutomaticLevel), MakeCounters(settings.Mode), sockets, outlet, sender, rtcp) { TalksUntil = TimeSpan.Zero };
    }

    private readonly Dictionary<(string Net, IPEndPoint Receive, IPAddress Local), RadioReception> _receptions = [];

    /// <summary>Null with the reason when the settings or the addresses cannot be used. Not for two callers at once, nor beside <see cref="Release"/>.</summary>
    public RadioLeg? TryOpenRadio(string name, int id, RadioSettings settings, out MediaRefusal? refusal)
    {
        refusal = settings.Validate();
        if (refusal is not null) return null;
        var local = settings.Interface ?? RadioAddress.Loopback(settings.Family);
        RadioReception? reception = null;
        if (settings.Receive is { } heard)
        {
            reception = Receive(settings.Net, heard, local, settings.Ttl, out refusal);
            if (reception is null) return null;
        }

        var transmit = settings.Transmit is null ? null : reception?.Socket;
        if (settings.Transmit is { } remote && (reception is null || RadioAddress.IsMulticast(settings.Receive!.Address)))
        {
            // A socket bound to a group has no address to send from.
            var source = RadioAddress.IsMulticast(remote.Address) ? local : settings.Family == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any;
            transmit = network.TryBindRadio(new IPEndPoint(source, 0), local, settings.Ttl, out refusal);
            if (transmit is null)
            {
                Abandon(reception);
                return null;
            }
        }

        return new RadioLeg(name, id, MakeCounters(settings.Mode), settings, new RadioSockets(reception, transmit), outlet, MakeSender());
    }

    /// <summary>A radio leg is closed, or will be as soon as the tick thread comes to it.</summary>
    public void Release(RadioReception reception)
    {
        if (!reception.LetGo()) return;
        foreach (var (at, known) in _receptions)
            if (known == reception)
            {
                _receptions.Remove(at);
                return;
            }
    }

    /// <summary>The same for a leg that the tick thread never heard of.</summary>
    public void Abandon(RadioReception? reception)
    {
        if (reception is null) return;
        Release(reception);
        // Whoever else listened is counted, and gives it back; so where the count is nothing now, nobody listens.
        reception.End();
    }

    // Only legs of one channel share: two channels at one address are a mistake, which the system then tells of.
    private RadioReception? Receive(string? net, IPEndPoint heard, IPAddress local, int timeToLive, out MediaRefusal? refusal)
    {
        refusal = null;
        if (net is not null && _receptions.TryGetValue((net, heard, local), out var known))
        {
            known.Hold();
            return known;
        }

        if (network.TryBindRadio(heard, local, timeToLive, out refusal) is not { } socket) return null;
        var reception = new RadioReception(socket);
        if (net is not null) _receptions[(net, heard, local)] = reception;
        return reception;
    }

    /// <summary>A room's mark among contributing sources; never 0.</summary>
    public uint NewMark() => 1 + (random() % (LoopGuard.MarksEnd - 1));

    private PhoneSockets? TryBindPair(AddressFamily? family)
    {
        var address = options.Bind.FirstOrDefault(bind => bind.AddressFamily == family) ?? options.Bind[0];
        // A port that another process holds goes to the end of the queue; each is tried once.
        for (var attempts = ports.Free; attempts > 0 && ports.TryTake(out var port); attempts--)
        {
            if (network.TryBind(new IPEndPoint(address, port)) is { } rtp)
            {
                if (network.TryBind(new IPEndPoint(address, port + 1)) is { } rtcp) return new PhoneSockets(rtp, rtcp, ports);
                rtp.Dispose();
            }

            ports.Return(port);
        }

        return null;
    }

    private RtpSender MakeSender() => new(random(), new SequenceNumber((ushort)random()), random());

    private LegCounters MakeCounters(LegMode mode) => new(totals) { Mode = mode };
}
