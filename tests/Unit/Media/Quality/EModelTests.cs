using Interop.Bridges.Media.Codecs;
using Interop.Bridges.Media.Quality;
using Xunit;

namespace Interop.Tests.Unit.Media.Quality;

/// <summary>The E-model at points that G.107 and the literature give.</summary>
public sealed class EModelTests
{
    private static readonly CodecImpairment s_pcmu = CodecImpairment.Of(RtpFormat.Pcmu);

    [Theory]
    [InlineData(93.2, 4.41)]
    [InlineData(90, 4.34)]
    [InlineData(80, 4.03)]
    [InlineData(70, 3.60)]
    [InlineData(60, 3.10)]
    [InlineData(50, 2.58)]
    [InlineData(0, 1)]
    [InlineData(100, 4.5)]
    public void Opinions_are_those_of_table_B_1(double rating, double mos) => Assert.Equal(mos, EModel.Opinion(rating), 0.007);

    [Theory]
    [InlineData(0, 0, 93.2)]
    [InlineData(0, 100, 90.8)]
    [InlineData(0, 177.3, 88.9448)]
    [InlineData(0, 300, 72.503)]
    [InlineData(0.01, 0, 89.56)]
    [InlineData(0.05, 0, 77.42)]
    // At a loss of Bpl percent half of the 95 points is lost.
    [InlineData(0.251, 0, 45.7)]
    [InlineData(1, 2000, 0)]
    public void Loss_and_delay_cost_what_the_formula_says(double loss, double delay, double rating) =>
        Assert.Equal(rating, EModel.Rate(s_pcmu, loss, TimeSpan.FromMilliseconds(delay)), 0.02);

    [Fact]
    public void More_loss_and_more_delay_are_never_better_and_the_score_stays_on_its_scale()
    {
        foreach (var format in Enum.GetValues<RtpFormat>())
            for (var loss = 0.0; loss <= 1; loss += 0.05)
                for (var delay = 0; delay < 1000; delay += 50)
                {
                    var here = EModel.Rate(CodecImpairment.Of(format), loss, TimeSpan.FromMilliseconds(delay));
                    Assert.True(here >= EModel.Rate(CodecImpairment.Of(format), loss + 0.05, TimeSpan.FromMilliseconds(delay)));
                    Assert.True(here >= EModel.Rate(CodecImpairment.Of(format), loss, TimeSpan.FromMilliseconds(delay + 50)));
                    Assert.InRange(EModel.Opinion(here), 1, 4.5);
                }
    }
}
