using System.Net;
using System.Threading.Channels;
using Interop.Bridges.Media.Legs;
using Interop.Bridges.Media.Rooms;
using Interop.Bridges.Media.Sockets;
using Interop.Bridges.Media.Ticks;
using Interop.Bridges.Wire.Rtp;
using Interop.Bridges.Wire.Rtp.Dtls;
using Interop.Bridges.Wire.Rtp.Ice;

namespace Interop.Bridges.Media.Browsers;

/// <summary>The one UDP port of all browsers: tells by ICE whose a datagram is, and gives it to its lane.</summary>
/// <remarks>
/// Owned by the tick thread, but for <see cref="MakeLane"/> and <see cref="EndPoints"/>. One socket for each address: one that
/// is bound to every address may answer from another than the browser asked, and the browser drops that. DTLS is listened to
/// from addresses alone that have proved themselves, so a stranger's ClientHello costs a look-up.
/// </remarks>
internal sealed class BrowserPort : IReceiver, IDisposable
{
    /// <summary>What one call takes, since here one socket brings what phones bring at many.</summary>
    private const int DatagramsAtOnce = 16;
    private const int DiscardAtMost = 4096;

    private readonly IReadOnlyList<IDatagramSocket> _sockets;
    private readonly DtlsServer _dtls;
    private readonly ChannelWriter<MediaCommand> _commands;
    private readonly Reporter _reporter;
    private readonly Dictionary<IceSession, BrowserLane> _lanes = [];
    private readonly byte[] _answer = new byte[IceLiteAgent.LongestAnswer];
    private readonly Action<IceSession> _gone;
    private TimeSpan _now;

    private BrowserPort(IReadOnlyList<IDatagramSocket> sockets, int maxLegs, DtlsServer dtls, IMediaFence fence, ChannelWriter<MediaCommand> commands, Reporter reporter)
    {
        _sockets = sockets;
        _dtls = dtls;
        _commands = commands;
        _reporter = reporter;
        Fence = fence;
        Ice = new IceLiteAgent(maxLegs);
        EndPoints = [.. sockets.Select(static socket => socket.Local)];
        _gone = Lose;
    }

    /// <summary>Where it is bound.</summary>
    public IReadOnlyList<IPEndPoint> EndPoints { get; }

    public IceLiteAgent Ice { get; }

    public IMediaFence Fence { get; }

    /// <summary>DTLS, RTP or RTCP from addresses that nobody proved; only the tick thread writes it.</summary>
    public long Strangers;

    /// <summary>Binds the port at every address; null when one of them is taken.</summary>
    public static BrowserPort? TryOpen(
        MediaOptions options, INetwork network, DtlsIdentity identity, IMediaFence fence, ChannelWriter<MediaCommand> commands, Reporter reporter)
    {
        var sockets = new List<IDatagramSocket>();
        foreach (var address in options.BrowserBind)
        {
            if (network.TryBind(new IPEndPoint(address, options.BrowserPort)) is { } socket)
            {
                sockets.Add(socket);
                continue;
            }

            foreach (var bound in sockets) bound.Dispose();
            return null;
        }

        return sockets.Count == 0 ? null : new BrowserPort(sockets, options.MaxLegs, new DtlsServer(identity), fence, commands, reporter);
    }

    public void Watch(ISocketWatch watch)
    {
        foreach (var socket in _sockets) watch.Add(socket, this);
    }

    /// <summary>Shakes hands with itself, so that the first browser need not wait for half a second; from any thread.</summary>
    public bool WarmUp(TimeProvider time) => DtlsWarmUp.Run(_dtls, time);

    /// <summary>Makes a lane, which is nobody's until <see cref="Add"/>; from any thread.</summary>
    public BrowserLane MakeLane(string room, string leg, BrowserSettings settings) => new(this, room, leg, settings, _dtls, _commands);

    public BrowserPlace PlaceOf(BrowserLane lane) => new(lane.Credentials, _dtls.Fingerprint, EndPoints);

    /// <summary>Lets the lane's browser in from now on; false when there are as many as may be.</summary>
    public bool Add(BrowserLane lane, TimeSpan now)
    {
        if (Ice.TryAdd(lane.Credentials, lane.RemoteUfrag, now) is not { } session) return false;
        lane.Session = session;
        _lanes.Add(session, lane);
        return true;
    }

    public void Remove(BrowserLane lane)
    {
        if (lane.Session is not { } session || !_lanes.Remove(session)) return;
        Ice.Remove(session);
    }

    public void Report(MediaReportKind kind, BrowserLane lane, TimeSpan now) => _reporter.Report(kind, lane.Room, lane.Leg, now);

    public void Receive(IDatagramSocket socket, Span<byte> buffer, TimeSpan now)
    {
        _now = now;
        for (var i = 0; i < DatagramsAtOnce; i++)
        {
            var length = socket.Receive(buffer, out var source);
            if (length < 0) return;
            Take(socket, buffer, length, source, now);
        }
    }

    /// <summary>Throws away the voice that waits; checks and handshakes are answered all the same.</summary>
    public void Discard(Span<byte> buffer, TimeSpan now)
    {
        _now = now;
        foreach (var socket in _sockets)
            for (var i = 0; i < DiscardAtMost; i++)
            {
                var length = socket.Receive(buffer, out var source);
                if (length < 0) break;
                if (Demultiplexer.Classify(buffer[..length]) is DatagramKind.Stun or DatagramKind.Dtls) Take(socket, buffer, length, source, now);
            }
    }

    /// <summary>Lets go of the browsers that no longer prove that they are there.</summary>
    public void Tend(TimeSpan now)
    {
        _now = now;
        Ice.Sweep(now, _gone);
    }

    public void Dispose()
    {
        foreach (var socket in _sockets) socket.Dispose();
    }

    private void Take(IDatagramSocket socket, Span<byte> buffer, int length, Source source, TimeSpan now)
    {
        var from = new TransportAddress(source.Address, source.Port);
        var kind = Demultiplexer.Classify(buffer[..length]);
        if (kind == DatagramKind.Stun)
        {
            Answer(socket, buffer[..length], source, from, now);
            return;
        }

        if (!Ice.TryFind(from, out var session) || !_lanes.TryGetValue(session, out var lane))
        {
            Strangers++;
            return;
        }

        if (kind == DatagramKind.Dtls) lane.TakeDtls(buffer[..length]);
        else lane.TakeMedia(buffer, length, now);
    }

    private void Answer(IDatagramSocket socket, ReadOnlySpan<byte> datagram, Source source, TransportAddress from, TimeSpan now)
    {
        var length = Ice.Take(datagram, from, _answer, now, out var proved);
        var lane = proved is null ? null : _lanes.GetValueOrDefault(proved);
        var to = lane?.Proved(socket, source, from);
        if (length > 0 && Fence.MaySend) socket.Send(_answer.AsSpan(0, length), to ?? new Destination(source.ToEndPoint()));
    }

    private void Lose(IceSession session)
    {
        if (_lanes.TryGetValue(session, out var lane)) lane.Lose(MediaReportKind.BrowserLost, _now);
    }
}
