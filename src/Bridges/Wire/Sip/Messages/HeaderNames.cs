using System.Collections.Frozen;

namespace Interop.Bridges.Wire.Sip.Messages;

/// <summary>Header field names as they are written; received ones are brought to this form, compact ones too.</summary>
public static class HeaderNames
{
    public const string Accept = "Accept";
    public const string Allow = "Allow";
    public const string AllowEvents = "Allow-Events";
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
    public const string MinExpires = "Min-Expires";
    public const string MinSE = "Min-SE";
    public const string ProxyAuthenticate = "Proxy-Authenticate";
    public const string ProxyAuthorization = "Proxy-Authorization";
    public const string RAck = "RAck";
    public const string Reason = "Reason";
    public const string RecordRoute = "Record-Route";
    public const string ReferSub = "Refer-Sub";
    public const string ReferTo = "Refer-To";
    public const string ReferredBy = "Referred-By";
    public const string Replaces = "Replaces";
    public const string Require = "Require";
    public const string RetryAfter = "Retry-After";
    public const string Route = "Route";
    public const string RSeq = "RSeq";
    public const string Server = "Server";
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

    internal static string Intern(ReadOnlySpan<char> name) =>
        Canonical.TryGetValue(name, out var canonical) ? canonical : name.ToString();

    private static FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> BuildCanonical()
    {
        string[] known =
        [
            Accept, Allow, AllowEvents, Authorization, CallId, Contact, ContentDisposition, ContentEncoding, ContentLength, ContentType,
            CSeq, Date, Event, Expires, From, MaxForwards, MinExpires, MinSE, ProxyAuthenticate, ProxyAuthorization, RAck, Reason, RecordRoute,
            ReferSub, ReferTo, ReferredBy, Replaces, Require, RetryAfter, Route, RSeq, Server, SessionExpires, Subject,
            SubscriptionState, Supported, To, Unsupported,
            UserAgent, Via, Warning, WwwAuthenticate,
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
