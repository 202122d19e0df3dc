using System.Net;
using System.Security.Cryptography;
using System.Text;
using Interop.Bridges.Wire.Sip;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transactions;
using Interop.Bridges.Wire.Sip.Transports;
using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Bridges.Wire.Sip.UserAgent.Referrals;
using Interop.Bridges.Wire.Sip.UserAgent.Subscriptions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Interop.Tests.Unit.Wire.Sip;

/// <summary>A user agent without sockets: a test writes octets in, reads messages out, and turns the clock.</summary>
internal sealed class TestWire : ISipSender, ISipApplication, IAsyncDisposable
{
    public static readonly IPEndPoint Peer = new(IPAddress.Parse("127.0.0.2"), 5070);

    private static readonly IPEndPoint Local = new(IPAddress.Loopback, 5060);

    private readonly SipSignal<SipMessage> _sent = new();
    private readonly MessageDispatcher _dispatcher;
    private readonly UserAgentCore _core;
    private readonly SipMetrics _metrics = new();
    private FailedTargets? _failures;
    private int _sentCount;

    public TestWire(SipOptions? options = null)
    {
        options ??= new SipOptions { Lanes = 1 };
        var ids = new SipIdentifiers(RandomNumberGenerator.Create());
        var context = new StackContext(options, this, new TargetFinder(options.Resolver, this, options.Limits, ids.Below, Time), ids, this, _metrics, NullLogger.Instance, Time, CancellationToken.None);
        _core = UserAgentCore.Create(context, Time);
        _dispatcher = new MessageDispatcher(options.Limits, _metrics, NullLogger.Instance, ids, _ => _core) { Transport = this };
    }

    public FakeTimeProvider Time { get; } = new();

    public UserAgentCore Core => _core;

    public Func<IncomingCall, ValueTask> OnInvite { get; set; } = call =>
    {
        call.Progress(180);
        return ValueTask.CompletedTask;
    };

    public Action<IncomingSubscription> OnSubscribe { get; set; } = subscription => subscription.Reject(new SipReply(403));

    public Action<IncomingReferral> OnRefer { get; set; } = referral => referral.Reject(new SipReply(603));

    public Func<UnknownDialog, Task<ResumableDialog?>> OnUnknownDialog { get; set; } = _ => Task.FromResult<ResumableDialog?>(null);


    public SipDestination? LastDestination { get; private set; }

    public Func<SipDestination, bool> Reaches { get; set; } = _ => true;

    /// <summary>How many messages did not go out, because their destination could not be reached.</summary>
    public int Refused { get; private set; }

    /// <summary>How many messages went out.</summary>
    public int SentCount => Volatile.Read(ref _sentCount);

    public void Receive(string text) => Receive(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n")));

    public void Receive(byte[] octets, SipTransportKind transport = SipTransportKind.Udp) =>
        _dispatcher.OnMessage(octets, new SipSource(transport, Peer, Local));

    public async Task<SipMessage> SendsAsync(string awaited) => await TestPeer.Within(_sent.NextAsync(), awaited);

    /// <summary>The next response that is not provisional.</summary>
    public async Task<SipResponse> AnswersAsync()
    {
        while (true)
        {
            if (await SendsAsync("a final response") is SipResponse { IsProvisional: false } response) return response;
        }
    }

    /// <summary>Waits until everything received so far was worked on.</summary>
    public Task SettleAsync()
    {
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _core.Lane.TryPostStranger(() => done.SetResult(true));
        return TestPeer.Within(done.Task, "the lane to settle");
    }

    /// <summary>Turns the clock once the timers that follow from what was received are set.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        await SettleAsync();
        Time.Advance(by);
        await SettleAsync();
    }

    public void Send(ReadOnlyMemory<byte> octets, SipDestination destination, Action failed)
    {
        if (!Reaches(destination))
        {
            Refused++;
            failed();
            return;
        }

        var (message, error) = SipParser.Parse(octets.Span, new SipLimits());
        LastDestination = destination;
        Interlocked.Increment(ref _sentCount);
        Assert.True(error.Kind == SipParseErrorKind.None || message is SipResponse { Status: 400 or 414 or 505 }, $"We sent a malformed message: {error}");
        _sent.Set(message!);
    }

    public bool IsConnected(SipDestination destination) => false;

    public FailedTargets Failures => _failures ??= new FailedTargets(Time);

    public void Alias(SipSource source, Via via) { }

    public int Preference(IPAddress address) => 0;

    public bool Speaks(SipTransportKind transport, IPAddress address) => address.AddressFamily == Local.AddressFamily;

    public SipHostPort AddressFor(SipDestination destination) => new("127.0.0.1", 5060);

    public ValueTask OnInviteAsync(IncomingCall call, CancellationToken cancellation) => OnInvite(call);

    public ValueTask<SipReply?> OnRequestAsync(SipRequest request, SipSource source, CancellationToken cancellation) => ValueTask.FromResult<SipReply?>(null);

    public ValueTask OnSubscribeAsync(IncomingSubscription subscription, CancellationToken cancellation)
    {
        OnSubscribe(subscription);
        return ValueTask.CompletedTask;
    }

    public ValueTask OnReferAsync(IncomingReferral referral, CancellationToken cancellation)
    {
        OnRefer(referral);
        return ValueTask.CompletedTask;
    }

    public ValueTask<ResumableDialog?> OnUnknownDialogAsync(UnknownDialog dialog, CancellationToken cancellation) => new(OnUnknownDialog(dialog));

    /// <summary>The next request that we send, of that method.</summary>
    public async Task<SipRequest> RequestAsync(string method)
    {
        while (true)
        {
            if (await SendsAsync($"a {method}") is SipRequest request && request.Method == method) return request;
        }
    }

    /// <summary>The peer answers a request of ours.</summary>
    public void Answer(SipRequest request, int status, string toTag = "peer", string body = "", params SipHeader[] headers)
    {
        var response = request.Respond(status, toTag: toTag, body: Encoding.UTF8.GetBytes(body));
        response.Headers.Add(HeaderNames.Contact, "<sip:peer@127.0.0.2:5070>");
        foreach (var (name, value) in headers) response.Headers.Add(name, value);
        if (body.Length > 0) response.Headers.Add(HeaderNames.ContentType, "application/sdp");
        Receive(response.ToBytes());
    }

    public async ValueTask DisposeAsync()
    {
        await _core.Lane.DisposeAsync();
        _metrics.Dispose();
    }
}
