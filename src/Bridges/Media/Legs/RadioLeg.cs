using Interop.Bridges.Media.Mixing;
using Interop.Bridges.Media.Sockets;
using Interop.Bridges.Wire.Rtp;

namespace Interop.Bridges.Media.Legs;

/// <summary>The sockets of a radio: what it receives is shared with others of its channel, and when reception is unicast it sends from there too.</summary>
internal sealed record RadioSockets(RadioReception? Reception, IDatagramSocket? Transmit)
{
    /// <summary>The tick thread, once the leg has left its reception.</summary>
    public void Dispose()
    {
        if (Transmit != Reception?.Socket) Transmit?.Dispose();
        Reception?.End();
    }
}

/// <summary>A half-duplex leg behind a gateway. While the hub keys it, and for the tail after, it hears nothing.</summary>
internal sealed class RadioLeg(string name, int id, LegCounters counters, RadioSettings settings, RadioSockets sockets, Outlet outlet, RtpSender sender)
    : Leg(name, id, settings.Mode, new LevelControl(automatic: false), counters)
{
    private readonly RadioTransmitter _transmitter = new(settings, sockets.Transmit, outlet, sender, counters);
    private ReceptionStatistics _reception;
    private TimeSpan _lastPacket;
    private TimeSpan _deafUntil = TimeSpan.MinValue;
    private uint _ssrc;
    private bool _open;

    /// <summary>Whether the radio's own net talks now.</summary>
    public bool Open => _open;

    public override uint Source => _ssrc;

    /// <summary>The band in which it is sent to.</summary>
    public Band Band => settings.Codec.Band;

    /// <summary>Whether the hub keys it.</summary>
    public bool Keyed => _transmitter.Keyed;

    /// <summary>Whether the hub's keying was reported.</summary>
    public bool ReportedKeyed { get; set; }

    /// <summary>Where it hears its channel, with others that do.</summary>
    public RadioReception? Reception => sockets.Reception;

    public override IReadOnlyList<IDatagramSocket> Receiving => [];

    public override void Receive(IDatagramSocket socket, Span<byte> buffer, TimeSpan now)
    {
    }

    public override void Listen(TimeSpan now)
    {
        if (_open && now - _lastPacket >= settings.Hang) _open = false;
        if (_open) Frame.Read(Jitter, now);
        else Frame.Clear();
        Heard = _open && Mode == LegMode.Talk;
        if (Heard) Level.Apply(Frame, talking: true);
        PublishJitter();
    }

    /// <summary>Passes one tick of the floor holder's audio on, or nothing when nobody is to be sent to this radio.</summary>
    public void Transmit(ReadOnlySpan<short> holder, TimeSpan now)
    {
        // A channel that talks is never keyed: on one frequency that would only destroy both.
        _transmitter.Step(_open || Mode == LegMode.Hold ? default : holder, now);
        if (_transmitter.Keyed) _deafUntil = now + settings.Tail;
        Volatile.Write(ref Counters.Keyed, _transmitter.Keyed);
    }

    public override void Skip(int ticks) => _transmitter.Skip(ticks);

    public override void Discard(Span<byte> buffer)
    {
        while (sockets.Reception?.Socket is { } socket && socket.Receive(buffer, out _) >= 0) Counters.Drop(DropReason.Stale);
        Jitter.Reset();
    }

    public override void Close(TimeSpan now) => sockets.Dispose();

    /// <summary>What its gateway sent.</summary>
    public void Take(ReadOnlySpan<byte> datagram, TimeSpan now)
    {
        if (!RtpHeader.TryParse(datagram, out var header, out _)) Counters.Drop(DropReason.Malformed);
        else if (header.Ssrc == sender.Ssrc) Counters.Drop(DropReason.OwnEcho);
        else if (header.PayloadType != settings.Payload.PayloadType) Counters.Drop(DropReason.UnknownPayload);
        else if (_transmitter.Keyed || now < _deafUntil) Counters.Drop(DropReason.RadioTail);
        else if (_open && header.Ssrc != _ssrc && now - _lastPacket < settings.Hang) Counters.Drop(DropReason.ForeignSsrc);
        else Accept(datagram, header, now);
    }

    private void Accept(ReadOnlySpan<byte> datagram, in RtpHeader header, TimeSpan now)
    {
        if (!_open || header.Ssrc != _ssrc)
        {
            // Each transmission begins anew: gateways restart their numbers, and an old one's rest must not sound in it.
            Jitter.Reset();
            if (header.Ssrc != _ssrc) _reception = default;
            _ssrc = header.Ssrc;
            _open = true;
        }

        _lastPacket = now;
        Counters.CountIn();
        Volatile.Write(ref Counters.LastPacketTicks, now.Ticks);
        _reception.Add(header.Sequence, header.Timestamp, AudioFrame.ClockOf(now, settings.Codec.ClockRate));
        Counters.CountVoice(settings.Codec, now);
        Counters.CountReception(_reception, settings.Codec.ClockRate);
        CountPlacement(Jitter.Put(header, datagram[header.Payload], settings.Codec, now));
        Counters.Resyncs = Jitter.Resyncs;
    }
}
