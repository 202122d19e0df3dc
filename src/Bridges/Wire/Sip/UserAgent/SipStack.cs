using System.Net;
using System.Security.Cryptography;
using Interop.Bridges.Wire.Sip.Auth;
using Interop.Bridges.Wire.Sip.Dialogs;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transactions;
using Interop.Bridges.Wire.Sip.Transports;
using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Wire.Sip.UserAgent;

/// <summary>A SIP user agent, caller and called, on one port of UDP and TCP. Its members may be used from any thread once it is started.</summary>
public sealed class SipStack : IAsyncDisposable
{
    private readonly SipOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ISipApplication _application;
    private readonly SipIdentifiers _ids;
    private readonly SipMetrics _metrics = new();
    private readonly CancellationTokenSource _stopping = new();
    private TransportLayer? _transport;
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
    }

    /// <summary>The address and port listened on.</summary>
    public IPEndPoint LocalEndPoint => Transport.Local;

    private TransportLayer Transport => _transport ?? throw new InvalidOperationException("The stack is not started");

    /// <summary>Binds the sockets and begins to answer.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The port is taken or the address is not ours.</exception>
    public Task StartAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var dispatcher = new MessageDispatcher(_options.Limits, _metrics, _log, _ids, LaneOf);
        _transport = new TransportLayer(_options.Bind, _options.Port, _options.AdvertisedHost, _options.Limits, dispatcher, _time, _metrics, _log);
        dispatcher.Transport = _transport;
        var context = new StackContext(_options, _transport, _ids, _application, _metrics, _log, _stopping.Token);
        _lanes = [.. Enumerable.Range(0, _options.Lanes).Select(_ => UserAgentCore.Create(context, _time))];
        _transport.Start();
        SipLog.Listening(_log, _transport.Local, _transport.Host);
        return Task.CompletedTask;
    }

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
        var callId = _ids.CallId();
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

    private UserAgentCore LaneOf(string callId) =>
        _lanes[(int)((uint)string.GetHashCode(callId, StringComparison.Ordinal) % (uint)_lanes.Length)];
}
