using System.Net;
using Interop.Bridges.Sip.Trunks;
using Interop.Bridges.Wire.Sip.Auth;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transports;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Tests.Unit.Wire.Sip;
using Xunit;
using HubDigest = Interop.Hub.Contracts.Directory.DigestSecret;

namespace Interop.Tests.Unit.Bridges.Sip;

/// <summary>What a registration at a partner proves, and what its hashes are good for.</summary>
public sealed class TrunkFlowTests
{
    private const string Pbx = "198.51.100.5";
    private static readonly TrunkRegistration At = new(
        $"sip:{Pbx}", "hub", "pbx", new Dictionary<string, string> { [HubDigest.Md5] = HubDigest.Ha1(HubDigest.Md5, "hub", "pbx", "secret") }, Room: "4201");

    private static readonly Trunk Partner = new(SipScene.Hpd, new TrunkEntry("pbx", [], Registration: At));
    private readonly SipScene _scene = new();
    private readonly string _contact = TrunkSecrets.ContactUser(Partner, At);

    public TrunkFlowTests() =>
        _scene.Flows.Set(_contact, new TrunkFlow(Partner, new SipDestination(SipTransportKind.Udp, new IPEndPoint(IPAddress.Parse(Pbx), 5060)), []));

    [Fact]
    public void A_call_to_our_contact_from_where_we_registered_is_the_trunks_and_reaches_its_room()
    {
        var verdict = _scene.Callers.Prove(Call(_contact, "hub"), SipScene.From(Pbx));

        Assert.Equal(("trunk:pbx", new RoomCode("4201")), (verdict.Caller?.Party.Proof, verdict.Room));
    }

    [Fact]
    public void What_was_dialled_at_the_partner_names_the_room() =>
        Assert.Equal(new RoomCode("4317"), _scene.Callers.Prove(Call(_contact, "4317"), SipScene.From(Pbx)).Room);

    [Theory]
    [InlineData("192.0.2.7", null)]
    [InlineData(Pbx, "4201")]
    public void From_elsewhere_or_to_another_user_it_proves_nothing(string address, string? user) =>
        Assert.Equal(401, _scene.Callers.Prove(Call(user ?? _contact, "hub"), SipScene.From(address)).Reply?.Status);

    [Fact]
    public void Our_contact_is_the_same_after_a_restart_and_another_with_another_password()
    {
        var other = At with { Secrets = new Dictionary<string, string> { [HubDigest.Md5] = HubDigest.Ha1(HubDigest.Md5, "hub", "pbx", "other") } };

        Assert.Equal(_contact, TrunkSecrets.ContactUser(Partner, At with { }));
        Assert.NotEqual(_contact, TrunkSecrets.ContactUser(Partner, other));
    }

    [Theory]
    [InlineData("pbx", "MD5", 1)]
    [InlineData("pbx", "SHA-256", 0)]
    [InlineData("elsewhere", "MD5", 0)]
    public void Hashes_answer_for_their_realm_and_algorithm_alone(string realm, string algorithm, int answers)
    {
        var challenge = SipScene.Request("REGISTER").Respond(401);
        challenge.Headers.Add(HeaderNames.WwwAuthenticate, $"Digest realm=\"{realm}\", nonce=\"n\", algorithm={algorithm}, qop=\"auth\"");

        Assert.Equal(answers, DigestClient.Answer(challenge, "REGISTER", SipUri.Parse($"sip:{Pbx}"), TrunkSecrets.Credentials(At), () => "c").Count);
    }

    private static SipRequest Call(string contact, string dialled)
    {
        var request = SipScene.Request();
        var headers = new SipHeaders(request.Headers).Set(HeaderNames.To, $"<sip:{dialled}@{Pbx}>");
        return new SipRequest("INVITE", SipUri.Create(contact, "192.0.2.1"), headers);
    }
}
