using Interop.Bridges.Core.Legs;
using Xunit;

namespace Interop.Tests.Unit.Bridges.Core;

public sealed class BackOffTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(4, 8)]
    [InlineData(6, 30)]
    [InlineData(1_000_000, 30)]
    public void Doubles_up_to_half_a_minute(int failures, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), BackOff.After(failures, spread: 0));

    [Fact]
    public void Spreads_by_a_quarter_at_the_most() =>
        Assert.Equal(TimeSpan.FromSeconds(37.5), BackOff.After(20, spread: 1));
}
