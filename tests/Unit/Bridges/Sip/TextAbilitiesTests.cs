using Interop.Bridges.Sip.Text;
using Xunit;

namespace Interop.Tests.Unit.Bridges.Sip;

public sealed class TextAbilitiesTests
{
    private readonly TextAbilities _phone = new();

    [Fact]
    public void A_phone_that_said_nothing_gets_plain_text_beside_its_call()
    {
        Assert.False(_phone.InCall);
        Assert.False(_phone.Cpim);
    }

    [Fact]
    public void A_phone_that_allows_messages_gets_them_in_its_call_until_it_refuses_one_there()
    {
        _phone.Learn(["INVITE", "MESSAGE"], []);
        Assert.True(_phone.InCall);

        _phone.RefuseInCall();
        _phone.Learn(["INVITE", "MESSAGE"], []);
        Assert.False(_phone.InCall);
    }

    [Fact]
    public void A_phone_that_accepts_envelopes_gets_them_until_it_refuses_one()
    {
        _phone.Learn([], ["application/sdp", "message/CPIM"]);
        Assert.True(_phone.Cpim);

        Assert.True(_phone.TryOther(wasCpim: true, []));
        Assert.False(_phone.Cpim);
    }

    [Fact]
    public void A_phone_that_refuses_plain_text_is_tried_again_only_with_what_it_names()
    {
        Assert.False(_phone.TryOther(wasCpim: false, ["text/html"]));
        Assert.True(_phone.TryOther(wasCpim: false, ["message/cpim"]));
        Assert.True(_phone.Cpim);
    }
}
