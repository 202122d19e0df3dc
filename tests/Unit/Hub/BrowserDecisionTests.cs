using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Rooms;
using Xunit;
using static Interop.Tests.Unit.Hub.Rooms;

namespace Interop.Tests.Unit.Hub;

public sealed class BrowserDecisionTests
{
    private const string Page = "0123456789abcdef";

    private static readonly Actor Dana = new(ActorKind.Person, Hpd, "Dana Ortiz", Role.Member);
    private static readonly Actor Lee = Dana with { Name = "Lee Park" };

    [Fact]
    public void A_member_comes_in_and_is_up_once_its_browser_is_connected()
    {
        var room = Busy().Do(new JoinByBrowser(Page), Dana);
        var leg = room.Legs[^1];
        Assert.Equal((LegKind.Browser, LegStatus.Connecting, "Dana Ortiz", "session"), (leg.Kind, leg.Status, leg.Party.Name, leg.Party.Proof));
        Assert.Equal("talk.not-connected", Browsers.MayTalk(room, leg.Id, Dana)!.Code);

        room = room.Do(new LegCameUp(leg.Id), Actor.Hub);
        Assert.Equal(LegStatus.Up, room.Leg(leg.Id)!.Status);
        Assert.Null(Browsers.MayTalk(room, leg.Id, Dana));
    }

    [Fact]
    public void A_page_that_comes_again_has_the_leg_that_it_had_and_another_page_another()
    {
        var room = Busy().Do(new JoinByBrowser(Page), Dana);
        var leg = room.Legs[^1].Id;
        room = room.Do(new SetLegMode(leg, LegMode.Muted), Dispatcher).Do(new LegWasLost(leg, "gone"), Actor.Hub).Do(new JoinByBrowser(Page), Dana);
        Assert.Equal((leg, LegStatus.Connecting, LegMode.Muted), (room.Legs[^1].Id, room.Legs[^1].Status, room.Legs[^1].Mode));
        Assert.NotEqual(leg, room.Do(new JoinByBrowser("another-page"), Dana).Legs[^1].Id);
        Assert.NotEqual(leg, room.Do(new JoinByBrowser(Page), Lee).Legs[^1].Id);
    }

    [Fact]
    public void Who_may_not_take_part_does_not_come_in()
    {
        Assert.Equal("room.not-allowed", Busy().Decide(new JoinByBrowser(Page), Dana with { Role = Role.Observer }).Refused());
        Assert.Equal("room.unknown", Busy().Decide(new JoinByBrowser(Page), Dana with { Agency = new AgencyId("stranger") }).Refused());
        Assert.Equal("room.invalid", Busy().Decide(new JoinByBrowser("short"), Dana).Refused());
    }

    [Fact]
    public void Only_whoever_brought_a_leg_in_talks_by_it_and_leaves_with_it()
    {
        var room = Busy().Do(new JoinByBrowser(Page), Dana);
        var leg = room.Legs[^1].Id;
        room = room.Do(new LegCameUp(leg), Actor.Hub);
        Assert.Equal("leg.unknown", Browsers.MayTalk(room, leg, Lee)!.Code);
        Assert.Equal("room.not-allowed", room.Decide(new LeaveByBrowser(leg), Lee).Refused());
        Assert.Equal(LegStatus.Gone, room.Do(new LeaveByBrowser(leg), Dana).Leg(leg)!.Status);
    }

    [Theory]
    [InlineData(LegMode.Muted, "talk.muted")]
    [InlineData(LegMode.Listen, "talk.listener")]
    public void Whoever_was_silenced_is_told_so(LegMode mode, string code)
    {
        var room = Busy().Do(new JoinByBrowser(Page), Dana);
        var leg = room.Legs[^1].Id;
        room = room.Do(new LegCameUp(leg), Actor.Hub).Do(new SetLegMode(leg, mode), Dispatcher);
        Assert.Equal(code, Browsers.MayTalk(room, leg, Dana)!.Code);
    }
}
