namespace Interop.Bridges.Wire.Sip;

/// <summary>What a stranger may cost us: every bound of the SIP stack, by name.</summary>
public sealed record SipLimits
{
    /// <summary>Octets of one message, headers and body.</summary>
    public int MessageBytes { get; init; } = 64 * 1024;

    /// <summary>Header fields of one message.</summary>
    public int HeaderCount { get; init; } = 128;

    /// <summary>Octets of one header field, folded lines included.</summary>
    public int HeaderBytes { get; init; } = 8 * 1024;

    /// <summary>Via values of one message.</summary>
    public int ViaDepth { get; init; } = 70;

    /// <summary>Route or Record-Route values of one message.</summary>
    public int RouteDepth { get; init; } = 70;

    /// <summary>Values of one list header, such as Contact, Supported or Reason, over all of its fields.</summary>
    public int ListValues { get; init; } = 64;

    /// <summary>Characters of one URI.</summary>
    public int UriChars { get; init; } = 1024;

    /// <summary>Parameters of one URI, and of one header value.</summary>
    public int Parameters { get; init; } = 32;

    /// <summary>How deep a multipart body may lie in others; 1 allows none inside another.</summary>
    public int MultipartDepth { get; init; } = 3;

    /// <summary>Parts of one message body, at all depths together.</summary>
    public int MultipartParts { get; init; } = 16;

    /// <summary>Octets of one session description.</summary>
    public int SdpBytes { get; init; } = 32 * 1024;

    /// <summary>Lines of one session description.</summary>
    public int SdpLines { get; init; } = 1000;

    /// <summary>Media sections of one session description.</summary>
    public int SdpMedia { get; init; } = 32;

    /// <summary>Users at hosts whose challenges are remembered for the next request.</summary>
    public int ProtectionSpaces { get; init; } = 1000;

    /// <summary>TCP connections open at once, plain and TLS, in both directions.</summary>
    public int TcpConnections { get; init; } = 1000;

    /// <summary>Of these with one address, or one /64 network of IPv6; a large agency may sit behind a single one.</summary>
    public int TcpConnectionsPerAddress { get; init; } = 250;

    /// <summary>TLS handshakes that are under way at once.</summary>
    public int TlsHandshakes { get; init; } = 200;

    /// <summary>Of these with one address.</summary>
    public int TlsHandshakesPerAddress { get; init; } = 32;

    /// <summary>A TLS handshake must be completed within this time.</summary>
    public TimeSpan TlsHandshake { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A TCP connection without traffic for this long is closed.</summary>
    public TimeSpan TcpIdle { get; init; } = TimeSpan.FromHours(1);

    /// <summary>A TCP peer must complete a message that it began within this time.</summary>
    public TimeSpan TcpMessage { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Octets that may wait to be written to one TCP peer; one that reads slower is disconnected.</summary>
    public int TcpSendQueueBytes { get; init; } = 1024 * 1024;

    /// <summary>A TCP connection must be established within this time.</summary>
    public TimeSpan TcpConnect { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A peer whose way is kept open must answer a ping within this time (RFC 5626 section 4.4.1).</summary>
    public TimeSpan Pong { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>STUN requests answered in a second on one UDP port; phones send one in half a minute.</summary>
    public int StunPerSecond { get; init; } = 1000;

    /// <summary>A request larger than this goes over TCP instead of UDP where the peer takes it (RFC 3261 section 18.1.1).</summary>
    public int DatagramBytes { get; init; } = 1300;

    /// <summary>Names whose addresses are kept until they are out of date, and services besides.</summary>
    public int CachedNames { get; init; } = 2000;

    /// <summary>Targets that one request is tried at.</summary>
    public int TargetsTried { get; init; } = 8;

    /// <summary>Transactions in memory; beyond, a new request gets 503 with Retry-After.</summary>
    public int Transactions { get; init; } = 50_000;

    /// <summary>Received messages that wait for one lane; beyond, the newest is dropped.</summary>
    public int LaneBacklog { get; init; } = 10_000;

    /// <summary>Received messages of strangers that wait for one lane, behind those of calls; beyond, the newest is dropped.</summary>
    public int StrangerBacklog { get; init; } = 2_000;

    /// <summary>Requests outside dialogs that one source may send in a second; beyond, 503 with Retry-After and no memory of it.</summary>
    public int SourceRequestsPerSecond { get; init; } = 500;

    /// <summary>How many of them may come at once.</summary>
    public int SourceBurst { get; init; } = 1_000;

    /// <summary>Places in which the rates of sources are kept; sources beyond share one.</summary>
    public int SourceBuckets { get; init; } = 16_384;

    /// <summary>Requests outside dialogs that all strangers together may send in a second, and at once.</summary>
    public int StrangerRequestsPerSecond { get; init; } = 5_000;

    /// <summary>Calls of strangers that wait for our answer; beyond, 503 with Retry-After.</summary>
    public int PendingInvites { get; init; } = 2_000;

    /// <summary>Other requests of strangers that wait for the application; beyond, 503 with Retry-After.</summary>
    public int PendingQuestions { get; init; } = 2_000;

    /// <summary>Early dialogs of one call of ours; a fork beyond is not heard before it answers.</summary>
    public int Forks { get; init; } = 16;

    /// <summary>Redirections of one call of ours that are followed.</summary>
    public int Redirections { get; init; } = 3;

    /// <summary>Requests of one dialog that wait for its handler; beyond, 503.</summary>
    public int DialogBacklog { get; init; } = 64;

    /// <summary>Subscriptions and referrals of peers, asked for or running; beyond, 503 with Retry-After.</summary>
    public int Subscriptions { get; init; } = 2_000;

    /// <summary>Dialogs not held here that the application may be asked for at once; beyond, 503 with Retry-After.</summary>
    public int DialogLookups { get; init; } = 64;

    /// <summary>The application's time to find a dialog.</summary>
    public TimeSpan DialogLookup { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long it is remembered that nobody has a dialog, so that its requests cost no further look.</summary>
    public TimeSpan DialogLookupMemory { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How many such dialogs each lane remembers.</summary>
    public int DialogLookupsRemembered { get; init; } = 1_000;

    /// <summary>NOTIFYs of one subscription that wait for the one before to be answered.</summary>
    public int NotifyBacklog { get; init; } = 16;

    /// <summary>REFERs that one dialog may bring in its life; beyond, 403, as a peer that refers on and on is running in a circle.</summary>
    public int ReferralsPerDialog { get; init; } = 100;

    /// <summary>How long the reports on one REFER may take, either way.</summary>
    public TimeSpan Referral { get; init; } = TimeSpan.FromMinutes(4);

    /// <summary>The application's time to answer a request that is not a call.</summary>
    public TimeSpan ApplicationAnswer { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a call of ours may ring before it is cancelled (timer C of RFC 3261 section 16.6).</summary>
    public TimeSpan Ringing { get; init; } = TimeSpan.FromMinutes(3);
}
