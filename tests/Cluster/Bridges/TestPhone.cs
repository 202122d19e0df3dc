using System.Net;
using System.Security.Cryptography;
using Interop.Bridges.Media.Codecs;
using Interop.Bridges.Media.Endpoints;
using Interop.Bridges.Wire.Sip.Dialogs;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Bridges.Wire.Sip.Transports;
using Interop.Bridges.Wire.Sip.UserAgent;
using Microsoft.Extensions.Logging.Abstractions;

namespace Interop.Tests.Cluster.Bridges;

/// <summary>A phone on the wire libraries alone: it calls, sends a tone, and says how loud what it hears is.</summary>
internal sealed class TestPhone : ISipApplication, ICallHandler, IAsyncDisposable
{
    private const int FrameSamples = 160;

    private readonly SipStack _stack;
    private readonly string _name;
    private readonly RtpEndpoint _voice;
    private readonly TaskCompletionSource<CallEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Call? _call;
    private readonly short[] _frame = new short[FrameSamples];

    public TestPhone(string name)
    {
        _name = name;
        _stack = new SipStack(new SipOptions { Port = 0 }, TimeProvider.System, NullLoggerFactory.Instance, this, RandomNumberGenerator.Create());
        _voice = new RtpEndpoint(new IPEndPoint(IPAddress.Loopback, 0), new PayloadFormat(0, RtpFormat.Pcmu), ssrc: (uint)name.GetHashCode(StringComparison.Ordinal));
    }

    /// <summary>How the call ended.</summary>
    public Task<CallEnd> Ended => _ended.Task;

    /// <summary>Calls the room and returns the port where its voice is.</summary>
    public async Task<int> CallAsync(IPEndPoint hub, string room)
    {
        await _stack.StartAsync(CancellationToken.None);
        var ours = new AudioCapabilities(1, 1, _voice.Local, [SdpCodec.Pcmu]);
        var outcome = await _stack.Invite(new OutgoingInvite
        {
            From = new NameAddr(SipUri.Create(_name, "127.0.0.1", _stack.LocalEndPoint.Port)),
            Target = SipUri.Create(room, "127.0.0.1", hub.Port),
            Offer = AudioOffer.Create(ours),
        }).Completion.WaitAsync(TimeSpan.FromSeconds(20));
        var answered = Assert.IsType<CallOutcome.Answered>(outcome);
        _call = answered.Call;
        _call.Handler = this;
        _voice.Remote = answered.Remote.EndPointOf(AudioOffer.Agreed(answered.Remote)!);
        return _voice.Remote!.Port;
    }

    /// <summary>Sends 20 ms of a tone, or of silence.</summary>
    public void Send(bool tone)
    {
        for (var i = 0; i < FrameSamples; i++)
            _frame[i] = tone ? (short)(8000 * Math.Sin(i * Math.PI / 8)) : (short)0;
        _voice.Send(_frame);
    }

    /// <summary>The loudest sample since it was last asked.</summary>
    public int Hear()
    {
        Span<short> heard = stackalloc short[480];
        var loudest = 0;
        while (_voice.TryReceive(heard, out var samples))
            foreach (var sample in heard[..samples])
                loudest = Math.Max(loudest, Math.Abs((int)sample));
        return loudest;
    }

    public ValueTask OnInviteAsync(IncomingCall call, CancellationToken cancellation)
    {
        call.Reject(new SipReply(486));
        return ValueTask.CompletedTask;
    }

    public ValueTask<SipReply?> OnRequestAsync(SipRequest request, SipSource source, CancellationToken cancellation) => new((SipReply?)null);

    /// <summary>The port of the node that answers for its call, as the phone knows it; 0 before the call.</summary>
    public int AnsweredBy => _call is not null && SipUri.TryParse(_call.State.RemoteTarget, out var target) ? target.Port ?? 0 : 0;

    public SessionDescription? OnOffer(Call call, SessionDescription offer)
    {
        _voice.Remote = offer.EndPointOf(AudioOffer.Agreed(offer)!);
        return AudioOffer.Answer(offer, new AudioCapabilities(1, 2, _voice.Local, [SdpCodec.Pcmu]));
    }

    public void OnLateAnswer(Call call, SessionDescription answer)
    {
    }

    public ValueTask<SipReply> OnRequestAsync(Call call, SipRequest request) => new(SipReply.Ok);

    public void OnStateChanged(Call call, DialogState state)
    {
    }

    public void OnEnded(Call call, CallEnd end) => _ended.TrySetResult(end);

    public async ValueTask DisposeAsync()
    {
        await _stack.DisposeAsync();
        _voice.Dispose();
    }
}
