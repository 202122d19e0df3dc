using System.Net;
using Interop.Bridges.Media.Codecs;
using Interop.Bridges.Media.Endpoints;
using Interop.Bridges.Wire.Rtp;
using Interop.Bridges.Wire.Sip.Dialogs;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Console.Demo.Speech;

namespace Interop.Console.Demo.Phones;

/// <summary>One call of a phone: its voice, and its answers to what the hub asks within the call.</summary>
internal sealed class PhoneCall : ICallHandler, IDisposable
{
    private readonly RtpEndpoint _endpoint;
    private readonly ulong _sessionId;
    private readonly VoiceClock _clock;
    private ulong _version = 1;

    public PhoneCall(string room, IPAddress address, PhoneNumbers numbers, VoiceClock clock)
    {
        Room = room;
        _sessionId = numbers.SessionId();
        _endpoint = new RtpEndpoint(new IPEndPoint(address, 0), new PayloadFormat(PayloadTypes.Pcmu, RtpFormat.Pcmu), numbers.Ssrc());
        Voice = new Voice(_endpoint, Silence.Sent);
        _clock = clock;
        _clock.Add(Voice);
    }

    /// <summary>The dial code of the room.</summary>
    public string Room { get; }

    public Voice Voice { get; }

    /// <summary>The dialog, once it is answered.</summary>
    public Call? Call { get; private set; }

    /// <summary>Told when the call is over, by whomever.</summary>
    public Action<PhoneCall>? Ended { get; init; }

    public SessionDescription Offer() => AudioOffer.Create(Capabilities());

    /// <summary>The answer to an offer; null when it has no voice that the phone speaks.</summary>
    public SessionDescription? Answer(SessionDescription offer) => AudioOffer.Answer(offer, Capabilities());

    public void Connect(Call call, SessionDescription remote)
    {
        Call = call;
        Hear(remote);
        call.Handler = this;
    }

    public SessionDescription? OnOffer(Call call, SessionDescription offer)
    {
        _version++;
        if (Answer(offer) is not { } answer)
            return null;
        Hear(offer);
        return answer;
    }

    public void OnLateAnswer(Call call, SessionDescription answer) => Hear(answer);

    public ValueTask<SipReply> OnRequestAsync(Call call, SipRequest request) => new(SipReply.Ok);

    public void OnStateChanged(Call call, DialogState state)
    {
    }

    public void OnEnded(Call call, CallEnd end) => Ended?.Invoke(this);

    public void Dispose()
    {
        _clock.Remove(Voice);
        Voice.Dispose();
    }

    private AudioCapabilities Capabilities() => new(_sessionId, _version, _endpoint.Local, [SdpCodec.Pcmu]);

    private void Hear(SessionDescription remote) =>
        Voice.SendTo(AudioOffer.Agreed(remote) is { } audio ? remote.EndPointOf(audio) : null);
}
