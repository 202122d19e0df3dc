using Interop.Bridges.Wire.Sip.Dialogs;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Bridges.Wire.Sip.Transports;

namespace Interop.Bridges.Wire.Sip.UserAgent;

/// <summary>What uses the stack. It is called on the thread pool and blocks nobody but the call or request that it is asked about.</summary>
public interface ISipApplication
{
    /// <summary>A call comes in; answer it with <see cref="IncomingCall.Accept"/> or <see cref="IncomingCall.Reject"/>, here or later.</summary>
    ValueTask OnInviteAsync(IncomingCall call, CancellationToken cancellation);

    /// <summary>A request outside any dialog; null lets the stack answer (OPTIONS 200, others 405).</summary>
    ValueTask<SipReply?> OnRequestAsync(SipRequest request, SipSource source, CancellationToken cancellation);
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
}

/// <summary>How a call ended, with the status or the Reason that told it.</summary>
public sealed record CallEnd(CallEndKind Kind, int? Status = null, string? Reason = null);
