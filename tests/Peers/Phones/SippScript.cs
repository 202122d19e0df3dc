using System.Globalization;
using System.Text;

namespace Interop.Tests.Peers.Phones;

/// <summary>A scenario of sipp, written step by step: what the phone sends, what it must receive, and what must stand in it.</summary>
/// <remarks>
/// sipp fails when anything else comes, but for the OPTIONS, INFO, UPDATE and NOTIFY that it answers by itself while they
/// are not awaited.
/// </remarks>
public sealed class SippScript
{
    private const string ToTag = "[pid]SIPp[call_number]";

    private readonly StringBuilder _steps = new();
    private readonly List<string> _variables = [];
    private readonly string _user;
    private readonly string _from;
    private readonly string _to;
    private int _number;
    private int _invite;
    private string? _contact;
    private int _labels;

    /// <summary>Whom a request outside of any dialog is for: the room has given it no tag, or an earlier one that is over.</summary>
    private const string Service = "<sip:[service]@[remote_ip]:[remote_port]>";

    private SippScript(string user, string from, string to) => (_user, _from, _to) = (user, from, to);

    /// <summary>A phone that calls, or asks: it sends first.</summary>
    /// <param name="user">Its user name.</param>
    /// <param name="name">Its display name.</param>
    public static SippScript Caller(string user = "engine7", string name = "Engine 7") => new(
        user,
        $"\"{name}\" <sip:{user}@[local_ip]:[local_port]>;tag={ToTag}",
        $"{Service}[peer_tag_param]");

    /// <summary>A phone that is called: it begins with <see cref="TakeCall"/>.</summary>
    public static SippScript Called(string user = "engine7") => new(user, $"[$local];tag={ToTag}", "[$remote]");

    /// <summary>An SDP of one voice stream; a line to put into a message.</summary>
    /// <param name="direction">As RFC 3264 names it.</param>
    /// <param name="format">0 for PCMU, 8 for PCMA.</param>
    /// <param name="version">Of the session: one more with each offer.</param>
    /// <param name="port">Where it wants to hear.</param>
    public static string Sdp(string direction = "sendrecv", int format = 0, int version = 1, string port = "[media_port]") => $"""
        v=0
        o=engine7 1 {version} IN IP4 [local_ip]
        s=-
        c=IN IP4 [media_ip]
        t=0 0
        m=audio {port} RTP/AVP {format}
        a=rtpmap:{format} {(format == 0 ? "PCMU" : "PCMA")}/8000
        a=ptime:20
        a={direction}

        """.ReplaceLineEndings("\n");

    /// <summary>Says another Contact than its own from here on.</summary>
    public SippScript Says(string contact)
    {
        _contact = contact;
        return this;
    }

    /// <summary>Sends the INVITE that opens the call; without SDP it asks for the other side's offer.</summary>
    public SippScript Invite(string? sdp = null, string headers = "")
    {
        _invite = _number + 1;
        return Ask("INVITE", headers, sdp is null ? null : ("application/sdp", sdp));
    }

    /// <summary>Sends a request outside of any dialog.</summary>
    public SippScript Ask(string method, string headers = "", (string Type, string Text)? body = null) =>
        Request(method, "sip:[service]@[remote_ip]:[remote_port]", Service, headers, body);

    /// <summary>Sends a request inside the call.</summary>
    public SippScript InCall(string method, string headers = "", (string Type, string Text)? body = null, int hops = 70) =>
        Request(method, "[next_url]", _to, $"[routes]\n{headers}", body, hops);

    /// <summary>Sends an offer inside the call.</summary>
    public SippScript Reinvite(string sdp, string headers = "") => InCall("INVITE", headers, ("application/sdp", sdp));

    /// <summary>Acknowledges the 2xx; a late offer has its answer here.</summary>
    public SippScript Ack(string? sdp = null) => AckThen(null, sdp);

    /// <summary>Acknowledges a refusal: the ACK belongs to the INVITE's transaction.</summary>
    public SippScript AckRefusal() => Send(
        $"ACK sip:[service]@[remote_ip]:[remote_port] SIP/2.0\n[last_Via:]\nFrom: {_from}\nTo: {_to}\n"
        + $"Call-ID: [call_id]\nCSeq: {Text(_number)} ACK\nMax-Forwards: 70",
        null,
        repeats: false);

    /// <summary>Gives up the call; the answers to it may have come or not.</summary>
    public SippScript Cancel() => Send(
        $"CANCEL sip:[service]@[remote_ip]:[remote_port] SIP/2.0\n[last_Via:]\nFrom: {_from}\n"
        + $"To: {Service}\nCall-ID: [call_id]\nCSeq: {Text(_number)} CANCEL\nMax-Forwards: 70",
        null);

    /// <summary>Acknowledges the reliable provisional answer that came last.</summary>
    public SippScript Acknowledge()
    {
        _variables.Add("rseq");
        return InCall("PRACK", $"RAck: [$rseq] {Text(_invite)} INVITE");
    }

    /// <summary>Acknowledges the 2xx of an INVITE that a PRACK came after.</summary>
    public SippScript AckInvite() => Send(
        $"ACK [next_url] SIP/2.0\n{Via}\n[routes]\nFrom: {_from}\nTo: {_to}\nCall-ID: [call_id]\nCSeq: {Text(_invite)} ACK\nMax-Forwards: 70",
        null,
        repeats: false);

    /// <summary>Hangs up, and has that confirmed.</summary>
    public SippScript HangUp() => InCall("BYE").Receive(200);

    /// <summary>Must receive this answer.</summary>
    /// <param name="status">The status.</param>
    /// <param name="checks">What its fields must match.</param>
    public SippScript Receive(int status, params (string Header, string Pattern)[] checks)
    {
        var routes = status is >= 200 and < 300 ? " rrs=\"true\"" : "";
        var challenge = status is 401 or 407 ? " auth=\"true\"" : "";
        // A PRACK names the number of what it acknowledges, and needs the Contact of the early dialog.
        var reliable = checks.Any(check => check.Header == "RSeq")
            ? "<ereg regexp=\"[0-9]+\" search_in=\"hdr\" header=\"RSeq:\" assign_to=\"rseq\"/>"
            : "";
        if (reliable.Length > 0)
            routes = " rrs=\"true\"";
        var actions = checks.Length == 0 ? "" : $"<action>{reliable}{Checks(checks)}</action>";
        return Step($"<recv response=\"{Text(status)}\"{routes}{challenge}>{actions}</recv>");
    }

    /// <summary>May receive these answers before the next.</summary>
    public SippScript MayReceive(params int[] statuses)
    {
        foreach (var status in statuses)
            Step($"<recv response=\"{Text(status)}\" optional=\"true\"/>");
        return this;
    }

    /// <summary>Takes the INVITE that opens the call, and keeps who calls whom.</summary>
    public SippScript TakeCall(params (string Header, string Pattern)[] checks)
    {
        _variables.AddRange(["remote", "local", "cseq", "via"]);
        return Step("<recv request=\"INVITE\" rrs=\"true\">"
            + "<action><ereg regexp=\".*\" search_in=\"hdr\" header=\"From:\" assign_to=\"remote\"/>"
            + "<ereg regexp=\".*\" search_in=\"hdr\" header=\"To:\" assign_to=\"local\"/>"
            + "<ereg regexp=\".*\" search_in=\"hdr\" header=\"CSeq:\" assign_to=\"cseq\"/>"
            + "<ereg regexp=\".*\" search_in=\"hdr\" header=\"Via:\" assign_to=\"via\"/>"
            + $"{Checks(checks)}</action></recv>");
    }

    /// <summary>Must receive this request.</summary>
    public SippScript Take(string method, params (string Header, string Pattern)[] checks) =>
        Step($"<recv request=\"{method}\">{Actions(checks)}</recv>");

    /// <summary>Takes this request, and confirms it, until one comes whose body, or whose field, matches.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="pattern">What the last of them matches.</param>
    /// <param name="header">The field; the body when null.</param>
    public SippScript TakeUntil(string method, string pattern, string? header = null)
    {
        var again = ++_labels;
        var last = ++_labels;
        var seen = $"last{Text(last)}";
        _variables.Add(seen);
        var where = header is null ? "search_in=\"body\"" : $"search_in=\"hdr\" header=\"{header}:\"";
        Step($"<label id=\"{Text(again)}\"/>");
        Step($"<recv request=\"{method}\" next=\"{Text(last)}\" test=\"{seen}\"><action>"
            + $"<ereg regexp=\"{Escape(pattern)}\" {where} assign_to=\"{seen}\"/></action></recv>");
        AnswerThen(again);
        Step($"<label id=\"{Text(last)}\"/>");
        return AnswerInCall();
    }

    /// <summary>
    /// Sends a request inside the call again and again until it is answered with this status, and meanwhile takes whatever
    /// re-INVITE the far end sends by itself, which it may do before it answers, after, or not at all.
    /// </summary>
    /// <remarks>
    /// Sent again from the same step, it has the same branch: to the far end it is one request. sipp's own repeating would keep
    /// it from answering meanwhile.
    /// </remarks>
    public SippScript InCallAcross(string method, int status, string headers = "", (string Type, string Text)? body = null)
    {
        var (again, waiting, taken, done) = (++_labels, ++_labels, ++_labels, ++_labels);
        AskAgain(method, headers, body, again, waiting, taken);
        Step($"<recv response=\"{Text(status)}\" next=\"{Text(done)}\"/>");
        Step($"<label id=\"{Text(taken)}\"/>");
        AnswerThen(waiting, 200, Sdp());
        return Step($"<label id=\"{Text(done)}\"/>");
    }

    /// <summary>
    /// Offers inside the call as <see cref="InCallAcross"/> sends. Offers of both sides that cross are refused 491 by both (RFC
    /// 3261 section 14.2); then it takes the far end's next one first, and offers again.
    /// </summary>
    public SippScript OfferAcross(string sdp)
    {
        var (again, waiting, taken, refused, theirs, done) = (++_labels, ++_labels, ++_labels, ++_labels, ++_labels, ++_labels);
        AskAgain("INVITE", "", ("application/sdp", sdp), again, waiting, taken);
        Step($"<recv response=\"491\" optional=\"true\" next=\"{Text(refused)}\"/>");
        Step("<recv response=\"200\"/>");
        AckThen(done);
        Step($"<label id=\"{Text(taken)}\"/>");
        AnswerThen(waiting, 491);
        Step($"<label id=\"{Text(refused)}\"/>");
        AckRefusal();
        Step($"<label id=\"{Text(theirs)}\"/>");
        Step($"<recv request=\"ACK\" optional=\"true\" next=\"{Text(theirs)}\"/>");
        Take("INVITE").AnswerInCall(200, Sdp()).Take("ACK");
        Reinvite(sdp).MayReceive(100).Receive(200).Ack();
        return Step($"<label id=\"{Text(done)}\"/>");
    }

    /// <summary>Must receive this request, after whatever re-INVITE the far end sends before it.</summary>
    public SippScript TakeAcross(string method)
    {
        var (again, taken, done) = (++_labels, ++_labels, ++_labels);
        Step($"<label id=\"{Text(again)}\"/>");
        Step($"<recv request=\"INVITE\" optional=\"true\" next=\"{Text(taken)}\"/>");
        Step($"<recv request=\"ACK\" optional=\"true\" next=\"{Text(again)}\"/>");
        Step($"<recv request=\"{method}\" next=\"{Text(done)}\"/>");
        Step($"<label id=\"{Text(taken)}\"/>");
        AnswerThen(again, 200, Sdp());
        return Step($"<label id=\"{Text(done)}\"/>");
    }

    /// <summary>Must receive this request, and these words in its body.</summary>
    public SippScript TakeBody(string method, params string[] patterns)
    {
        var actions = string.Concat(patterns.Select(pattern => Check($"search_in=\"body\"", pattern)));
        return Step($"<recv request=\"{method}\"><action>{actions}</action></recv>");
    }

    /// <summary>Answers the request that came last.</summary>
    /// <param name="status">The status.</param>
    /// <param name="sdp">Its description.</param>
    /// <param name="headers">Further fields, a line each.</param>
    public SippScript Answer(int status, string? sdp = null, string headers = "") => Send(
        $"SIP/2.0 {Text(status)} Said\n[last_Via:]\n[last_Record-Route:]\n[last_From:]\n[last_To:];tag={ToTag}\n[last_Call-ID:]\n[last_CSeq:]\n"
        + Contact + Lines(headers),
        sdp is null ? null : ("application/sdp", sdp),
        repeats: false);

    /// <summary>Answers the INVITE of <see cref="TakeCall"/> after another request has come, its CANCEL for instance.</summary>
    /// <param name="status">The status.</param>
    /// <param name="sdp">Its description.</param>
    /// <param name="tag">Our tag, for the answers of a fork; the call's own unless given.</param>
    public SippScript AnswerCall(int status, string? sdp = null, string tag = ToTag) => Send(
        $"SIP/2.0 {Text(status)} Said\nVia: [$via]\nFrom: [$remote]\nTo: [$local];tag={tag}\n[last_Call-ID:]\nCSeq: [$cseq]\n{Contact}",
        sdp is null ? null : ("application/sdp", sdp),
        repeats: false);

    /// <summary>Answers a request inside the call, where the To has its tag already.</summary>
    public SippScript AnswerInCall(int status = 200, string? sdp = null, string headers = "") => AnswerThen(null, status, sdp, headers);

    /// <summary>Waits, and takes nothing meanwhile but what sipp answers by itself.</summary>
    public SippScript Wait(TimeSpan time) => Step($"<pause milliseconds=\"{Text((int)time.TotalMilliseconds)}\"/>");

    /// <summary>Says the sound that it was started with, from now on and beside the steps that follow.</summary>
    /// <param name="format">0 for PCMU, 8 for PCMA.</param>
    public SippScript Say(int format = 0) =>
        Step($"<nop><action><exec rtp_stream=\"says.{(format == 0 ? "ulaw" : "alaw")},1,{Text(format)}\"/></action></nop>");

    /// <summary>The scenario as sipp reads it.</summary>
    public string ToXml()
    {
        var reference = _variables.Count == 0 ? "" : $"<Reference variables=\"{string.Join(',', _variables.Distinct())}\"/>\n";
        return $"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<scenario name=\"{_user}\">\n{_steps}{reference}</scenario>\n";
    }

    private static string Via => "Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]";

    private string Contact => $"Contact: {_contact ?? $"<sip:{_user}@[local_ip]:[local_port];transport=[transport]>"}";

    private SippScript AckThen(int? next, string? sdp = null) => Send(
        $"ACK [next_url] SIP/2.0\n{Via}\n[routes]\nFrom: {_from}\nTo: {_to}\nCall-ID: [call_id]\nCSeq: {Text(_number)} ACK\nMax-Forwards: 70",
        sdp is null ? null : ("application/sdp", sdp),
        repeats: false,
        next);

    /// <summary>Sends the same request each second, and meanwhile goes to a label for a re-INVITE, until one of the steps that follow takes its answer.</summary>
    private void AskAgain(string method, string headers, (string Type, string Text)? body, int again, int waiting, int reinvited)
    {
        Step($"<label id=\"{Text(again)}\"/>");
        Request(method, "[next_url]", _to, $"[routes]\n{headers}", body, repeats: false);
        Step($"<label id=\"{Text(waiting)}\"/>");
        Step($"<recv request=\"INVITE\" optional=\"true\" next=\"{Text(reinvited)}\" timeout=\"1000\" ontimeout=\"{Text(again)}\"/>");
        // sipp does not begin the time anew after a jump: the ACK of the re-INVITE has the request sent again instead.
        Step($"<recv request=\"ACK\" optional=\"true\" next=\"{Text(again)}\"/>");
        MayReceive(100);
    }

    private SippScript AnswerThen(int? next, int status = 200, string? sdp = null, string headers = "") => Send(
        $"SIP/2.0 {Text(status)} Said\n[last_Via:]\n[last_From:]\n[last_To:]\n[last_Call-ID:]\n[last_CSeq:]\n{Contact}{Lines(headers)}",
        sdp is null ? null : ("application/sdp", sdp),
        repeats: false,
        next);

    private SippScript Request(string method, string uri, string to, string headers, (string Type, string Text)? body, int hops = 70, bool repeats = true)
    {
        _number++;
        return Send(
            $"{method} {uri} SIP/2.0\n{Via}\nFrom: {_from}\nTo: {to}\nCall-ID: [call_id]\nCSeq: {Text(_number)} {method}\n"
            + $"Max-Forwards: {Text(hops)}\n{Contact}{Lines(headers)}",
            body,
            repeats);
    }

    /// <summary>Sends, and goes on at a label where there is one: a step in between would be one in which sipp takes no message.</summary>
    private SippScript Send(string head, (string Type, string Text)? body, bool repeats = true, int? next = null)
    {
        var type = body is null ? "Content-Length: 0" : $"Content-Type: {body.Value.Type}\nContent-Length: [len]";
        return Step($"<send{(repeats ? " retrans=\"500\"" : "")}{(next is { } label ? $" next=\"{Text(label)}\"" : "")}><![CDATA[\n{head}\n{type}\n\n{body?.Text}]]></send>");
    }

    private string Actions((string Header, string Pattern)[] checks) => checks.Length == 0 ? "" : $"<action>{Checks(checks)}</action>";

    private string Checks((string Header, string Pattern)[] checks) =>
        string.Concat(checks.Select(check => Check($"search_in=\"hdr\" header=\"{check.Header}:\"", check.Pattern)));

    private string Check(string where, string pattern)
    {
        var variable = $"seen{Text(_variables.Count)}";
        _variables.Add(variable);
        return $"<ereg regexp=\"{Escape(pattern)}\" {where} check_it=\"true\" assign_to=\"{variable}\"/>";
    }

    private static string Escape(string pattern) => System.Security.SecurityElement.Escape(pattern);

    private SippScript Step(string step)
    {
        _steps.Append("  ").Append(step).Append('\n');
        return this;
    }

    private static string Lines(string headers) => headers.Trim() is { Length: > 0 } lines ? "\n" + lines.ReplaceLineEndings("\n") : "";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
