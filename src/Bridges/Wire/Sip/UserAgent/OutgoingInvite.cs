using Interop.Bridges.Wire.Sip.Auth;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Bridges.Wire.Sip.Transports;

namespace Interop.Bridges.Wire.Sip.UserAgent;

/// <summary>A call to make.</summary>
public sealed record OutgoingInvite
{
    /// <summary>Who calls; its user part is also the user part of our Contact.</summary>
    public required NameAddr From { get; init; }

    /// <summary>Who is called: the Request-URI.</summary>
    public required SipUri Target { get; init; }

    /// <summary>The To value, when it is not the target.</summary>
    public NameAddr? To { get; init; }

    /// <summary>Where to send it, when not to where the target points.</summary>
    public SipDestination? Destination { get; init; }

    /// <summary>Our offer; null leaves the offer to the peer, and then <see cref="AnswerOffer"/> has to be there.</summary>
    public required SessionDescription? Offer { get; init; }

    /// <summary>Answers, on the thread pool, what the peer offers before the call is up; null refuses the offer.</summary>
    public Func<SessionDescription, SessionDescription?>? AnswerOffer { get; init; }

    /// <summary>Gets, on the thread pool, what describes the peer's media before it answers: an announcement, the ringing itself.</summary>
    public Action<SessionDescription>? EarlyMedia { get; init; }

    /// <summary>The dialog of the peer that this call takes the place of.</summary>
    public Replaces? Replaces { get; init; }

    /// <summary>How many hops it may take; of a call that a REFER or another call caused, what that had left.</summary>
    public int MaxForwards { get; init; } = 70;

    /// <summary>Whether a redirection (3xx) to that target may be followed; none is unless this allows it, as it could call at our cost.</summary>
    public Func<SipUri, bool>? MayRedirect { get; init; }

    /// <summary>Header fields beside those that the stack writes.</summary>
    public IReadOnlyList<SipHeader> Headers { get; init; } = [];

    /// <summary>What answers a challenge.</summary>
    public DigestCredentials? Credentials { get; init; }

    /// <summary>Gets each provisional response in order, on the thread pool.</summary>
    public Action<SipResponse>? Provisional { get; init; }
}

/// <summary>A request to send outside any dialog.</summary>
public sealed record OutgoingRequest
{
    /// <summary>The method, neither INVITE nor ACK nor CANCEL.</summary>
    public required string Method { get; init; }

    /// <summary>Who sends it.</summary>
    public required NameAddr From { get; init; }

    /// <summary>Who it is for: the Request-URI.</summary>
    public required SipUri Target { get; init; }

    /// <summary>The To value, when it is not the target.</summary>
    public NameAddr? To { get; init; }

    /// <summary>Where to send it, when not to where the target points.</summary>
    public SipDestination? Destination { get; init; }

    /// <summary>The user part of a Contact of ours; null for a request that has none.</summary>
    public string? ContactUser { get; init; }

    /// <summary>The Call-ID, of requests that follow one another as registrations do; null for one of its own.</summary>
    public string? CallId { get; init; }

    /// <summary>The first CSeq number; answering challenges takes up to two more.</summary>
    public uint FirstNumber { get; init; } = 1;

    /// <summary>Gets where it is sent, before it is.</summary>
    public Action<SipDestination>? Sending { get; init; }

    /// <summary>The media type of the body.</summary>
    public string? ContentType { get; init; }

    /// <summary>The body.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Header fields beside those that the stack writes.</summary>
    public IReadOnlyList<SipHeader> Headers { get; init; } = [];

    /// <summary>What answers a challenge.</summary>
    public DigestCredentials? Credentials { get; init; }
}

/// <summary>What became of an outgoing call.</summary>
public abstract record CallOutcome
{
    private CallOutcome() { }

    /// <summary>The peer answered; set the call's handler to hear of it.</summary>
    public sealed record Answered(Call Call, SessionDescription Remote) : CallOutcome;

    /// <summary>It did not come about. 408 also stands for silence, 503 for an unreachable transport, 487 for our own cancel.</summary>
    public sealed record Failed(int Status, string Reason) : CallOutcome
    {
        /// <summary>The peer's own reason, when it gave one.</summary>
        public SipReason? Cause { get; init; }
    }
}

/// <summary>What became of a re-INVITE.</summary>
public abstract record ReinviteOutcome
{
    private ReinviteOutcome() { }

    /// <summary>The peer took the offer.</summary>
    public sealed record Answered(SessionDescription Remote) : ReinviteOutcome;

    /// <summary>The peer refused and the call goes on as it was; after 408 and 481 the call is over.</summary>
    public sealed record Failed(int Status, string Reason) : ReinviteOutcome;
}
