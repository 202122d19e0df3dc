using System.Text;
using Interop.Bridges.Sip.Text;
using Xunit;

namespace Interop.Tests.Unit.Bridges.Sip;

public sealed class TextPartsTests
{
    [Fact]
    public void A_short_text_stays_whole() => Assert.Equal(["Copy"], TextParts.Of("Copy", TextParts.DatagramText));

    [Fact]
    public void A_long_text_comes_in_numbered_parts_that_each_fit_and_together_are_the_text()
    {
        var text = string.Concat(Enumerable.Repeat("Straße 🚒 ", 400));

        var parts = TextParts.Of(text, TextParts.DatagramText);

        Assert.All(parts, part => Assert.InRange(Encoding.UTF8.GetByteCount(part), 1, TextParts.DatagramText));
        Assert.StartsWith($"(1/{parts.Count}) ", parts[0], StringComparison.Ordinal);
        Assert.Equal(text, string.Concat(parts.Select((part, at) => part[$"({at + 1}/{parts.Count}) ".Length..])));
    }
}
