using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Threading.Channels;
using Interop.Bridges.Media.Browsers;
using Interop.Bridges.Media.Codecs;
using Interop.Bridges.Media.Floors;
using Interop.Bridges.Media.Legs;
using Interop.Bridges.Media.Prompts;
using Interop.Bridges.Media.Recording;
using Interop.Bridges.Media.Rooms;
using Interop.Bridges.Media.Sockets;
using Interop.Bridges.Media.Ticks;
using Interop.Bridges.Wire.Rtp.Dtls;
using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Media;

/// <summary>A node's voice: opens legs, mixes the legs of each room every 20 ms, and reports what it hears.</summary>
/// <remarks>
/// Safe from any thread. Every change is applied by the tick thread within 2.5 ms and heard from its next tick on, in the
/// order in which it was asked for. A room exists from its first leg or floor setting until <see cref="CloseRoom"/>.
/// Methods that return a <see cref="bool"/> are false when the change was not taken: the leg is unknown, too many
/// changes wait, or the engine has ended.
/// </remarks>
public sealed class MediaEngine : IAsyncDisposable
{
    private readonly TimeProvider _time;
    private readonly ILogger<MediaEngine> _logger;
    private readonly Channel<MediaCommand> _commands;
    private readonly Reporter _reporter;
    private readonly MediaMetrics _metrics;
    private readonly MediaLoop _loop;
    private readonly RoomDirectory _directory;
    private readonly BrowserPort? _browsers;
    private readonly Recorder? _recorder;
    private TickThread? _thread;
    private bool _disposed;

    /// <summary>Makes an engine that speaks through the system's UDP.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    /// <param name="fence">Whether the node may speak; a node that is alone may.</param>
    /// <param name="identity">What browsers are shown; without it none are served.</param>
    /// <param name="recorder">What rooms are recorded by; without it none are.</param>
    public MediaEngine(MediaOptions options, TimeProvider time, ILogger<MediaEngine> logger, IMediaFence? fence = null, DtlsIdentity? identity = null, Recorder? recorder = null)
        : this(options, time, logger, fence, new UdpNetwork(), RandomNumber, identity, recorder)
    {
    }

    internal MediaEngine(MediaOptions options, TimeProvider time, ILogger<MediaEngine> logger, IMediaFence? fence, INetwork network, Func<uint> random, DtlsIdentity? identity = null, Recorder? recorder = null)
    {
        _time = time;
        _recorder = recorder;
        _logger = logger;
        fence ??= new OpenFence();
        _commands = Channel.CreateBounded<MediaCommand>(new BoundedChannelOptions(options.MaxCommands) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
        _reporter = new Reporter(options.MaxReports);
        var totals = new MediaTotals();
        _browsers = identity is null ? null : BrowserPort.TryOpen(options, network, identity, fence, _commands.Writer, _reporter);
        var outlet = new Outlet(fence, network.Batch());
        var legs = new LegFactory(options, network, new PortPool(options.Ports), time, random, outlet, totals);
        _directory = new RoomDirectory(options.MaxLegs, legs, _commands.Writer, _reporter, _browsers);
        _metrics = new MediaMetrics(totals, _reporter, _directory.CountLegs, _directory.CountKeyed, _directory.CountSecured, _browsers);
        var watch = network.Watch();
        _browsers?.Watch(watch);
        _loop = new MediaLoop(time, _commands.Reader, watch, outlet, _reporter, fence, _metrics, _browsers);
    }

    /// <summary>Whether a format is audio that this node can code both ways: Opus needs its library.</summary>
    public static bool Speaks(RtpFormat format) => AudioCodec.For(format) is not null;

    /// <summary>What happens in the rooms. Bounded: what is not read in time is dropped and counted.</summary>
    public ChannelReader<MediaReport> Reports => _reporter.Reader;

    /// <summary>Starts the tick thread; calling it again does nothing.</summary>
    public void Start()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _thread ??= new TickThread(_loop, _time, _logger, _metrics);
    }

    /// <summary>Opens a phone leg, or finds the one that is open under this name.</summary>
    /// <returns>Its port; null when ports or legs are exhausted, or the name belongs to a radio.</returns>
    public Task<PhonePort?> OpenPhoneAsync(string room, string leg, PhoneSettings settings, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(_directory.OpenPhone(room, leg, settings));
    }

    /// <summary>Opens a radio leg, or finds the one that is open under this name.</summary>
    /// <returns>Null when it is open; otherwise why it cannot be.</returns>
    public Task<MediaRefusal?> OpenRadioAsync(string room, string leg, RadioSettings settings, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(_directory.OpenRadio(room, leg, settings));
    }

    /// <summary>Opens a browser's leg, in place of the one that is open under this name.</summary>
    /// <param name="room">The room.</param>
    /// <param name="leg">The leg.</param>
    /// <param name="settings">What the browser's offer said.</param>
    /// <param name="refusal">Why it cannot be.</param>
    /// <returns>Where the browser finds it; null with the <paramref name="refusal"/>.</returns>
    public BrowserPlace? OpenBrowser(string room, string leg, BrowserSettings settings, out MediaRefusal? refusal) => _directory.OpenBrowser(room, leg, settings, out refusal);

    /// <summary>Whether browsers can be served: their port is open.</summary>
    public bool ServesBrowsers => _browsers is not null;

    /// <summary>Shakes hands with itself, since the first handshake of a process takes half a second; blocks for that long.</summary>
    /// <returns>False when no browser could.</returns>
    public bool WarmUpBrowsers() => _browsers?.WarmUp(TimeProvider.System) ?? false;

    /// <summary>Tells a phone leg what the far end's SDP said.</summary>
    public bool SetRemote(string room, string leg, PhoneRemote remote) => _directory.SetRemote(room, leg, remote);

    /// <summary>Changes what a leg may do, from the next tick on.</summary>
    public bool SetMode(string room, string leg, LegMode mode) => _directory.SetMode(room, leg, mode);

    /// <summary>Changes a leg's standing among those who want the floor: the higher takes it from the lower at once.</summary>
    public bool SetPriority(string room, string leg, int priority) => _directory.SetPriority(room, leg, priority);

    /// <summary>Says whether a phone leg's far end mixes as this engine does: it is then told whose sound it is sent, so that a loop is found.</summary>
    public bool SetFocus(string room, string leg, bool focus) => _directory.SetFocus(room, leg, focus);

    /// <summary>Changes how loud a leg is heard by the others, in dB beside what came; beyond 20 dB either way it is 20.</summary>
    public bool SetGain(string room, string leg, double decibels) => _directory.SetGain(room, leg, decibels);

    /// <summary>A phone told by signalling that a key was pressed; it is reported as one that was heard.</summary>
    public bool Press(string room, string leg, char key) => _directory.Press(room, leg, key);

    /// <summary>A browser's push-to-talk key is held: it may be heard for as long as the lease; none lets it go.</summary>
    public bool Talk(string room, string leg, TimeSpan lease) => _directory.Talk(room, leg, lease);

    /// <summary>Plays prompts to a phone leg alone, one after the other, in place of what is being played to it.</summary>
    /// <remarks>On hold the leg hears them and nothing else; otherwise it hears them over the room, which goes on quietly below.</remarks>
    /// <returns>Completes when they have been played, or how they ended before that.</returns>
    public Task<PromptEnd> PlayAsync(string room, string leg, IReadOnlyList<PromptAudio> prompts, CancellationToken cancellation = default) =>
        PlayAsync(room, leg, prompts, ifQuiet: false, cancellation);

    /// <summary>The same, or nothing at all where something is being played to the leg: <paramref name="ifQuiet"/> refuses then.</summary>
    public async Task<PromptEnd> PlayAsync(string room, string leg, IReadOnlyList<PromptAudio> prompts, bool ifQuiet, CancellationToken cancellation)
    {
        if (prompts.Count > Playback.MostPrompts) return PromptEnd.Refused;
        var playback = new Playback(prompts);
        using var cut = cancellation.UnsafeRegister(static state => ((Playback)state!).End(PromptEnd.Cut), playback);
        return _directory.Play(room, leg, playback, ifQuiet) ? await playback.Ended : PromptEnd.Refused;
    }

    /// <summary>Says who talks by a leg, for what is recorded of it.</summary>
    public bool SetTalker(string room, string leg, Talker? talker) => _directory.SetTalker(room, leg, talker);

    /// <summary>Records a room from the next tick on, or no more.</summary>
    public bool Record(string room, bool on)
    {
        if (_recorder is null) return !on;
        var taken = _directory.SetTap(room, on ? _recorder.Begin(room) : null);
        if (!taken || !on) _recorder.End(room);
        return taken;
    }

    /// <summary>Changes the parameters of a room's floor.</summary>
    public bool SetFloor(string room, FloorSettings settings) => _directory.SetFloor(room, settings);

    /// <summary>Closes a leg and gives its port back; closing what is closed does nothing.</summary>
    public void Close(string room, string leg) => _directory.Close(room, leg);

    /// <summary>Closes a room with all its legs.</summary>
    public void CloseRoom(string room)
    {
        _directory.CloseRoom(room);
        _recorder?.End(room);
    }

    /// <summary>Reads a leg's counters; null when it is not open.</summary>
    public LegStatistics? Read(string room, string leg) => _directory.Find(room, leg)?.Counters.Snapshot(_loop.Now);

    /// <summary>Completes when everything asked for before has been applied by the tick thread.</summary>
    public async Task WhenAppliedAsync(CancellationToken cancellation = default)
    {
        var milestone = new Milestone();
        await _commands.Writer.WriteAsync(milestone, cancellation);
        await milestone.Reached.WaitAsync(cancellation);
    }

    /// <summary>Stops the tick thread, says goodbye on every leg and gives all sockets back.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        _directory.End();
        _commands.Writer.Complete();
        if (_thread is { } thread)
        {
            await thread.StopAsync();
            thread.Dispose();
        }
        else
        {
            _loop.End();
        }

        _metrics.Dispose();
    }

    /// <summary>Does what the tick thread does every 2.5 ms: for tests and load runs that have no such thread.</summary>
    internal void Step() => _loop.Step();

    // RFC 3550 §8: SSRCs are chosen at random, and RFC 7362 §5 has nothing but their being unguessable against forgery.
    private static uint RandomNumber()
    {
        Span<byte> bytes = stackalloc byte[4];
        RandomNumberGenerator.Fill(bytes);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }
}
