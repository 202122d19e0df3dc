using System.Net;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Grains.Nodes;
using Orleans.Runtime;
using Xunit;

namespace Interop.Tests.Unit.Hub.Nodes;

/// <summary>What nodes say to each other is read back as it was meant, and nothing else is taken.</summary>
public sealed class WatchLineTests
{
    private static readonly SiloAddress Silo = SiloAddress.New(IPAddress.Parse("127.0.1.2"), 11_111, 42);

    [Fact]
    public void Every_line_is_read_back_as_it_was_meant()
    {
        Assert.True(WatchLine.TryHello(WatchLine.Hello(Silo), out var silo));
        Assert.Equal(Silo, silo);
        Assert.True(WatchLine.TryPing(WatchLine.Ping(7), out var ping));
        Assert.Equal(7, ping);
        Assert.True(WatchLine.TryPong(WatchLine.Pong(7, alive: false), out var pong, out var alive));
        Assert.Equal((7, false), (pong, alive));
        var news = new AnchorNews(new RoomCode("4201"), 12, Here: true);
        Assert.True(WatchLine.TryNews(WatchLine.Of(news), out var heard));
        Assert.Equal(news, heard);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("hello 127.0.0.1")]
    [InlineData("hello 300.0.0.1:1@x")]
    [InlineData("ping -1")]
    [InlineData("ping 99999999999999999999")]
    [InlineData("pong 1")]
    [InlineData("pong 1 perhaps")]
    [InlineData("pong x alive")]
    [InlineData("room 4201")]
    [InlineData("room 4201 x")]
    [InlineData("room 4201 1 2")]
    [InlineData("GET / HTTP/1.1")]
    public void What_is_no_line_of_ours_is_not_taken(string line)
    {
        Assert.False(WatchLine.TryHello(line, out _));
        Assert.False(WatchLine.TryPing(line, out _));
        Assert.False(WatchLine.TryPong(line, out _, out _));
        Assert.False(WatchLine.TryNews(line, out _));
    }
}
