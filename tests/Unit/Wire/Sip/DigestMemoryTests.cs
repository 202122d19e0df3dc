using Interop.Bridges.Wire.Sip.Auth;
using Interop.Bridges.Wire.Sip.Messages;
using Xunit;

namespace Interop.Tests.Unit.Wire.Sip;

/// <summary>What one request learnt of a server, and the next one makes of it (RFC 7616 sections 3.4 to 3.6).</summary>
public sealed class DigestMemoryTests
{
    private static readonly SipUri Server = SipUri.Parse("sip:pbx.example:5070");
    private readonly DigestMemory _memory = new(capacity: 8);

    [Fact]
    public void A_nonce_is_used_again_with_a_growing_count()
    {
        Answered(Session());
        Assert.Contains("nc=00000002", Assert.Single(Session().Answer("INVITE", Server)).Value);
        Assert.Contains("nc=00000003", Assert.Single(Session().Answer("REGISTER", Server)).Value);
    }

    [Theory]
    [InlineData("sip:pbx.example", "hub")]
    [InlineData("sip:evil.example:5070", "hub")]
    [InlineData("sip:pbx.example:5070", "other")]
    public void Another_server_and_another_user_get_nothing_of_it(string server, string user)
    {
        Answered(Session());
        Assert.Empty(Session(server, user).Answer("INVITE", SipUri.Parse(server)));
    }

    [Theory]
    [InlineData(", stale=true")]
    [InlineData("")]
    public void A_server_that_no_longer_takes_the_nonce_is_answered_with_its_new_one(string stale)
    {
        Answered(Session());
        var next = Session();
        next.Answer("INVITE", Server);
        Assert.True(next.TryTake(Challenge("second", stale)));
        Assert.Contains("nonce=\"second\"", Assert.Single(next.Answer("INVITE", Server)).Value);
        Assert.Contains("nonce=\"second\"", Assert.Single(Session().Answer("INVITE", Server)).Value);
    }

    [Fact]
    public void A_wrong_password_is_tried_once_for_each_request_and_never_remembered()
    {
        var session = Session();
        Answered(session);
        Assert.False(session.TryTake(Challenge("again")));
        Assert.Empty(Session().Answer("INVITE", Server));
    }

    [Fact]
    public void The_nonce_that_the_server_wants_next_is_used_next_and_counted_anew()
    {
        var session = Session();
        Answered(session);
        var ok = Response(200);
        ok.Headers.Add(HeaderNames.AuthenticationInfo, "nextnonce=\"later\", qop=auth, rspauth=\"00\"");
        session.Conclude(ok);
        var next = Assert.Single(Session().Answer("INVITE", Server)).Value;
        Assert.Contains("nonce=\"later\"", next);
        Assert.Contains("nc=00000001", next);
    }

    [Fact]
    public void After_a_403_the_server_is_not_answered_before_it_asks()
    {
        var session = Session();
        Answered(session);
        session.Conclude(Response(403));
        Assert.Empty(Session().Answer("INVITE", Server));
    }

    [Fact]
    public void A_full_memory_is_emptied_and_goes_on()
    {
        for (var port = 1; port <= 20; port++) Answered(Session($"sip:pbx.example:{port}"));
        Assert.Single(Session("sip:pbx.example:20").Answer("INVITE", Server));
        Assert.Empty(Session("sip:pbx.example:1").Answer("INVITE", Server));
    }

    private static void Answered(DigestSession session)
    {
        Assert.True(session.TryTake(Challenge("first")));
        Assert.Contains("nc=00000001", Assert.Single(session.Answer("REGISTER", Server)).Value);
    }

    private DigestSession Session(string server = "sip:pbx.example:5070", string user = "hub")
    {
        var credentials = new DigestCredentials(user, "secret", realm: "r");
        return new DigestSession(credentials, _memory.For(credentials, SipUri.Parse(server)), () => "c");
    }

    private static SipResponse Challenge(string nonce, string more = "")
    {
        var challenge = Response(401);
        challenge.Headers.Add(HeaderNames.WwwAuthenticate, $"Digest realm=\"r\", nonce=\"{nonce}\", qop=\"auth\", algorithm=SHA-256{more}");
        return challenge;
    }

    private static SipResponse Response(int status) =>
        new SipRequest("INVITE", Server, new SipHeaders()).Respond(status);
}
