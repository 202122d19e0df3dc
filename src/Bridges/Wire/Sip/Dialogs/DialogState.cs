using System.Net;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transports;

namespace Interop.Bridges.Wire.Sip.Dialogs;

/// <summary>Everything that a dialog is (RFC 3261 section 12), as plain data: stored, it can be resumed by another process.</summary>
public sealed record DialogState
{
    /// <summary>The Call-ID.</summary>
    public required string CallId { get; init; }

    /// <summary>Our own From or To value, without tag.</summary>
    public required string LocalAddress { get; init; }

    /// <summary>Our tag.</summary>
    public required string LocalTag { get; init; }

    /// <summary>The peer's From or To value, without tag.</summary>
    public required string RemoteAddress { get; init; }

    /// <summary>The peer's tag; empty for peers older than RFC 3261.</summary>
    public required string RemoteTag { get; init; }

    /// <summary>The user part of our Contact; its host is the stack's.</summary>
    public string? ContactUser { get; init; }

    /// <summary>The number of our last request.</summary>
    public uint LocalCSeq { get; init; }

    /// <summary>The number of the peer's last request; null before the first.</summary>
    public uint? RemoteCSeq { get; init; }

    /// <summary>The Route values for our requests, in order.</summary>
    public IReadOnlyList<string> RouteSet { get; init; } = [];

    /// <summary>The peer's Contact URI.</summary>
    public required string RemoteTarget { get; init; }

    /// <summary>Whether the peer is the focus of a conference, as its Contact says (RFC 3840, RFC 4579).</summary>
    public bool RemoteIsFocus { get; init; }

    /// <summary>The methods that the peer said it takes; empty when it did not say.</summary>
    public IReadOnlyList<string> RemoteAllow { get; init; } = [];

    /// <summary>Whether the dialog was set up over TLS with a sips URI.</summary>
    public bool Secure { get; init; }

    /// <summary>Whether we made the call: the owner of the Call-ID waits longer after glare (RFC 3261 section 14.1).</summary>
    public bool IsCaller { get; init; }

    /// <summary>The transport of the first message.</summary>
    public SipTransportKind Transport { get; init; }

    /// <summary>Address and port that the first message came from or went to: used while a stream to it is open, and when the target cannot be resolved.</summary>
    public required string PeerEndPoint { get; init; }

    /// <summary>Whether that is the only way to the peer, whatever its Contact says, since it is behind a NAT.</summary>
    public bool IsOnlyWay { get; init; }

    /// <summary>The domain that the peer proved on the TLS stream that we opened to it; null for every other stream.</summary>
    public string? ServerName { get; init; }

    /// <summary>The last description that we sent.</summary>
    public string? LocalSdp { get; init; }

    /// <summary>The last description that the peer sent.</summary>
    public string? RemoteSdp { get; init; }

    /// <summary>Whether the peer takes UPDATE, which refreshes a session without a new offer (RFC 3311).</summary>
    public bool AllowsUpdate { get; init; }

    /// <summary>The session timer, if one runs.</summary>
    public SessionTimerState? SessionTimer { get; init; }

    /// <summary>The same with the target that the peer names now, if it names one (RFC 3261 section 12.2).</summary>
    internal DialogState Retargeted(NameAddr? contact) =>
        contact is null ? this : this with { RemoteTarget = contact.Uri.ToString(), RemoteIsFocus = contact.Parameters.Has("isfocus") };

    internal SipDestination Flow => new(Transport, IPEndPoint.Parse(PeerEndPoint)) { ServerName = ServerName, IsOnlyWay = IsOnlyWay };

    internal DialogId Id => new(CallId, LocalTag, RemoteTag);
}

/// <summary>What tells dialogs apart (RFC 3261 section 12).</summary>
internal readonly record struct DialogId(string CallId, string LocalTag, string RemoteTag);

/// <summary>A running session timer (RFC 4028): its interval, and whether we are the one who refreshes.</summary>
public sealed record SessionTimerState(int Seconds, bool WeRefresh);
