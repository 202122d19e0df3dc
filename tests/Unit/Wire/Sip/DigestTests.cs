using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Interop.Bridges.Wire.Sip;
using Interop.Bridges.Wire.Sip.Auth;
using Interop.Bridges.Wire.Sip.Messages;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Interop.Tests.Unit.Wire.Sip;

public sealed class DigestTests
{
    private const string Realm = "hub";
    private readonly FakeTimeProvider _time = new();
    private readonly DigestAuthenticator _server;

    public DigestTests() => _server = new DigestAuthenticator(Realm, _time, RandomNumberGenerator.Create(), new DigestOptions { NoncesRemembered = 4 });

    [Theory]
    [InlineData(DigestAlgorithm.Md5, "Circle of Life", "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", "8ca523f5e9506fed4657c9700eebdbec")]
    [InlineData(DigestAlgorithm.Sha256, "Circle of Life", "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1")]
    public void The_example_of_rfc_7616_comes_out(DigestAlgorithm algorithm, string password, string nonce, string cnonce, string response)
    {
        var ha1 = DigestSecret.Ha1(algorithm, "Mufasa", "http-auth@example.org", password);
        Assert.Equal(response, DigestHash.Response(algorithm, ha1, "GET", "/dir/index.html", nonce, "00000001", cnonce));
    }

    [Fact]
    public void The_published_vectors_come_out()
    {
        var path = PublishedCases.Find("digest/vectors.json");
        Assert.SkipWhen(path is null, "The published cases are not beside the repository");
        using var vectors = JsonDocument.Parse(File.ReadAllText(path!));
        foreach (var vector in vectors.RootElement.GetProperty("http").EnumerateArray())
        {
            string Field(string name) => vector.GetProperty(name).GetString()!;
            var algorithm = DigestHash.Parse(Field("algorithm"))!.Value;
            var ha1 = DigestSecret.Ha1(algorithm, Field("username"), Field("realm"), Field("password"));
            Assert.Equal(Field("response"), DigestHash.Response(algorithm, ha1, Field("method"), Field("uri"), Field("nonce"), Field("nc"), Field("cnonce")));
        }
    }

    [Fact]
    public void The_strongest_algorithm_stands_first_and_the_client_takes_it()
    {
        var challenge = _server.Challenge();
        Assert.Contains("algorithm=SHA-256", challenge[0].Value);
        Assert.Contains("algorithm=MD5", challenge[1].Value);
        Assert.Contains("algorithm=SHA-256", Answer(challenge, "bob", "secret").Headers[HeaderNames.Authorization]!);
    }

    [Fact]
    public void The_right_password_proves_the_user_and_only_once()
    {
        var request = Answer(_server.Challenge(), "bob", "secret");
        Assert.Equal(new DigestVerdict.Valid("bob"), _server.Verify(request, Lookup));
        Assert.IsType<DigestVerdict.Stale>(_server.Verify(request, Lookup));
    }

    [Theory]
    [InlineData("bob", "wrong")]
    [InlineData("nobody", "secret")]
    public void Unknown_user_and_wrong_password_are_not_told_apart(string user, string password) =>
        Assert.IsType<DigestVerdict.Wrong>(_server.Verify(Answer(_server.Challenge(), user, password), Lookup));

    [Fact]
    public void A_nonce_ages_and_then_is_stale_rather_than_wrong()
    {
        var request = Answer(_server.Challenge(), "bob", "secret");
        var forged = Answer(_server.Challenge(), "bob", "wrong");
        _time.Advance(TimeSpan.FromMinutes(6));
        Assert.IsType<DigestVerdict.Stale>(_server.Verify(request, Lookup));
        Assert.IsType<DigestVerdict.Wrong>(_server.Verify(forged, Lookup));
        Assert.Contains("stale=true", _server.Challenge(stale: true)[0].Value);
    }

    [Fact]
    public void A_nonce_that_we_did_not_make_is_stale_at_best()
    {
        var other = new DigestAuthenticator(Realm, _time, RandomNumberGenerator.Create());
        Assert.IsType<DigestVerdict.Stale>(_server.Verify(Answer(other.Challenge(), "bob", "secret"), Lookup));
    }

    [Fact]
    public void Md5_is_taken_only_from_a_user_who_may_use_it()
    {
        var md5 = _server.Challenge(md5Only: true);
        Assert.Contains("algorithm=MD5", Assert.Single(md5).Value);
        Assert.IsType<DigestVerdict.Wrong>(_server.Verify(Answer(md5, "bob", "secret"), Lookup));
        Assert.Equal(new DigestVerdict.Valid("old"), _server.Verify(Answer(md5, "old", "secret"), Lookup));
    }

    [Fact]
    public void Another_realm_is_none_of_ours_and_another_room_is_not_opened()
    {
        Assert.IsType<DigestVerdict.Missing>(_server.Verify(Request([]), Lookup));
        var foreign = new DigestAuthenticator("elsewhere", _time, RandomNumberGenerator.Create());
        Assert.IsType<DigestVerdict.Missing>(_server.Verify(Answer(foreign.Challenge(), "bob", "secret"), Lookup));

        var answer = Answer(_server.Challenge(), "bob", "secret").Headers[HeaderNames.Authorization]!;
        var moved = Request([new SipHeader(HeaderNames.Authorization, answer)], "sip:4202@127.0.0.1");
        Assert.IsType<DigestVerdict.Wrong>(_server.Verify(moved, Lookup));
    }

    [Fact]
    public void An_answer_for_another_host_is_taken_where_that_host_means_us_and_for_its_own_room_alone()
    {
        SipRequest Moved(string uri) => Request([new SipHeader(HeaderNames.Authorization, Answer(_server.Challenge(), "bob", "secret").Headers[HeaderNames.Authorization]!)], uri);

        Assert.IsType<DigestVerdict.Wrong>(_server.Verify(Moved("sip:4201@inside.test"), Lookup));
        Assert.IsType<DigestVerdict.Wrong>(_server.Verify(Moved("sip:4201@inside.test"), Lookup, meant => meant.Host == "inside.test"));
        Assert.Equal(new DigestVerdict.Valid("bob"), _server.Verify(Moved("sip:4201@inside.test"), Lookup, meant => meant.Host == "127.0.0.1"));
        Assert.IsType<DigestVerdict.Wrong>(_server.Verify(Moved("sip:4202@inside.test"), Lookup, _ => true));
    }

    [Fact]
    public void An_answer_for_the_host_alone_is_taken_once()
    {
        const string host = "sip:127.0.0.1:5060", count = "00000001", cnonce = "c";
        Assert.True(DigestFields.TryParse(_server.Challenge()[0].Value, out var challenge));
        var ha1 = DigestSecret.Ha1(DigestAlgorithm.Sha256, "bob", Realm, "secret");
        var response = DigestHash.Response(DigestAlgorithm.Sha256, ha1, SipMethods.Invite, host, challenge["nonce"]!, count, cnonce);
        var request = Request([new SipHeader(
            HeaderNames.Authorization,
            $"Digest username=\"bob\", realm=\"{Realm}\", nonce=\"{challenge["nonce"]}\", uri=\"{host}\", algorithm=SHA-256, qop=auth, nc={count}, cnonce=\"{cnonce}\", response=\"{response}\"")]);

        Assert.Equal(new DigestVerdict.Valid("bob"), _server.Verify(request, Lookup));
        Assert.IsType<DigestVerdict.Stale>(_server.Verify(request, Lookup));
    }

    [Fact]
    public void A_forgotten_nonce_cannot_be_replayed()
    {
        var first = Answer(_server.Challenge(), "bob", "secret");
        Assert.IsType<DigestVerdict.Valid>(_server.Verify(first, Lookup));
        for (var i = 0; i < 10; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.IsType<DigestVerdict.Valid>(_server.Verify(Answer(_server.Challenge(), "bob", "secret"), Lookup));
        }

        Assert.IsType<DigestVerdict.Stale>(_server.Verify(first, Lookup));
    }

    [Theory]
    [InlineData("Digest")]
    [InlineData("Digest realm=\"hub\"")]
    [InlineData("Digest realm=\"hub\", realm=\"hub\"")]
    [InlineData("Digest username=\"bob\", realm=\"hub\", nonce=\"x\", uri=\"sip:4201@127.0.0.1\", response=\"\", qop=auth, nc=00000000, cnonce=\"c\"")]
    [InlineData("NoOneKnowsThisScheme opaque-data=here")]
    public void A_crippled_answer_is_no_answer(string value) =>
        Assert.IsType<DigestVerdict.Missing>(_server.Verify(Request([new SipHeader(HeaderNames.Authorization, value)]), Lookup));

    [Fact]
    public void Each_use_of_a_nonce_is_counted_and_every_realm_on_the_way_is_answered()
    {
        var session = new DigestSession(new DigestCredentials("bob", "secret"), new DigestSpace(), () => "c");
        Assert.True(session.TryTake(Challenged(407, "Digest realm=\"proxy\", nonce=\"p\", qop=\"auth-int,auth\", algorithm=SHA-256, userhash=true")));
        var first = Assert.Single(session.Answer("INVITE", Target));
        Assert.Equal(HeaderNames.ProxyAuthorization, first.Name);
        Assert.Contains("nc=00000001", first.Value);
        Assert.Contains("qop=auth,", first.Value);
        Assert.DoesNotContain("userhash", first.Value);
        Assert.True(session.TryTake(Challenged(401, "Digest realm=\"hub\", nonce=\"h\", qop=\"auth\", algorithm=SHA-256")));
        var second = session.Answer("INVITE", Target);
        Assert.Equal([HeaderNames.ProxyAuthorization, HeaderNames.Authorization], second.Select(field => field.Name));
        Assert.Contains("nc=00000002", second[0].Value);
        Assert.Contains("nc=00000001", second[1].Value);
    }

    [Fact]
    public void A_stale_nonce_is_renewed_once_and_a_wrong_answer_is_final()
    {
        const string fresh = "Digest realm=\"hub\", nonce=\"a\", qop=\"auth\", algorithm=SHA-256";
        const string stale = "Digest realm=\"hub\", nonce=\"b\", qop=\"auth\", algorithm=SHA-256, stale=TRUE";
        var session = new DigestSession(new DigestCredentials("bob", "secret"), new DigestSpace(), () => "c");
        Assert.True(session.TryTake(Challenged(401, fresh)));
        Assert.True(session.TryTake(Challenged(401, stale)));
        Assert.Contains("nonce=\"b\"", Assert.Single(session.Answer("INVITE", Target)).Value);
        Assert.False(session.TryTake(Challenged(401, stale)));

        session = new DigestSession(new DigestCredentials("bob", "secret"), new DigestSpace(), () => "c");
        Assert.True(session.TryTake(Challenged(401, fresh)));
        Assert.False(session.TryTake(Challenged(401, fresh)));
    }

    [Theory]
    [InlineData("Digest realm=\"evil\", nonce=\"x\", qop=\"auth\", algorithm=SHA-256")]
    [InlineData("Digest realm=\"hub\", nonce=\"x\", qop=\"auth\", algorithm=MD5")]
    [InlineData("Digest realm=\"hub\", nonce=\"x\"")]
    [InlineData("Digest realm=\"hub\", nonce=\"x\", qop=\"auth-int\", algorithm=SHA-256")]
    [InlineData("Digest realm=\"hub\", nonce=\"x\", qop=\"auth\", algorithm=SHA-1024")]
    [InlineData("Basic realm=\"hub\"")]
    public void A_stranger_or_a_weak_challenge_gets_no_answer(string challenge) =>
        Assert.Empty(DigestClient.Answer(Challenged(401, challenge), "INVITE", Target, new DigestCredentials("bob", "secret", realm: Realm), () => "c"));

    [Fact]
    public void A_secret_answers_as_the_password_does_and_in_its_realm_alone()
    {
        var secret = DigestSecret.FromPassword("bob", Realm, "secret", allowMd5: false);
        var credentials = new DigestCredentials("bob", Realm, secret);
        var request = Request([]);
        var refused = request.Respond(401);
        foreach (var (name, value) in _server.Challenge()) refused.Headers.Add(name, value);
        var answered = Request(DigestClient.Answer(refused, request.Method, request.Uri, credentials, () => "cnonce"));
        Assert.Equal(new DigestVerdict.Valid("bob"), _server.Verify(answered, Lookup));
        Assert.Empty(DigestClient.Answer(Challenged(401, "Digest realm=\"other\", nonce=\"x\", algorithm=SHA-256"), "INVITE", Target, credentials, () => "c"));
        Assert.DoesNotContain(secret.Sha256!, $"{credentials} {secret}", StringComparison.Ordinal);
        Assert.DoesNotContain("pa55", new DigestCredentials("bob", "pa55").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_two_algorithms_the_stronger_is_answered_wherever_it_stands()
    {
        var challenged = Challenged(401, "Digest realm=\"hub\", nonce=\"x\", qop=\"auth\", algorithm=MD5");
        challenged.Headers.Add(HeaderNames.WwwAuthenticate, "Digest realm=\"hub\", nonce=\"x\", qop=\"auth\", algorithm=SHA-256");
        var answer = DigestClient.Answer(challenged, "INVITE", Target, new DigestCredentials("bob", "secret", allowMd5: true), () => "c");
        Assert.Contains("algorithm=SHA-256", Assert.Single(answer).Value);
    }

    private static readonly SipUri Target = SipUri.Parse("sip:4201@127.0.0.1");

    private static SipResponse Challenged(int status, string challenge)
    {
        var response = Request([]).Respond(status);
        response.Headers.Add(status == 401 ? HeaderNames.WwwAuthenticate : HeaderNames.ProxyAuthenticate, challenge);
        return response;
    }

    private static DigestSecret? Lookup(string user) => user switch
    {
        "bob" => DigestSecret.FromPassword("bob", Realm, "secret", allowMd5: false),
        "old" => DigestSecret.FromPassword("old", Realm, "secret", allowMd5: true),
        _ => null,
    };

    private static SipRequest Answer(IEnumerable<SipHeader> challenge, string user, string password)
    {
        var request = Request([]);
        var refused = request.Respond(401);
        foreach (var (name, value) in challenge) refused.Headers.Add(name, value);
        return Request(DigestClient.Answer(refused, request.Method, request.Uri, new DigestCredentials(user, password, allowMd5: true), () => "cnonce"));
    }

    private static SipRequest Request(IEnumerable<SipHeader> headers, string uri = "sip:4201@127.0.0.1")
    {
        var text = Written.Invite().Replace("sip:4201@127.0.0.1:5060", uri);
        var request = (SipRequest)SipParser.Parse(Encoding.UTF8.GetBytes(text), new SipLimits()).Message!;
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return request;
    }
}
