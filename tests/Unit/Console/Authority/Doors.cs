using Interop.Hub.Contracts;

namespace Interop.Tests.Unit.Console.Authority;

/// <summary>One thing that can be asked of the hub, and who may.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Pattern">The route as it is mapped; <c>{code}</c> is the room of the walk, any other part is unknown.</param>
/// <param name="Body">What is asked, so that whoever may is told 2xx or what is wrong with it, and nothing comes of it.</param>
/// <param name="Opens">Who may; null when nobody has to be signed in.</param>
public sealed record Door(string Method, string Pattern, string? Body, Func<Who, bool>? Opens)
{
    /// <summary>Every route of the API.</summary>
    public static IReadOnlyList<Door> All { get; } =
    [
        new("GET", "/api/session", null, static _ => true),
        new("POST", "/api/session", "{}", null),
        new("DELETE", "/api/session", null, null),
        new("GET", "/api/setup", null, null),
        new("POST", "/api/setup", "{}", null),
        new("POST", "/api/welcome", "{}", null),
        new("POST", "/api/people", "{}", static who => who.Role == Role.Administrator),
        new("GET", "/api/directory", null, static _ => true),
        new("GET", "/api/directory/phones", null, static _ => true),
        new("GET", "/api/directory/trunks", null, static _ => true),
        new("GET", "/api/provisioning", null, static who => who.Role == Role.Administrator),
        new("POST", "/api/provisioning", """{"nothing":[]}""", static who => who.Role == Role.Administrator),
        new("GET", "/api/alerts", null, static _ => true),
        new("POST", "/api/alerts", "{}", static who => who.Role >= Role.Integration),
        new("GET", "/api/voice/relays", null, static who => who.Role >= Role.Member),
        new("POST", "/api/guest/offer", "{}", null),
        new("POST", "/api/guest/accept", "{}", null),
        new("POST", "/api/guest/decline", "{}", null),
        // Whoever came by a link has a session of its own, and no person's or program's opens these.
        new("GET", "/api/guest", null, static _ => false),
        new("DELETE", "/api/guest", null, static _ => false),
        new("GET", "/api/guest/room", null, static _ => false),
        new("POST", "/api/guest/chat", """{"text":"Hello"}""", static _ => false),
        new("GET", "/api/guest/voice/relays", null, static _ => false),
        new("POST", "/api/guest/voice", Voice(), static _ => false),
        new("DELETE", "/api/guest/voice/{leg}", null, static _ => false),
        new("GET", "/api/rooms", null, static _ => true),
        new("POST", "/api/rooms", """{"title":""}""", static who => who.Role >= Role.Dispatcher),

        new("GET", "/api/rooms/{code}", null, static who => who.Reads),
        new("POST", "/api/rooms/{code}/close", Long("reason"), static who => who.Runs),
        new("POST", "/api/rooms/{code}/reopen", null, static who => who.Runs),
        new("GET", "/api/rooms/{code}/journal", null, static who => who.Reads),
        new("GET", "/api/rooms/{code}/record", null, static who => who.Reads),
        new("GET", "/api/rooms/{code}/record/export", null, static who => who.TakesPart),
        new("GET", "/api/rooms/{code}/invites", null, static who => who.Reads),
        new("POST", "/api/rooms/{code}/invites", """{"agency":""}""", static who => who.Runs),
        new("POST", "/api/rooms/{code}/invites/{id}/answer", """{"accept":true}""", static who => who.Reads && who.Role >= Role.Commander),
        new("POST", "/api/rooms/{code}/invites/{id}/counter", """{"accept":false}""", static who => who.Runs),
        new("POST", "/api/rooms/{code}/invites/{id}/conditions", "{}", static who => who.Reads && who.Role >= Role.Commander),
        new("DELETE", "/api/rooms/{code}/invites/{id}", null, static who => who.Runs),
        new("GET", "/api/rooms/{code}/links", null, static who => who.Reads),
        new("POST", "/api/rooms/{code}/links", """{"lifeSeconds":-1}""", static who => who.Runs),
        new("DELETE", "/api/rooms/{code}/links/{id}", null, static who => who.Runs),
        new("GET", "/api/rooms/{code}/guests", null, static who => who.Reads),
        new("DELETE", "/api/rooms/{code}/guests/{id}", null, static who => who.Runs),
        new("PUT", "/api/rooms/{code}/lease", """{"unattendedMinutes":-1}""", static who => who.Runs),
        new("POST", "/api/rooms/{code}/lease/note", "{}", static who => who.Runs),
        new("POST", "/api/rooms/{code}/command", """{"agency":""}""", static who => who.Runs),
        new("POST", "/api/rooms/{code}/command/{id}/answer", """{"accept":true}""", static who => who.Reads && who.Role >= Role.Commander),
        new("DELETE", "/api/rooms/{code}/command/{id}", null, static who => who.Runs),
        new("GET", "/api/rooms/{code}/legs", null, static who => who.Reads),
        new("POST", "/api/rooms/{code}/legs", """{"uri":""}""", static who => who.Runs),
        new("PATCH", "/api/rooms/{code}/legs/{id}", """{"mode":"muted"}""", static who => who.Runs || who.Dispatches),
        new("DELETE", "/api/rooms/{code}/legs/{id}", null, static who => who.Runs || who.Dispatches),
        new("POST", "/api/rooms/{code}/voice", Voice(), static who => who.TakesPart),
        // Whoever has no leg of their own leaves with none.
        new("DELETE", "/api/rooms/{code}/voice/{leg}", null, static _ => false),
        new("GET", "/api/rooms/{code}/shares", null, static who => who.Reads),
        new("POST", "/api/rooms/{code}/shares", """{"resource":"walk-net"}""", static who => who.Dispatches),
        new("DELETE", "/api/rooms/{code}/shares/{id}", null, static who => who.Runs || who.Dispatches),
        new("GET", "/api/rooms/{code}/chat", null, static who => who.Reads),
        new("POST", "/api/rooms/{code}/chat", """{"text":""}""", static who => who.TakesPart),
        new("GET", "/api/rooms/{code}/video", null, static who => who.Reads),
        new("POST", "/api/rooms/{code}/video", """{"title":"","url":""}""", static who => who.Runs || who.Dispatches),
        // A dispatcher of a member takes away what its agency showed; this is nobody's.
        new("DELETE", "/api/rooms/{code}/video/{id}", null, static who => who.Runs),
        new("GET", "/api/rooms/{code}/recordings", null, static who => who.TakesPart),
        new("GET", "/api/rooms/{code}/recordings/{id}", null, static who => who.TakesPart),
        new("POST", "/api/rooms/{code}/recordings/hold", """{"reason":""}""", static who => who.Runs && who.Role != Role.Dispatcher),
        new("POST", "/api/rooms/{code}/recordings/release", """{"reason":""}""", static who => who.Runs && who.Role != Role.Dispatcher),
    ];

    public bool IsOfRoom => Pattern.Contains("{code}", StringComparison.Ordinal);

    public string PathTo(string room) =>
        Pattern.Replace("{code}", room, StringComparison.Ordinal).Replace("{id}", "none", StringComparison.Ordinal).Replace("{leg}", "none", StringComparison.Ordinal);

    public override string ToString() => $"{Method} {Pattern}";

    private static string Long(string field) => $$"""{"{{field}}":"{{new string('x', 600)}}"}""";

    /// <summary>An offer that can be answered, of a page whose name cannot be.</summary>
    private static string Voice()
    {
        const string sdp = "v=0\\r\\no=- 1 2 IN IP4 127.0.0.1\\r\\ns=-\\r\\nt=0 0\\r\\na=group:BUNDLE 0\\r\\nm=audio 9 UDP/TLS/RTP/SAVPF 0\\r\\nc=IN IP4 0.0.0.0\\r\\n"
            + "a=ice-ufrag:EsAw\\r\\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\\r\\n"
            + "a=fingerprint:sha-256 52:8B:70:CB:C6:94:45:70:72:A9:9C:B9:A9:8B:75:DE:5B:35:14:7E:A7:8D:B9:7F:C4:D9:4D:97:9C:00:4D:D1\\r\\n"
            + "a=setup:actpass\\r\\na=mid:0\\r\\na=sendrecv\\r\\na=rtcp-mux\\r\\na=rtpmap:0 PCMU/8000\\r\\n";
        return $$"""{"client":"x","sdp":"{{sdp}}"}""";
    }
}
