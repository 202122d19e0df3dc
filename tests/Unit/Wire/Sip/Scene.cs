using Interop.Bridges.Wire.Sip.Dialogs;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Bridges.Wire.Sip.UserAgent.Referrals;
using Xunit;

namespace Interop.Tests.Unit.Wire.Sip;

/// <summary>A call that the peer made to us and that we answered, ready for what comes next.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private Scene(TestWire wire, RecordingHandler handler, Call call, string tag) => (Wire, Handler, Call, Tag) = (wire, handler, call, tag);

    public TestWire Wire { get; }

    public RecordingHandler Handler { get; }

    public Call Call { get; }

    /// <summary>Our tag.</summary>
    public string Tag { get; }

    public static async Task<Scene> AnsweredAsync(string headers = "")
    {
        var wire = new TestWire();
        var handler = new RecordingHandler();
        var calls = new SipSignal<Call>();
        wire.OnInvite = incoming =>
        {
            var call = incoming.Accept(TestPeer.Answer(incoming.Offer!)!);
            call.Handler = handler;
            calls.Set(call);
            return ValueTask.CompletedTask;
        };
        wire.Receive(Written.Invite(headers: headers));
        var ok = await wire.AnswersAsync();
        Assert.Equal(200, ok.Status);
        return new Scene(wire, handler, await TestPeer.Within(calls.NextAsync(), "the call"), ok.To.Tag!);
    }

    public static async Task<Scene> ConfirmedAsync(string headers = "")
    {
        var scene = await AnsweredAsync(headers);
        await scene.AcknowledgeAsync();
        return scene;
    }

    public Task AcknowledgeAsync(uint number = 1)
    {
        Wire.Receive(Written.Request("ACK", $"z9hG4bKack{number}", number, Tag));
        return Wire.SettleAsync();
    }

    /// <summary>The next request that we send, retransmissions of responses left out.</summary>
    public async Task<SipRequest> RequestAsync()
    {
        while (true)
        {
            if (await Wire.SendsAsync("a request") is SipRequest request) return request;
        }
    }

    public async Task<(int Status, string Method)> AnswerAsync()
    {
        var answer = await Wire.AnswersAsync();
        return (answer.Status, answer.CSeq.Method);
    }

    public ValueTask DisposeAsync() => Wire.DisposeAsync();
}

/// <summary>Answers every offer and remembers what it heard.</summary>
internal sealed class RecordingHandler : ICallHandler
{
    public SipSignal<CallEnd> Ended { get; } = new();

    public SipSignal<DialogState> States { get; } = new();

    public SipSignal<SessionDescription> LateAnswers { get; } = new();

    public SessionDescription? OnOffer(Call call, SessionDescription offer) => TestPeer.Answer(offer);

    public void OnLateAnswer(Call call, SessionDescription answer) => LateAnswers.Set(answer);

    public SipSignal<IncomingReferral> Referrals { get; } = new();

    public ValueTask OnReferAsync(Call call, IncomingReferral referral)
    {
        Referrals.Set(referral);
        return ValueTask.CompletedTask;
    }

    public ValueTask<SipReply> OnRequestAsync(Call call, SipRequest request) => ValueTask.FromResult(SipReply.Ok);

    public void OnStateChanged(Call call, DialogState state) => States.Set(state);

    public void OnEnded(Call call, CallEnd end) => Ended.Set(end);
}
