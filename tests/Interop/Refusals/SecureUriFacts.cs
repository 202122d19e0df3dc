using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Hub;
using Interop.Tests.Peers.Phones;

namespace Interop.Tests.Interop.Refusals;

public sealed class SecureUriLab() : LabFixture("sips");

/// <summary>A sips URI means TLS on every hop (RFC 3261 section 26.2.2): a call for one comes in over TLS, and in the clear it does not.</summary>
public sealed class SecureUriFacts(SecureUriLab lab) : IClassFixture<SecureUriLab>
{
    [Fact]
    public async Task A_call_to_a_sips_uri_in_the_clear_is_refused()
    {
        using var peer = new SipDatagram(lab.Hub.SipPort);
        var secure = Requests.Invite("4201", peer.Address).Replace("INVITE sip:", "INVITE sips:", StringComparison.Ordinal);

        Assert.StartsWith("SIP/2.0 403 SIPS Requires TLS", await peer.Ask(secure, Until.Soon), StringComparison.Ordinal);
        Assert.Empty((await lab.Hpd.Room("4201")).GetProperty("legs").EnumerateArray());
    }

    [Fact]
    public async Task A_softphone_that_calls_a_sips_uri_over_tls_comes_in()
    {
        var phone = await lab.Linphone(new PhonePlan("secure", LabFixture.Tone(700), "pcmu", "tls"));

        await phone.Call($"sips:4202@{lab.Hub.SipAddressFor("tls")}");

        await lab.Hpd.LegOf("4202", "secure", "up");
        await phone.HangUp();
        await lab.Hpd.LegOf("4202", "secure", "gone");
    }
}
