using System.Net;
using System.Text;
using Interop.Bridges.Sip.Callers;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Hub.Contracts.Directory;
using Xunit;

namespace Interop.Tests.Unit.Bridges.Sip;

public sealed class CallerProofTests
{
    private static readonly TrunkEntry Lab = new("lab", ["198.51.100.0/24"]);
    private static readonly TrunkEntry Shown = new("shown", [], ["sip.partner.example"]);
    private static readonly TrunkEntry Gateway = new("gateway", ["203.0.113.5/32"], Peer: "sip:ops@203.0.113.5", Profile: TrunkProfile.Bridge);

    private readonly SipScene _scene = new(SipScene.Options with { TrustedProxies = [IPNetwork.Parse("192.0.2.9/32")] }, Lab, Shown, Gateway, SipScene.Phone("desk-1"), SipScene.Phone("old-1", md5: true));

    [Theory]
    [InlineData("198.51.100.9", "", "trunk:lab")]
    [InlineData("198.51.100.9", "SIP.partner.example", "trunk:shown")]
    [InlineData("192.0.2.7", "sip.partner.example", "trunk:shown")]
    [InlineData("203.0.113.5", "", "bridge:hpd/gateway")]
    public void A_trunk_is_proved_by_its_certificate_and_else_by_its_address(string address, string certificate, string proof)
    {
        var source = certificate.Length > 0 ? SipScene.From(address, "other.example", certificate) : SipScene.From(address);

        Assert.Equal(proof, _scene.Callers.Prove(SipScene.Request(), source).Caller?.Party.Proof);
    }

    [Theory]
    [InlineData("desk-1", false)]
    [InlineData("old-1", true)]
    public void A_phones_password_names_it_behind_a_trunk_too(string user, bool md5)
    {
        var request = SipScene.Request(user: user, lines: _scene.Answer(user, SipScene.Password, md5Only: md5));

        Assert.Equal($"endpoint:{user}", _scene.Callers.Prove(request, SipScene.From("198.51.100.9")).Caller?.Party.Proof);
    }

    [Fact]
    public void A_wrong_password_is_not_made_good_by_the_address()
    {
        var request = SipScene.Request(lines: _scene.Answer("desk-1", "wrong"));

        Assert.Equal(401, _scene.Callers.Prove(request, SipScene.From("198.51.100.9")).Reply?.Status);
    }

    [Fact]
    public void MD5_is_not_taken_from_a_phone_that_is_not_allowed_it() =>
        Assert.Equal(401, _scene.Callers.Prove(SipScene.Request(lines: _scene.Answer("desk-1", SipScene.Password, md5Only: true)), SipScene.From("192.0.2.7")).Reply?.Status);

    [Fact]
    public void An_unknown_user_gets_the_same_answer_as_a_wrong_password_of_one_of_the_phones()
    {
        // Which of the two is drawn by the user's name and a key of the process.
        var unknown = Refused("nobody");

        Assert.Contains(unknown, new[] { Refused("desk-1"), Refused("old-1") });
    }

    [Fact]
    public void A_nonce_that_is_too_old_is_stale_and_the_next_one_good()
    {
        var request = SipScene.Request("REGISTER", lines: _scene.Answer("desk-1", SipScene.Password, "REGISTER"));
        _scene.Time.Advance(TimeSpan.FromMinutes(6));

        var late = Phone(request, "192.0.2.7").Reply!;

        Assert.Contains("stale=true", late.Headers[0].Value, StringComparison.Ordinal);
        var again = SipScene.Request("REGISTER", lines: _scene.Answer("desk-1", SipScene.Password, "REGISTER"));
        Assert.Equal("desk-1", Phone(again, "192.0.2.7").Phone?.Endpoint.User);
    }

    [Fact]
    public void Who_calls_with_a_tel_number_is_shown_by_it()
    {
        var scene = new SipScene(null, new TrunkEntry("pbx", ["192.0.2.0/24"]));
        var text = Encoding.UTF8.GetString(SipScene.Request().ToBytes()).Replace("\"Shown\" <sip:desk-1@hub.example.org>", "<tel:+18605550100>", StringComparison.Ordinal);
        var request = SipScene.Read(text);
        Assert.Equal("tel", request.From.Uri.Scheme);

        var caller = scene.Callers.Prove(request, SipScene.From("192.0.2.7")).Caller;

        Assert.Equal(("+18605550100", "sip:desk-1@192.0.2.7:5070"), (caller?.Party.Name, caller?.Party.Address));
    }

    [Fact]
    public void An_answer_is_taken_once()
    {
        var request = SipScene.Request("REGISTER", lines: _scene.Answer("desk-1", SipScene.Password, "REGISTER"));

        Assert.NotNull(Phone(request, "192.0.2.7").Phone);
        Assert.Equal(401, Phone(request, "192.0.2.8").Reply?.Status);
    }

    [Fact]
    public void Who_tries_passwords_has_to_wait_even_with_the_right_one()
    {
        for (var tries = 0; tries < SipScene.Options.ProofFailuresOfUser; tries++)
            _scene.Callers.Prove(SipScene.Request(lines: _scene.Answer("desk-1", $"guess-{tries}")), SipScene.From("192.0.2.7"));
        var right = SipScene.Request(lines: _scene.Answer("desk-1", SipScene.Password));

        Assert.Equal(503, _scene.Callers.Prove(right, SipScene.From("192.0.2.7")).Reply?.Status);
        Assert.NotNull(_scene.Callers.Prove(SipScene.Request(lines: _scene.Answer("desk-1", SipScene.Password)), SipScene.From("192.0.2.8")).Caller);
    }

    [Theory]
    [InlineData("sip:4201@hub.example.org", "192.0.2.7", true)]
    [InlineData("sip:4201@127.0.0.1:5080", "192.0.2.7", true)]
    [InlineData("sip:4201@hub", "192.0.2.7", true)]
    [InlineData("sip:4201@partner.example", "192.0.2.7", false)]
    [InlineData("sip:4201@partner.example", "192.0.2.9", true)]
    [InlineData("sip:4202@partner.example", "192.0.2.9", false)]
    [InlineData("sip:4202@127.0.0.1", "192.0.2.7", false)]
    public void A_password_counts_for_the_room_that_was_answered_for_whatever_host_a_listed_proxy_put_in_its_place(string answered, string from, bool counts)
    {
        var shown = SipScene.Request(lines: [_scene.Answer("desk-1", SipScene.Password, uri: answered), "Via: SIP/2.0/UDP 192.0.2.50:5060"]);
        var request = new SipRequest(shown.Method, SipUri.Parse("sip:4201@hub.example.org"), shown.Headers);

        Assert.Equal(counts, _scene.Callers.Prove(request, SipScene.From(from)).Caller is not null);
    }

    [Fact]
    public void Everyone_else_is_asked_for_proof() =>
        Assert.Equal(401, _scene.Callers.Prove(SipScene.Request(), SipScene.From("192.0.2.7")).Reply?.Status);

    private PhoneVerdict Phone(SipRequest request, string address)
    {
        var from = SipScene.From(address);
        return _scene.Phones.Prove(request, _scene.Proxies.Of(request, from), from, "desk-1");
    }

    /// <summary>What a wrong password of a user gets, without the nonces.</summary>
    private string Refused(string user)
    {
        var reply = _scene.Callers.Prove(SipScene.Request(user: user, lines: _scene.Answer(user, "wrong")), SipScene.From("192.0.2.7")).Reply!;
        var fields = reply.Headers.SelectMany(header => header.Value.Split(',')).Where(field => !field.Contains("nonce", StringComparison.Ordinal));
        return $"{reply.Status} {string.Join(',', fields)}";
    }
}
