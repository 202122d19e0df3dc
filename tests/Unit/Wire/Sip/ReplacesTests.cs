using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.UserAgent;
using Xunit;

namespace Interop.Tests.Unit.Wire.Sip;

public sealed class ReplacesTests
{
    [Fact]
    public void A_value_is_read_and_written()
    {
        Assert.True(Replaces.TryParse("98asjd8@test.com;from-tag=1;to-tag=2;early-only", out var replaces));
        Assert.Equal(new Replaces("98asjd8@test.com", "2", "1", true), replaces);
        Assert.Equal("98asjd8@test.com;to-tag=2;from-tag=1;early-only", replaces.ToString());
    }

    [Theory]
    [InlineData("a;to-tag=1")]
    [InlineData("a;from-tag=1")]
    [InlineData(";to-tag=1;from-tag=2")]
    [InlineData("a, b;to-tag=1;from-tag=2")]
    [InlineData(null)]
    public void Half_a_name_is_none(string? value) => Assert.False(Replaces.TryParse(value, out _));

    [Fact]
    public void A_uri_may_carry_replaces_and_nothing_else_is_taken_from_it()
    {
        Assert.Equal(
            new Replaces("c1@h", "2", "1", false),
            Replaces.Of(SipUri.Parse("sip:a@b?From=%3Csip:evil@x%3E&Replaces=c1%40h%3Bto-tag%3D2%3Bfrom-tag%3D1&Route=x")));
        Assert.Null(Replaces.Of(SipUri.Parse("sip:a@b?Replaces=c1%3Bto-tag%3D2%0D%0AVia:%20x%3Bfrom-tag%3D1")));
        Assert.Null(Replaces.Of(SipUri.Parse("sip:a@b?Replaces=c%3Bto-tag%3D2%3Bfrom-tag%3D1&Replaces=c%3Bto-tag%3D2%3Bfrom-tag%3D1")));
        Assert.Null(Replaces.Of(SipUri.Parse("sip:a@b")));
    }

    [Fact]
    public async Task A_call_is_found_by_the_dialog_that_it_is()
    {
        await using var alice = await TestPeer.StartAsync();
        await using var bob = await TestPeer.StartAsync();
        var call = await alice.CallAsync(bob);
        var named = new Replaces(call.State.CallId, call.State.LocalTag, call.State.RemoteTag, false);
        Assert.Same(call, (await FindAsync(alice, named)).Call);
        Assert.Equal(486, (await FindAsync(alice, named with { EarlyOnly = true })).Refusal!.Status);
        Assert.Equal(481, (await FindAsync(alice, named with { ToTag = "nobody" })).Refusal!.Status);
    }

    [Theory]
    [InlineData("Replaces: a;to-tag=1;from-tag=2\r\nReplaces: a;to-tag=1;from-tag=2\r\n")]
    [InlineData("Replaces: a\r\n")]
    public async Task An_invite_that_replaces_wrongly_gets_400(string headers)
    {
        await using var wire = new TestWire();
        wire.Receive(Written.Invite(headers: headers + "Require: replaces\r\n"));
        Assert.Equal(400, (await wire.AnswersAsync()).Status);
    }

    private static Task<FoundCall> FindAsync(TestPeer peer, Replaces replaces) => TestPeer.Within(peer.Stack.FindCallAsync(replaces), "the call");
}
