using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Interop.Bridges.Wire.Sip.Dialogs;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Bridges.Wire.Sip.Transports;
using Interop.Bridges.Wire.Sip.UserAgent;
using Microsoft.Extensions.Logging.Abstractions;

namespace Interop.Tests.Cluster.Bridges;

/// <summary>A phone for signalling alone: it calls, answers, chats, and can fall silent and come back at the same address.</summary>
internal sealed class DeskPhone(string name) : ISipApplication, ICallHandler, IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _texts = new();
    private SipStack? _stack;
    private int _port;

    /// <summary>The texts that it was sent, in order, those while it was another process too.</summary>
    public IReadOnlyList<string> Texts => [.. _texts];

    /// <summary>The call that it is in.</summary>
    public Call? Call { get; private set; }

    /// <summary>How its call ended, if it has.</summary>
    public CallEnd? End { get; private set; }

    public SipStack Stack => _stack!;

    public NameAddr Self => new(name, SipUri.Create(name, "127.0.0.1", _port), SipParameters.Empty);

    public async Task StartAsync()
    {
        _stack = new SipStack(new SipOptions { Port = _port }, TimeProvider.System, NullLoggerFactory.Instance, this, RandomNumberGenerator.Create());
        await _stack.StartAsync(CancellationToken.None);
        _port = _stack.LocalEndPoint.Port;
    }

    /// <summary>Calls a room; the status that it got.</summary>
    public async Task<int> CallAsync(IPEndPoint hub, string room, Replaces? replaces = null)
    {
        var outcome = await Stack.Invite(new OutgoingInvite
        {
            From = Self,
            Target = SipUri.Create(room, "127.0.0.1", hub.Port),
            Offer = AudioOffer.Create(Voice),
            Replaces = replaces,
        }).Completion.WaitAsync(TimeSpan.FromSeconds(20));
        if (outcome is not CallOutcome.Answered answered)
            return ((CallOutcome.Failed)outcome).Status;
        Take(answered.Call);
        return 200;
    }

    /// <summary>Is gone without a word, as after a power cut.</summary>
    public async Task FallSilentAsync()
    {
        await DisposeAsync();
        Call = null;
    }

    public ValueTask OnInviteAsync(IncomingCall call, CancellationToken cancellation)
    {
        if (call.Offer is { } offer && AudioOffer.Answer(offer, Voice) is { } answer)
            Take(call.Accept(answer));
        else
            call.Reject(new SipReply(488));
        return ValueTask.CompletedTask;
    }

    public ValueTask<SipReply?> OnRequestAsync(SipRequest request, SipSource source, CancellationToken cancellation) => new(TakeText(request));

    public SessionDescription? OnOffer(Call call, SessionDescription offer) => AudioOffer.Answer(offer, Voice);

    public void OnLateAnswer(Call call, SessionDescription answer)
    {
    }

    public ValueTask<SipReply> OnRequestAsync(Call call, SipRequest request) => new(TakeText(request) ?? SipReply.Ok);

    public void OnStateChanged(Call call, DialogState state)
    {
    }

    public void OnEnded(Call call, CallEnd end) => End = end;

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _stack, null) is { } stack)
            await stack.DisposeAsync();
    }

    private static AudioCapabilities Voice => new(1, 1, new IPEndPoint(IPAddress.Loopback, 9), [SdpCodec.Pcmu]);

    private void Take(Call call)
    {
        (Call, End) = (call, null);
        call.Handler = this;
    }

    private SipReply? TakeText(SipRequest request)
    {
        if (request.Method != SipMethods.Message)
            return null;
        _texts.Enqueue(Encoding.UTF8.GetString(request.Body.Span));
        return SipReply.Ok;
    }
}
