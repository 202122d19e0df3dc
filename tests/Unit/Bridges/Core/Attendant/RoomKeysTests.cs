using Interop.Bridges.Core.Attendant;
using Xunit;

namespace Interop.Tests.Unit.Bridges.Core.Attendant;

public sealed class RoomKeysTests
{
    [Fact]
    public void A_star_and_a_key_are_a_wish_and_a_key_alone_is_none()
    {
        Assert.Equal(
            [RoomWish.Mute, RoomWish.Listen, RoomWish.Roster, RoomWish.Leave, RoomWish.Help, RoomWish.Help],
            new[] { "*1", "*2", "*3", "*0", "**", "*#" }.Select(keys => Press(keys)));
        foreach (var key in "0123456789*#ABCD")
            Assert.Equal(RoomWish.None, Press($"{key}"));
        Assert.Equal(RoomWish.None, Press("*7"));
        Assert.Equal(RoomWish.None, Press("*71"));
    }

    [Fact]
    public void A_star_is_forgotten_after_four_seconds()
    {
        var keys = new RoomKeys();
        keys.Press('*', TimeSpan.Zero);
        Assert.Equal(RoomWish.None, keys.Press('1', TimeSpan.FromSeconds(4.1)));
        keys.Press('*', TimeSpan.FromSeconds(10));
        Assert.Equal(RoomWish.Mute, keys.Press('1', TimeSpan.FromSeconds(13.9)));
        Assert.Equal(RoomWish.None, keys.Press('1', TimeSpan.FromSeconds(14)));
    }

    private static RoomWish Press(string pressed)
    {
        var keys = new RoomKeys();
        var wish = RoomWish.None;
        foreach (var key in pressed) wish = keys.Press(key, TimeSpan.FromSeconds(1));
        return wish;
    }
}
