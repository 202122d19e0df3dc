using Interop.Bridges.Wire.Sip.Auth;
using Interop.Bridges.Wire.Sip.Dialogs;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Bridges.Wire.Sip.Transports;
using Interop.Bridges.Wire.Sip.UserAgent.Referrals;
using Interop.Bridges.Wire.Sip.UserAgent.Subscriptions;

namespace Interop.Bridges.Wire.Sip.UserAgent;

/// <summary>What uses the stack. It is called on the thread pool and blocks nobody but the call or request that it is asked about.</summary>
public interface ISipApplication
{
    /// <summary>A call comes in; answer it with <see cref="IncomingCall.Accept"/> or <see cref="IncomingCall.Reject"/>, here or later.</summary>
    ValueTask OnInviteAsync(IncomingCall call, CancellationToken cancellation);

    /// <summary>A request outside any dialog; null lets the stack answer (OPTIONS 200, others 405).</summary>
    ValueTask<SipReply?> OnRequestAsync(SipRequest request, SipSource source, CancellationToken cancellation);

    /// <summary>A peer subscribes to one of <see cref="SipOptions.Events"/>; answer it here or later. Refused unless implemented.</summary>
    ValueTask OnSubscribeAsync(IncomingSubscription subscription, CancellationToken cancellation)
    {
        subscription.Reject(new SipReply(403));
        return ValueTask.CompletedTask;
    }

    /// <summary>A peer asks, outside any call, that we call somebody; answer it here or later. Declined unless implemented.</summary>
    ValueTask OnReferAsync(IncomingReferral referral, CancellationToken cancellation)
    {
        referral.Reject(new SipReply(603));
        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// A request came inside a dialog that this process does not hold: after a restart, or because another node had it. The stored
    /// dialog lets the stack go on with it; null has the request answered with 481.
    /// </summary>
    ValueTask<ResumableDialog?> OnUnknownDialogAsync(UnknownDialog dialog, CancellationToken cancellation) => ValueTask.FromResult<ResumableDialog?>(null);
}

/// <summary>A dialog that a peer believes in and this process does not hold.</summary>
/// <param name="CallId">Its Call-ID.</param>
/// <param name="LocalTag">Our tag.</param>
/// <param name="RemoteTag">The peer's tag.</param>
public sealed record UnknownDialog(string CallId, string LocalTag, string RemoteTag);

/// <summary>A dialog as the application stored it.</summary>
/// <param name="State">What was stored last.</param>
/// <param name="Resumed">Gets the call, on the thread pool, before anything else of it; it has to set <see cref="Call.Handler"/>.</param>
public sealed record ResumableDialog(DialogState State, Action<Call> Resumed)
{
    /// <summary>What answers challenges inside the dialog.</summary>
    public DigestCredentials? Credentials { get; init; }
}

/// <summary>What owns a call once it is answered. Its members are called one after the other, in the order of events.</summary>
/// <remarks>Nothing is delivered before <see cref="Call.Handler"/> is set, and nothing after <see cref="OnEnded"/>.</remarks>
public interface ICallHandler
{
    /// <summary>The peer offers new media by re-INVITE or UPDATE; null refuses with 488 and leaves the call as it is.</summary>
    SessionDescription? OnOffer(Call call, SessionDescription offer);

    /// <summary>The peer answers an offer that we made because its own INVITE had none.</summary>
    void OnLateAnswer(Call call, SessionDescription answer);

    /// <summary>A MESSAGE, INFO or other request inside the dialog.</summary>
    ValueTask<SipReply> OnRequestAsync(Call call, SipRequest request);

    /// <summary>The peer asks that we call somebody; answer it here or later. Declined unless implemented.</summary>
    ValueTask OnReferAsync(Call call, IncomingReferral referral)
    {
        referral.Reject(new SipReply(603));
        return ValueTask.CompletedTask;
    }

    /// <summary>The dialog changed; storing it before returning keeps it resumable.</summary>
    void OnStateChanged(Call call, DialogState state);

    /// <summary>The call is over.</summary>
    void OnEnded(Call call, CallEnd end);
}

/// <summary>An answer of the application.</summary>
public sealed record SipReply(int Status, string? Reason = null)
{
    /// <summary>Header fields beside those that every response has.</summary>
    public IReadOnlyList<SipHeader> Headers { get; init; } = [];

    /// <summary>The media type of the body.</summary>
    public string? ContentType { get; init; }

    /// <summary>The body.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>200.</summary>
    public static SipReply Ok { get; } = new(200);
}

/// <summary>Who ended a call.</summary>
public enum CallEndKind
{
    /// <summary>The peer hung up, or cancelled before it was connected.</summary>
    RemoteBye,

    /// <summary>We hung up.</summary>
    LocalBye,

    /// <summary>Nobody did: the peer stopped answering, or no longer knows the call.</summary>
    Lost,

    /// <summary>It goes on in another process.</summary>
    Abandoned,
}

/// <summary>How a call ended, with the status or the Reason that told it.</summary>
public sealed record CallEnd(CallEndKind Kind, int? Status = null, string? Reason = null)
{
    /// <summary>The peer's own reason, when it gave one.</summary>
    public SipReason? Cause { get; init; }
}
