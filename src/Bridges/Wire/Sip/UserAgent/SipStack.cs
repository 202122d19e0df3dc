using System.Net;
using System.Security.Cryptography;
using Interop.Bridges.Wire.Sip.Auth;
using Interop.Bridges.Wire.Sip.Dialogs;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Tls;
using Interop.Bridges.Wire.Sip.Transactions;
using Interop.Bridges.Wire.Sip.Transports;
using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Wire.Sip.UserAgent;

/// <summary>A SIP user agent, caller and called, over UDP, TCP and TLS. Its members may be used from any thread once it is started.</summary>
public sealed class SipStack : IAsyncDisposable
{
    private readonly SipOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ISipApplication _application;
    private readonly SipIdentifiers _ids;
    private readonly ConnectionQuota _quota;
    private readonly SipMetrics _metrics = new();
    private readonly CancellationTokenSource _stopping = new();
    private TransportLayer? _transport;
    private TargetFinder? _targets;
    private UserAgentCore[] _lanes = [];

    /// <summary>A stack that is not started yet.</summary>
    /// <exception cref="ArgumentException">The options are not valid; the message lists everything.</exception>
    public SipStack(SipOptions options, TimeProvider time, ILoggerFactory logs, ISipApplication application, RandomNumberGenerator random)
    {
        var errors = options.Validate();
        if (errors.Count > 0) throw new ArgumentException(string.Join("; ", errors), nameof(options));
        _options = options;
        _time = time;
        _log = logs.CreateLogger<SipStack>();
        _application = application;
        _ids = new SipIdentifiers(random);
        _quota = new ConnectionQuota(options.Limits);
    }

    /// <summary>The address and port listened on.</summary>
    public IPEndPoint LocalEndPoint => Transport.Listeners[0].Local;

    /// <summary>Every address and port listened on, by transport.</summary>
    public IReadOnlyList<(SipTransportKind Transport, IPEndPoint Local)> EndPoints =>
    [
        .. from listener in Transport.Listeners
           from kind in new[] { SipTransportKind.Udp, SipTransportKind.Tcp, SipTransportKind.Tls }
           where listener.EndPoint(kind) is not null
           select (kind, listener.EndPoint(kind)!),
    ];

    /// <summary>Streams that are open, and tasks that serve one.</summary>
    internal (int Streams, int Tasks) StreamsInUse => (_quota.Connections, Transport.Listeners.Sum(listener => listener.Tcp.Running + (listener.Tls?.Running ?? 0)));

    private TransportLayer Transport => _transport ?? throw new InvalidOperationException("The stack is not started");

    /// <summary>Binds the sockets and begins to answer.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The port is taken or the address is not ours.</exception>
    public Task StartAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var dispatcher = new MessageDispatcher(_options.Limits, _metrics, _log, _ids, LaneOf);
        _transport = new TransportLayer(Listen(dispatcher), _options.AdvertisedHost, _time);
        dispatcher.Transport = _transport;
        _targets = new TargetFinder(_options.Resolver, _transport, _options.Limits, _ids.Below, _time);
        var context = new StackContext(_options, _transport, _targets, _ids, _application, _metrics, _log, _time, _stopping.Token);
        _lanes = [.. Enumerable.Range(0, _options.Lanes).Select(_ => UserAgentCore.Create(context, _time))];
        _transport.Start();
        foreach (var (kind, local) in EndPoints) SipLog.Listening(_log, local, kind);
        return Task.CompletedTask;
    }

    /// <summary>Whether a stream to that peer is open.</summary>
    public bool IsConnected(SipDestination stream) => Transport.IsConnected(stream);

    /// <summary>
    /// Keeps the way to a peer open through NATs (RFC 5626 section 4.4.1). A stream whose peer does not answer is closed, and
    /// then told of as lost; over UDP nothing is awaited.
    /// </summary>
    public void KeepAlive(SipDestination flow) => Transport.Ping(flow);

    /// <summary>A Call-ID, for requests that follow one another.</summary>
    public string NewCallId() => _ids.CallId();

    /// <summary>Where a URI points, best first; empty when it points nowhere that we speak to.</summary>
    public Task<IReadOnlyList<SipDestination>> ResolveAsync(SipUri uri, CancellationToken cancellation) =>
        _targets is { } targets ? targets.FindAsync(uri, cancellation) : throw new InvalidOperationException("The stack is not started");

    /// <summary>Makes a call.</summary>
    public OutgoingCall Invite(OutgoingInvite invite)
    {
        var callId = _ids.CallId();
        var attempt = new InviteAttempt(LaneOf(callId), invite, callId);
        attempt.Start();
        return new OutgoingCall(attempt);
    }

    /// <summary>Sends a request outside any dialog; silence is a local 408, an unreachable peer a local 503.</summary>
    public Task<SipResponse> SendAsync(OutgoingRequest request, CancellationToken cancellation)
    {
        var callId = request.CallId ?? _ids.CallId();
        return new RequestAttempt(LaneOf(callId), request, callId).SendAsync().WaitAsync(cancellation);
    }

    /// <summary>Goes on with a dialog that another process had, or this one before it was restarted.</summary>
    public Call Resume(DialogState state, DigestCredentials? credentials = null)
    {
        var lane = LaneOf(state.CallId);
        var core = CallCore.Resumed(lane, state, credentials);
        lane.Lane.Post(core.StartAsClient);
        return core.Call;
    }

    /// <summary>Finds the call that another one is to take the place of, and says what RFC 3891 section 3 has for one that may not be replaced.</summary>
    public Task<FoundCall> FindCallAsync(Replaces replaces)
    {
        var lane = LaneOf(replaces.CallId);
        return lane.Lane.InvokeAsync(() => FoundCall.Of(lane.Find(new DialogId(replaces.CallId, replaces.ToTag, replaces.FromTag)), replaces.EarlyOnly));
    }

    /// <summary>Stops listening. Calls are not hung up: their dialogs may be resumed.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        if (_transport is not null) await _transport.DisposeAsync();
        foreach (var lane in _lanes) await lane.Lane.DisposeAsync();
        _metrics.Dispose();
        _stopping.Dispose();
    }

    private void OnFlowLost(SipDestination flow)
    {
        foreach (var lane in _lanes) lane.Lane.Post(() => lane.Transactions.OnFlowLost(flow));
        _options.FlowLost(flow);
    }

    /// <summary>Opens every listener, or none.</summary>
    private List<SipListener> Listen(ISipReceiver receiver)
    {
        var tls = _options.Tls is null ? null : new TlsHandshaker(new TlsIdentity(_options.Tls, _time, _log));
        var plain = new SocketContext(
            _options.Limits, _quota, receiver, null, OnFlowLost, _time, _metrics, _log);
        var secure = tls is null ? null : plain with { Tls = tls };
        var listeners = new List<SipListener>();
        try
        {
            foreach (var address in _options.Bind)
            {
                // Where the system chooses, all addresses get the same ports, so that one URI with a name reaches each.
                var port = _options.Port == 0 && listeners.Count > 0 ? listeners[0].Local.Port : _options.Port;
                listeners.Add(SipListener.Open(address, port, _options.Tls?.Port ?? 0, plain, secure));
            }

            return listeners;
        }
        catch
        {
            foreach (var listener in listeners) listener.Abandon();
            throw;
        }
    }

    private UserAgentCore LaneOf(string callId) =>
        _lanes[(int)((uint)string.GetHashCode(callId, StringComparison.Ordinal) % (uint)_lanes.Length)];
}
