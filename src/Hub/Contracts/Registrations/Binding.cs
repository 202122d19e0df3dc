namespace Interop.Hub.Contracts.Registrations;

/// <summary>Where a phone said it can be reached, until it expires (RFC 3261 section 10).</summary>
/// <param name="Key">Tells one binding of a phone from its others: its instance and reg-id, or its contact address.</param>
/// <param name="Contact">The address, as it goes into a Request-URI.</param>
/// <param name="Parameters">What else the phone said of it, as written: <c>;+sip.instance="..."</c>.</param>
/// <param name="Q">The phone's preference, 0 to 1.</param>
/// <param name="CallId">The Call-ID of the request that last set it.</param>
/// <param name="CSeq">That request's number.</param>
/// <param name="Since">Since when it is there without a gap.</param>
/// <param name="SetAt">When it was last set.</param>
/// <param name="ExpiresAt">When it ends.</param>
/// <param name="Path">The proxies on the way to it, nearest first (RFC 3327).</param>
/// <param name="Flow">The way by which it was set; null when it is reached by its contact alone.</param>
/// <param name="ByFlowAlone">Whether nothing else leads to it, as behind a NAT, or by the phone's wish (RFC 5626).</param>
/// <param name="UserAgent">What the phone calls itself.</param>
[GenerateSerializer, Alias("interop.binding")]
public sealed record Binding(
    string Key,
    string Contact,
    string Parameters,
    double Q,
    string CallId,
    uint CSeq,
    DateTimeOffset Since,
    DateTimeOffset SetAt,
    DateTimeOffset ExpiresAt,
    IReadOnlyList<string> Path,
    BindingFlow? Flow,
    bool ByFlowAlone,
    string? UserAgent);

/// <summary>A transport and a far end by which a phone is reached, whatever its contact says: it may be behind a NAT.</summary>
/// <param name="Transport">The transport's name.</param>
/// <param name="Remote">The far end as <c>address:port</c>.</param>
/// <param name="Node">The node that has the socket; a stream ends with it.</param>
[GenerateSerializer, Alias("interop.binding-flow")]
public sealed record BindingFlow(string Transport, string Remote, string Node);
