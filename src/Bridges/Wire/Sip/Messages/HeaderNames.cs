using System.Collections.Frozen;

namespace Interop.Bridges.Wire.Sip.Messages;

/// <summary>Header field names as they are written; received ones are brought to this form, compact ones too.</summary>
public static class HeaderNames
{
    public const string Accept = "Accept";
    public const string AcceptResourcePriority = "Accept-Resource-Priority";
    public const string Allow = "Allow";
    public const string AllowEvents = "Allow-Events";
    public const string AuthenticationInfo = "Authentication-Info";
    public const string Authorization = "Authorization";
    public const string CallId = "Call-ID";
    public const string Contact = "Contact";
    public const string ContentDisposition = "Content-Disposition";
    public const string ContentEncoding = "Content-Encoding";
    public const string ContentLength = "Content-Length";
    public const string ContentType = "Content-Type";
    public const string CSeq = "CSeq";
    public const string Date = "Date";
    public const string Event = "Event";
    public const string Expires = "Expires";
    public const string From = "From";
    public const string MaxForwards = "Max-Forwards";
    public const string MimeVersion = "MIME-Version";
    public const string MinExpires = "Min-Expires";
    public const string MinSE = "Min-SE";
    public const string PAssertedIdentity = "P-Asserted-Identity";
    public const string PEarlyMedia = "P-Early-Media";
    public const string PPreferredIdentity = "P-Preferred-Identity";
    public const string Path = "Path";
    public const string Privacy = "Privacy";
    public const string ProxyAuthenticate = "Proxy-Authenticate";
    public const string ProxyAuthenticationInfo = "Proxy-Authentication-Info";
    public const string ProxyAuthorization = "Proxy-Authorization";
    public const string ProxyRequire = "Proxy-Require";
    public const string RAck = "RAck";
    public const string Reason = "Reason";
    public const string RecordRoute = "Record-Route";
    public const string ReferSub = "Refer-Sub";
    public const string ReferTo = "Refer-To";
    public const string ReferredBy = "Referred-By";
    public const string Replaces = "Replaces";
    public const string Require = "Require";
    public const string ResourcePriority = "Resource-Priority";
    public const string RetryAfter = "Retry-After";
    public const string Route = "Route";
    public const string RSeq = "RSeq";
    public const string Server = "Server";
    public const string ServiceRoute = "Service-Route";
    public const string SessionExpires = "Session-Expires";
    public const string Subject = "Subject";
    public const string SubscriptionState = "Subscription-State";
    public const string Supported = "Supported";
    public const string To = "To";
    public const string Unsupported = "Unsupported";
    public const string UserAgent = "User-Agent";
    public const string Via = "Via";
    public const string Warning = "Warning";
    public const string WwwAuthenticate = "WWW-Authenticate";

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Canonical = BuildCanonical();

    private static readonly string[] ListNames =
    [
        Accept, AcceptResourcePriority, Allow, AllowEvents, Contact, ContentEncoding, PAssertedIdentity, PPreferredIdentity, Path, ProxyRequire,
        Reason, RecordRoute, Require, ResourcePriority, Route, ServiceRoute, Supported, Unsupported, Warning,
    ];

    private static readonly FrozenDictionary<string, int> Lists =
        ListNames.Select((name, at) => (name, at)).ToFrozenDictionary(pair => pair.name, pair => pair.at, StringComparer.Ordinal);

    /// <summary>What may stand once (RFC 3261 table 2 and its extensions), as the bits that a reader remembers.</summary>
    private static readonly FrozenDictionary<string, uint> Single = new[]
    {
        CallId, CSeq, From, To, MaxForwards, ContentLength, ContentType, ContentDisposition, Event, Expires, MinExpires, MinSE, RAck, RSeq,
        Replaces, ReferTo, SessionExpires, SubscriptionState,
    }.Select((name, at) => (name, bit: 1u << at)).ToFrozenDictionary(pair => pair.name, pair => pair.bit, StringComparer.Ordinal);

    /// <summary>How many fields are lists.</summary>
    internal static int ListCount => ListNames.Length;

    /// <summary>A number of its own, below <see cref="ListCount"/>, for each field whose values are separated by commas; -1 for any other.</summary>
    internal static int ListIndex(string canonical) => Lists.TryGetValue(canonical, out var index) ? index : -1;

    /// <summary>A bit of its own for each field that may stand once; 0 for any other.</summary>
    internal static uint SingleBit(string canonical) => Single.GetValueOrDefault(canonical);

    internal static string Intern(ReadOnlySpan<char> name) =>
        Canonical.TryGetValue(name, out var canonical) ? canonical : name.ToString();

    private static FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> BuildCanonical()
    {
        string[] known =
        [
            Accept, AcceptResourcePriority, Allow, AllowEvents, AuthenticationInfo, Authorization, CallId, Contact,
            ContentDisposition, ContentEncoding, ContentLength, ContentType, CSeq, Date, Event, Expires, From, MaxForwards,
            MimeVersion, MinExpires, MinSE, PAssertedIdentity, PEarlyMedia, PPreferredIdentity, Path, Privacy,
            ProxyAuthenticate, ProxyAuthenticationInfo, ProxyAuthorization, ProxyRequire, RAck, Reason, RecordRoute, ReferSub, ReferTo, ReferredBy,
            Replaces, Require, ResourcePriority, RetryAfter, Route, RSeq, Server, ServiceRoute, SessionExpires, Subject,
            SubscriptionState, Supported, To, Unsupported, UserAgent, Via, Warning, WwwAuthenticate,
        ];
        var names = known.ToDictionary(name => name, name => name, StringComparer.OrdinalIgnoreCase);
        (string Short, string Long)[] compact =
        [
            ("a", "Accept-Contact"), ("b", ReferredBy), ("c", ContentType), ("d", "Request-Disposition"), ("e", ContentEncoding),
            ("f", From), ("i", CallId), ("j", "Reject-Contact"), ("k", Supported), ("l", ContentLength), ("m", Contact),
            ("o", Event), ("r", ReferTo), ("s", Subject), ("t", To), ("u", AllowEvents), ("v", Via), ("x", SessionExpires),
            ("y", "Identity"),
        ];
        foreach (var (letter, name) in compact) names[letter] = name;
        return names.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
    }
}
