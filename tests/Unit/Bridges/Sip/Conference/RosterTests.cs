using Interop.Hub.Contracts.Live;

namespace Interop.Tests.Unit.Bridges.Sip.Conference;

public sealed class RosterTests
{
    [Fact]
    public void How_good_a_voice_is_and_how_loud_is_no_news_to_a_phone()
    {
        var (roster, leg) = (Rosters.Start, Rosters.Engine);
        var quality = new LegQuality(VoiceGrade.Poor, 2.1, 12, 30, 200, null, null, PartyHeard.Heard, PartyHears.Unknown);
        Assert.Same(roster, roster.With(new LegChanged(leg with { Quality = quality, Gain = -6 })));
        Assert.NotSame(roster, roster.With(new LegChanged(leg with { Loops = true })));
    }
}
