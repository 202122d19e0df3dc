using Interop.Bridges.Media.Codecs;
using Interop.Bridges.Media.Jitter;
using Interop.Bridges.Media.Keys;
using Interop.Bridges.Media.Loops;
using Interop.Bridges.Media.Mixing;
using Interop.Bridges.Media.Prompts;
using Interop.Bridges.Media.Rooms;
using Interop.Bridges.Media.Sockets;
using Interop.Bridges.Wire.Rtp;
using Interop.Bridges.Wire.Rtp.Srtp;

namespace Interop.Bridges.Media.Legs;

/// <summary>A full-duplex leg: a SIP phone, or anything that speaks RTP like one.</summary>
/// <remarks>
/// One file, though a long one: latch, keys, destination and what the SDP said change together, and each packet and tick needs all of them.
/// What could be told apart lies beside it: prompts, keys, encoders, packets, RTCP.
/// </remarks>
internal sealed class PhoneLeg(string name, int id, LegMode mode, LevelControl level, LegCounters counters, PhoneSockets sockets, Outlet outlet, RtpSender sender, RtcpSession rtcp)
    : Leg(name, id, mode, level, counters)
{
    private const int DiscardAtMost = 256;

    private PhoneRemote? _remote;
    private PayloadMap _accepted = PayloadMap.Empty;
    private Destination? _rtpTo;
    private Destination? _rtcpTo;
    private Latch _latch;
    private LegSecurity? _security;
    private KeyWatch _newKeys;
    private readonly KeyPad _keys = new();
    private readonly PromptLine _prompts = new();
    private readonly Packetizer _packets = new(sender, outlet, counters, AudioCodec.Pcmu, AudioFrame.Duration) { Marker = true };
    private TalkerDetector _detector;
    private byte _payloadType;
    private bool _connected;
    private long _begun = -1;
    private int _clock = AudioFrame.SampleRate;
    private bool _broughtAnew;
    private int _lead;

    /// <summary>Whether the room's own sound comes back by this leg.</summary>
    public LoopWatch Loop;

    /// <summary>What this leg is to be sent in.</summary>
    public AudioCodec Codec => Voice.Codec;

    /// <summary>Which encoder speaks to it.</summary>
    public LegVoice Voice { get; } = new();

    /// <summary>Whether it is to hear something else than those who listen.</summary>
    public bool HearsOwnMix => Heard || Mode is LegMode.Hold or LegMode.Speak || _prompts.Sounds || Loop.Out;

    public override uint Source => _latch.Latched ? _latch.Ssrc : 0;

    /// <summary>The synchronization source of what it is sent.</summary>
    public uint Sender => sender.Ssrc;

    /// <summary>Whether a mixer is behind it, which is told whose sound it is sent.</summary>
    public bool IsFocus { get; set; }

    /// <summary>What passes its packets on as they come, while it talks alone.</summary>
    public PassThrough? Passing { get; set; }

    /// <summary>Whether it gets another's packets as they come.</summary>
    public bool IsPassedTo { get; private set; }

    /// <summary>Whether it was sent more than the time that passed, which has to be given back.</summary>
    public bool IsAhead => _lead > 0;

    /// <summary>Whether what it was sent last was silence.</summary>
    public bool HearsNothing { get; private set; } = true;

    /// <summary>Whether there was sound in this tick that nobody may hear.</summary>
    public bool KeptBack { get; private set; }

    /// <summary>Whether there is a voice in this tick's frame.</summary>
    public bool Loud => Heard && _detector.Loud;

    /// <summary>Whether there is sound on it, wherever that goes.</summary>
    public bool Talks => _detector.Talking;

    /// <summary>The contributing sources of its last packet.</summary>
    public Contributors Brought { get; } = new();

    /// <summary>When that packet came.</summary>
    public TimeSpan BroughtAt { get; private set; }

    /// <summary>The sources of what it is sent next.</summary>
    public Contributors Carried => sender.Contributors;

    /// <summary>Whether it brought a list of sources since the last call.</summary>
    public bool TakeBrought()
    {
        var anew = _broughtAnew;
        _broughtAnew = false;
        return anew;
    }

    /// <summary>Whether it turned out since the last call that its far end goes on with other keys than were agreed.</summary>
    public bool TakeKeysIgnored() => _newKeys.Take();

    /// <summary>Until when it may be heard: always, but for one that talks by a key.</summary>
    public TimeSpan TalksUntil { get; set; } = TimeSpan.MaxValue;

    /// <summary>Plays prompts to this leg alone, in place of what is being played, or only when nothing is.</summary>
    public void Play(Playback playback, bool ifQuiet) => _prompts.Play(playback, ifQuiet);

    /// <summary>Whether something is played to it in this tick.</summary>
    public bool IsPrompted => _prompts.Sounds;

    /// <summary>This tick's 20 ms of what is played to this leg, in the band of its coding; empty when nothing is.</summary>
    public ReadOnlySpan<short> Prompt => _prompts.FrameIn(Codec.Band);

    /// <summary>Takes a key that the phone told by signalling.</summary>
    public void Press(char key, TimeSpan now) => _keys.Press(key, now);

    /// <summary>The keys pressed since the last tick.</summary>
    public ReadOnlySpan<char> TakeKeys() => _keys.TakeAll();

    /// <param name="remote">What its SDP said.</param>
    /// <param name="security">Made of its keys; this leg's from now on.</param>
    public void SetRemote(PhoneRemote remote, LegSecurity? security)
    {
        var relatch = _remote is null || remote.Relatch || !remote.Rtp.Equals(_remote.Rtp);
        Passing?.End();
        Flush();
        Secure(security, remote.KeysRenewed);
        _remote = remote;
        _accepted = new PayloadMap(remote.Accept);
        Voice.Use(AudioCodec.For(remote.Send.Format) ?? AudioCodec.Pcmu);
        _packets.Use(Codec, remote.PacketTime);
        _payloadType = remote.Send.PayloadType;
        Volatile.Write(ref Counters.Accepts, !remote.Accept.IsEmpty);
        // On hold: what was said before is not worth the risk that music was among it.
        if (remote.Accept.IsEmpty) Jitter.Reset();
        // A phone that proves itself by its key from now on may move, which a connected socket would not let it.
        if (relatch || (_connected && _security is not null))
        {
            outlet.Flush();
            sockets.Rtp.Disconnect();
            _connected = false;
        }

        if (relatch)
        {
            _lead = 0;
            var expected = Destination.Of(remote.Rtp, sockets.Rtp.Local.AddressFamily);
            _latch.Expect((Destination.Of(remote.From, sockets.Rtp.Local.AddressFamily) ?? expected)?.Source ?? default, remote.Signals);
            _rtpTo = expected;
            Volatile.Write(ref Counters.Latched, null);
            _keys.Restart();
            Level.Restart();
        }

        AimRtcp();
    }

    public override IReadOnlyList<IDatagramSocket> Receiving { get; } = sockets.Watched;

    public override void Receive(IDatagramSocket socket, Span<byte> buffer, TimeSpan now)
    {
        var length = socket.Receive(buffer, out var source);
        if (length < 0) return;
        if (socket == sockets.Rtp) Take(buffer[..length], source, now);
        else TakeRtcp(buffer[..length], source, now);
    }

    public override void Listen(TimeSpan now)
    {
        // A phone that proves itself by its key may move; a connected socket would not let it.
        if (!_connected && _security is null && _latch.Settled(now))
        {
            _connected = true;
            sockets.Rtp.Connect(_rtpTo!);
        }

        var playout = Frame.Read(Jitter, now);
        // Before anything else hears the frame: no part of a tone may light a talk light, take the floor, or key a radio.
        // Comfort noise is no talk, however loud it is, and carries no key.
        var sounds = playout is Playout.Audio or Playout.Concealed;
        var audible = _keys.Hear(sounds ? Frame.In(Band.Narrow) : default, playout, _detector.Talking, now);
        KeptBack = sounds && !audible;
        if (KeptBack) Frame.Silence();
        var talking = audible ? _detector.Hear(Frame.Own) : _detector.HearNothing();
        Heard = talking && (Mode is LegMode.Talk or LegMode.Speak) && !Loop.Out && now < TalksUntil;
        if (Heard) Level.Apply(Frame, audible);
        _prompts.Advance(isHeard: _rtpTo is not null);
        PublishJitter();
        if (rtcp.Due(now)) SendRtcp(goodbye: false, now);
    }

    /// <summary>Sends one tick's payload, which must be in <see cref="Codec"/>. A leg always gets packets: a phone behind a silence time-out stays up.</summary>
    public void Speak(ReadOnlySpan<byte> payload)
    {
        HearsNothing = payload == Codec.Silence;
        if (_rtpTo is { } to) _packets.Add(sockets.Rtp, to, _payloadType, payload);
        else sender.Pass(Codec.TickClock);
    }

    /// <summary>Whether its packets may be passed on as they are: it is heard, and nothing changes its sound.</summary>
    public bool MayPass(TimeSpan now) => Heard && (Mode is LegMode.Talk or LegMode.Speak) && !Loop.Out && now < TalksUntil && Level.IsUnity;

    /// <summary>Whether it can be sent another's packets of a coding as they are.</summary>
    public bool Takes(AudioCodec codec) => codec == Codec && _rtpTo is not null && !HearsOwnMix && !IsFocus && Carried.IsEmpty && _packets.IsWhole(codec);

    /// <summary>Sends another's packet, after so many that are missing before it.</summary>
    public void PassOn(ReadOnlySpan<byte> payload, int missing)
    {
        HearsNothing = false;
        _lead += 1 + missing;
        _packets.PassOn(sockets.Rtp, _rtpTo!, _payloadType, payload, missing);
    }

    /// <summary>Another's packets come to it by themselves from now on.</summary>
    public void JoinPassing() => IsPassedTo = true;

    /// <summary>Ticks pass without the mixer: their packets come by themselves, or more than enough were sent.</summary>
    public void PassTicks(int ticks) => _lead -= ticks;

    /// <summary>The mixer speaks to it again.</summary>
    /// <param name="stopped">Whether packets have stopped: what nothing came for has passed then, as when a phone pauses.</param>
    public void LeavePassing(bool stopped)
    {
        IsPassedTo = false;
        _packets.Marker |= stopped;
        if (stopped && _lead < 0) sender.Pass(-_lead * Codec.TickClock);
        _lead = Math.Max(0, _lead);
    }

    /// <summary>Its voice goes on after a packet that all have heard.</summary>
    /// <param name="passed">The packet.</param>
    /// <param name="tick">When it is, if this tick's frame is older than that, and to be read again.</param>
    public void GoOnAfter(SequenceNumber passed, TimeSpan? tick)
    {
        Jitter.GoOnAfter(passed, plays: Heard);
        if (tick is { } now && Heard) Frame.Read(Jitter, now);
    }

    public override void Skip(int ticks)
    {
        Flush();
        sender.Pass(ticks * Codec.TickClock);
        _packets.Marker = true;
    }

    public override void Discard(Span<byte> buffer)
    {
        for (var i = 0; i < DiscardAtMost && sockets.Rtp.Receive(buffer, out _) >= 0; i++) Counters.Drop(DropReason.Stale);
        Jitter.Reset();
        _packets.Marker = true;
    }

    public override void Close(TimeSpan now)
    {
        _prompts.End(PromptEnd.Gone);
        SendRtcp(goodbye: true, now);
        // A leg that the loop never had is closed by its opener, on another thread, and has sent nothing.
        if (_remote is not null) outlet.Flush();
        sockets.Dispose();
        _security?.Dispose();
    }

    private void Flush()
    {
        if (_rtpTo is { } to) _packets.Flush(sockets.Rtp, to, _payloadType);
    }

    /// <summary>The same keys go on as they are; others begin our stream anew.</summary>
    private void Secure(LegSecurity? security, bool renewed)
    {
        if (security is not null && _security?.Keys.Same(security.Keys) == true)
        {
            security.Dispose();
            return;
        }

        if (security is null) _security?.Dispose();
        else if (_security is { } old) security.Replace(old);
        _security = security;
        _newKeys.Begin(renewed && security is not null);
        _packets.Marker |= security is not null;
        sender.Secure(security);
        Volatile.Write(ref Counters.Security, security?.Keys.Profile.Name);
    }

    /// <summary>Takes SRTP off; false for what is not under the leg's key, which is counted.</summary>
    private bool TryOpen(ref Span<byte> datagram, bool isRtcp, Source source, TimeSpan now)
    {
        if (_security is not { } security) return true;
        if (security.TryOpen(ref datagram, isRtcp, out var fault))
        {
            _newKeys.Opened();
            return true;
        }

        if (fault == SrtpFault.Unauthenticated && source == (_latch.Latched ? _latch.Peer : _rtpTo?.Source)) _newKeys.Refused(now);
        Counters.Drop(fault switch
        {
            SrtpFault.Malformed or SrtpFault.TooLong => isRtcp ? DropReason.MalformedRtcp : DropReason.Malformed,
            SrtpFault.Replayed => DropReason.Replayed,
            SrtpFault.TooManySources => DropReason.ForeignSsrc,
            _ => DropReason.Unauthenticated,
        });
        return false;
    }

    private void Take(Span<byte> datagram, Source source, TimeSpan now)
    {
        if (_remote is { RtcpMux: true } && Demultiplexer.Classify(datagram) == DatagramKind.Rtcp)
        {
            TakeRtcp(datagram, source, now);
            return;
        }

        if (!TryOpen(ref datagram, isRtcp: false, source, now)) return;
        if (!RtpHeader.TryParse(datagram, out var header, out _))
        {
            Counters.Drop(DropReason.Malformed);
            return;
        }

        if (!_accepted.TryGet(header.PayloadType, out var codec))
        {
            Counters.Drop(DropReason.UnknownPayload);
            return;
        }

        switch (_security is null ? _latch.Judge(source, header, now) : _latch.Follow(source, header))
        {
            case LatchVerdict.ForeignSource:
                Counters.Drop(DropReason.ForeignSource);
                return;
            case LatchVerdict.ForeignSsrc:
                Counters.Drop(DropReason.ForeignSsrc);
                return;
            case LatchVerdict.Begin:
                Begin();
                break;
            case LatchVerdict.Moved:
                Aim();
                break;
            case LatchVerdict.Accept:
                break;
        }

        if (header.CsrcCount > 0 || !Brought.IsEmpty) Bring(header, datagram, now);
        Counters.CountIn();
        Volatile.Write(ref Counters.LastPacketTicks, now.Ticks);
        var payload = datagram[header.Payload];
        if (_accepted.IsEvents(header.PayloadType, out var eventClock)) _keys.Take(header, payload, eventClock, Jitter.Depth, now);
        if (codec is not null) _clock = codec.ClockRate;
        if (codec is not null) Counters.CountVoice(codec, now);
        rtcp.Reception.Add(header.Sequence, header.Timestamp, AudioFrame.ClockOf(now, _clock));
        Counters.CountReception(rtcp.Reception, _clock);
        var placement = Jitter.Put(header, codec is null && !_accepted.IsNoise(header.PayloadType) ? default : payload, codec, now);
        CountPlacement(placement);
        if (placement is Placement.Held or Placement.Late) Passing?.Pass(header, payload, codec, now);
        Counters.Resyncs = _begun + Jitter.Resyncs;
    }

    private void Bring(in RtpHeader header, ReadOnlySpan<byte> datagram, TimeSpan now)
    {
        Brought.Clear();
        for (var i = 0; i < header.CsrcCount; i++) Brought.Add(header.Csrc(datagram, i));
        _broughtAnew = header.CsrcCount > 0;
        BroughtAt = now;
    }

    private void Begin()
    {
        Passing?.End();
        _begun++;
        Jitter.Reset();
        rtcp.Restart();
        Aim();
    }

    /// <summary>Sends to where the latched source is.</summary>
    private void Aim()
    {
        if (_rtpTo?.Source == _latch.Peer && Counters.Latched is not null) return;
        _rtpTo = new Destination(_latch.Peer.ToEndPoint());
        Volatile.Write(ref Counters.Latched, _rtpTo.EndPoint);
        AimRtcp();
    }

    private void AimRtcp()
    {
        if (_rtpTo is not { } rtp || _remote is not { } remote) _rtcpTo = null;
        else if (remote.RtcpMux) _rtcpTo = rtp;
        else if (remote.Rtcp is { } said && said.Address.Equals(rtp.EndPoint.Address)) _rtcpTo = Destination.Of(said, sockets.Rtcp.Local.AddressFamily);
        else _rtcpTo = rtp.EndPoint.Port < 65_535 ? new Destination(new(rtp.EndPoint.Address, rtp.EndPoint.Port + 1)) : null;
    }

    private void TakeRtcp(Span<byte> datagram, Source source, TimeSpan now)
    {
        // Before any sound has come, the address that the SDP said may report: whether it hears us is what is asked then.
        var (known, from) = _latch.Latched ? (true, _latch.Peer) : (_rtpTo is not null, _rtpTo?.Source ?? default);
        // Who only listens sends no RTP to latch on to, but its reports tell the round trip.
        if (!sockets.AreProved && (!known || source.Address != from.Address)) Counters.Drop(DropReason.ForeignSource);
        else if (TryOpen(ref datagram, isRtcp: true, source, now) && !rtcp.TryRead(datagram, sender.Ssrc, _latch.Ssrc, Counters, now)) Counters.Drop(DropReason.MalformedRtcp);
    }

    private void SendRtcp(bool goodbye, TimeSpan now)
    {
        if (_rtcpTo is not { } to) return;
        var socket = _remote is { RtcpMux: true } ? sockets.Rtp : sockets.Rtcp;
        var report = rtcp.Compose(sender, _latch.Latched ? _latch.Ssrc : null, goodbye, now);
        if (report.IsEmpty) Counters.Drop(DropReason.Unprotected);
        else outlet.TrySend(socket, report, to, Counters);
    }
}
