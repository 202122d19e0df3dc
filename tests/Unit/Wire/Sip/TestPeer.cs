using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Interop.Bridges.Wire.Sip.Dialogs;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Bridges.Wire.Sip.Transports;
using Interop.Bridges.Wire.Sip.UserAgent;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Interop.Tests.Unit.Wire.Sip;

/// <summary>A stack on loopback with an application that does as a test says and remembers what it heard.</summary>
internal sealed class TestPeer : ISipApplication, ICallHandler, IAsyncDisposable
{
    private readonly SipStack _stack;
    private readonly ConcurrentDictionary<string, SipSignal<object>> _heard = new();

    private TestPeer(SipOptions options, TimeProvider time) =>
        _stack = new SipStack(options, time, NullLoggerFactory.Instance, this, RandomNumberGenerator.Create());

    public SipStack Stack => _stack;

    public int Port => _stack.LocalEndPoint.Port;

    public Func<IncomingCall, ValueTask> OnInvite { get; set; } = null!;

    public Func<SipRequest, SipReply?> OnRequest { get; set; } = _ => null;

    public Action<SipSource> OnSource { get; set; } = _ => { };

    public Func<SessionDescription, SessionDescription?> OnOffer { get; set; } = offer => Answer(offer);

    public static async Task<TestPeer> StartAsync(TimeProvider? time = null, Func<SipOptions, SipOptions>? change = null)
    {
        var options = new SipOptions { Port = 0, Lanes = 2 };
        var peer = new TestPeer(change?.Invoke(options) ?? options, time ?? TimeProvider.System);
        peer.OnInvite = call =>
        {
            peer.Accept(call);
            return ValueTask.CompletedTask;
        };
        await peer._stack.StartAsync(CancellationToken.None);
        return peer;
    }

    public static SessionDescription Offer(ulong version = 1, MediaDirection direction = MediaDirection.SendRecv, int port = 40000) =>
        AudioOffer.Create(Capabilities(version, direction, port));

    public static SessionDescription? Answer(SessionDescription offer, int port = 41000) =>
        AudioOffer.Answer(offer, Capabilities(1, MediaDirection.SendRecv, port));

    public Call Accept(IncomingCall incoming)
    {
        var call = incoming.Accept(incoming.Offer is { } offer ? Answer(offer)! : Offer());
        call.Handler = this;
        Tell("accepted", call);
        return call;
    }

    public SipUri Uri(string? transport = null) =>
        SipUri.Parse($"sip:4201@127.0.0.1:{Port}{(transport is null ? "" : $";transport={transport}")}");

    public OutgoingCall Dial(TestPeer other, string? transport = null, Action<SipResponse>? provisional = null) => Stack.Invite(new OutgoingInvite
    {
        From = new NameAddr(SipUri.Parse($"sip:alice@127.0.0.1:{Port}")),
        Target = other.Uri(transport),
        Offer = Offer(),
        Provisional = provisional,
    });

    public async Task<Call> CallAsync(TestPeer other, string? transport = null)
    {
        var outcome = await Within(Dial(other, transport).Completion, "the call to be answered");
        var answered = Assert.IsType<CallOutcome.Answered>(outcome);
        answered.Call.Handler = this;
        return answered.Call;
    }

    /// <summary>The next thing of that name that this peer hears.</summary>
    public async Task<T> Hears<T>(string what) => (T)await Within(Signal(what).NextAsync(), what);

    public static async Task<T> Within<T>(Task<T> task, string awaited)
    {
        try
        {
            return await task.WaitAsync(TimeSpan.FromSeconds(20));
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"Waited 20 s for {awaited}", late);
        }
    }

    public async ValueTask OnInviteAsync(IncomingCall call, CancellationToken cancellation)
    {
        Tell("invite", call);
        await OnInvite(call);
    }

    public ValueTask<SipReply?> OnRequestAsync(SipRequest request, SipSource source, CancellationToken cancellation)
    {
        OnSource(source);
        Tell(request.Method, request);
        return ValueTask.FromResult(OnRequest(request));
    }

    SessionDescription? ICallHandler.OnOffer(Call call, SessionDescription offer)
    {
        Tell("offer", offer);
        return OnOffer(offer);
    }

    void ICallHandler.OnLateAnswer(Call call, SessionDescription answer) => Tell("late answer", answer);

    ValueTask<SipReply> ICallHandler.OnRequestAsync(Call call, SipRequest request)
    {
        Tell(request.Method, request);
        return ValueTask.FromResult(SipReply.Ok);
    }

    void ICallHandler.OnStateChanged(Call call, DialogState state) => Tell("state", state);

    void ICallHandler.OnEnded(Call call, CallEnd end) => Tell("ended", end);

    public ValueTask DisposeAsync() => _stack.DisposeAsync();

    private static AudioCapabilities Capabilities(ulong version, MediaDirection direction, int port) => new(
        1000, version, new IPEndPoint(IPAddress.Loopback, port), [SdpCodec.Pcmu, SdpCodec.Pcma, SdpCodec.TelephoneEvent], direction);

    private void Tell(string what, object value) => Signal(what).Set(value);

    private SipSignal<object> Signal(string what) => _heard.GetOrAdd(what, _ => new SipSignal<object>());
}
