using Interop.Bridges.Media.Loops;
using Xunit;

namespace Interop.Tests.Unit.Media;

public sealed class ContributorsTests
{
    [Fact]
    public void Each_source_stands_once_in_rising_order_and_the_fifteen_lowest_stay()
    {
        var contributors = new Contributors();
        var random = new Random(7);
        var added = new SortedSet<uint>();
        for (var i = 0; i < 1000; i++)
        {
            var source = (uint)random.Next(60);
            added.Add(source);
            contributors.Add(source);
            Assert.Equal(added.Take(15), contributors.All.ToArray());
        }
    }
}
