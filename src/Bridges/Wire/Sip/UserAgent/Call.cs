using System.Text;
using Interop.Bridges.Wire.Sip.Dialogs;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Bridges.Wire.Sip.UserAgent.Referrals;

namespace Interop.Bridges.Wire.Sip.UserAgent;

/// <summary>A call that is up. Its methods may be called from any thread.</summary>
public sealed class Call
{
    private readonly CallCore _core;

    internal Call(CallCore core) => _core = core;

    /// <summary>The dialog, as it is now.</summary>
    public DialogState State => _core.State;

    /// <summary>Our Contact, as the peer knows it.</summary>
    public SipUri Contact => _core.Dialog.ContactUri;

    /// <summary>Whether a caller has not acknowledged our answer yet, so that the call was never heard to be up.</summary>
    public bool NeverAcknowledged => _core.NeverAcknowledged;

    /// <summary>How it ended; null while it has not.</summary>
    public CallEnd? End => _core.End;

    /// <summary>What the peer last described; null while the answer to our own offer is still to come.</summary>
    public SessionDescription? RemoteSdp =>
        _core.State.RemoteSdp is { } text && SessionDescription.TryParse(Encoding.UTF8.GetBytes(text), out var parsed) ? parsed : null;

    /// <summary>Who hears of the call. What happened before it is set waits for it.</summary>
    public ICallHandler? Handler
    {
        get => _core.Handler;
        set => _core.SetHandler(value);
    }

    /// <summary>Offers new media. Offers of one call go out one after the other; glare is retried.</summary>
    /// <remarks>Cancelling stops the waiting, not the offer.</remarks>
    public Task<ReinviteOutcome> ReinviteAsync(SessionDescription offer, CancellationToken cancellation) =>
        _core.ReinviteAsync(offer).WaitAsync(cancellation);

    /// <summary>Hangs up; done when the peer has confirmed it or has had its time to.</summary>
    /// <param name="reasonHeader">The value of a Reason field (RFC 3326), or null.</param>
    public Task ByeAsync(string? reasonHeader = null) => _core.ByeAsync(reasonHeader);

    /// <summary>Leaves the dialog to another process that has resumed it: the peer is told nothing.</summary>
    public void Abandon() => _core.Abandon();

    /// <summary>Asks the peer to call somebody, whose URI may carry <c>?Replaces=</c>, and gathers its reports (RFC 3515).</summary>
    public Task<ReferOutcome> ReferAsync(NameAddr to) => _core.ReferAsync(to);

    /// <summary>Sends a MESSAGE, INFO or OPTIONS inside the dialog; silence is a local 408.</summary>
    /// <remarks>408 and 481 do not end the call here: a peer may know the call and not the method.</remarks>
    public Task<SipResponse> SendAsync(string method, string? contentType = null, ReadOnlyMemory<byte> body = default, IReadOnlyList<SipHeader>? headers = null) =>
        _core.SendAsync(method, contentType, body, headers ?? []);
}
