using Interop.Bridges.Core.Quality;
using Interop.Bridges.Media.Legs;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;
using Xunit;
using LegMode = Interop.Hub.Contracts.Rooms.LegMode;

namespace Interop.Tests.Unit.Bridges.Core.Quality;

/// <summary>What a dispatcher is told of a leg, second by second.</summary>
public sealed class LegWatchTests
{
    [Fact]
    public void A_voice_without_loss_is_good_and_its_figures_are_told()
    {
        var line = new Line();
        line.Change(leg => leg with { Jitter = TimeSpan.FromMilliseconds(3.4), RoundTrip = TimeSpan.FromMilliseconds(80) });
        var quality = line.Seconds(30, static now => now.Voice());
        Assert.Equal((VoiceGrade.Good, 4.4, 0.0, 3, 80), (quality.Grade, quality.Mos, quality.Loss, quality.Jitter, quality.RoundTrip));
        // Packet, half the round trip, and what waits in the buffer.
        Assert.Equal(80, quality.Delay);
        Assert.Equal((PartyHeard.Heard, PartyHears.Unknown, OneWay.None), (quality.Heard, quality.Hears, quality.OneWay));
    }

    [Fact]
    public void Before_anything_is_heard_there_is_no_score()
    {
        var quality = new Line().Seconds(5);
        Assert.Equal((VoiceGrade.Unknown, null, PartyHeard.Nothing, null), (quality.Grade, quality.Mos, quality.Heard, quality.SilentSince));
    }

    [Theory]
    [InlineData(1, VoiceGrade.Good)]
    [InlineData(3, VoiceGrade.Fair)]
    [InlineData(12, VoiceGrade.Poor)]
    public void Loss_decides_the_grade(int lostOfFifty, VoiceGrade grade) =>
        Assert.Equal(grade, new Line().Seconds(15, now => now.Voice(lostOfFifty)).Grade);

    [Fact]
    public void A_grade_is_left_only_by_clearly_more_and_what_was_measured_stays_in_silence()
    {
        var line = new Line();
        // 4.4 % is an R of 78: under the bound of "good", and not clearly.
        line.Seconds(15, static now => now.Voice());
        var second = 0;
        Assert.Equal(VoiceGrade.Good, line.Seconds(20, now => now.Voice(second++ % 5 == 0 ? 3 : 2)).Grade);
        Assert.Equal(VoiceGrade.Fair, line.Seconds(20, static now => now.Voice(4)).Grade);
        var later = line.Seconds(600);
        Assert.Equal((VoiceGrade.Fair, 8.0), (later.Grade, later.Loss));
    }

    [Fact]
    public void Nothing_ever_from_a_phone_is_one_way_after_a_while_and_no_longer_once_it_speaks()
    {
        var line = new Line();
        Assert.Equal(OneWay.None, line.Seconds(10).OneWay);
        var quality = line.Seconds(1);
        Assert.Equal((OneWay.FromParty, PartyHeard.Nothing), (quality.OneWay, quality.Heard));
        quality = line.Seconds(1, static now => now.Voice());
        Assert.Equal((OneWay.None, PartyHeard.Heard), (quality.OneWay, quality.Heard));
    }

    [Theory]
    [InlineData(DropReason.ForeignSource, PartyHeard.Refused)]
    [InlineData(DropReason.Unauthenticated, PartyHeard.WrongKey)]
    [InlineData(DropReason.UnknownPayload, PartyHeard.UnknownCoding)]
    public void What_arrives_and_is_refused_says_why(DropReason reason, PartyHeard heard)
    {
        var quality = new Line().Seconds(11, now => now.Drop(reason));
        Assert.Equal((heard, OneWay.FromParty), (quality.Heard, quality.OneWay));
    }

    [Fact]
    public void A_stranger_who_sprays_beside_a_voice_changes_nothing()
    {
        var quality = new Line().Seconds(30, static now =>
        {
            now.Voice();
            now.Drop(DropReason.ForeignSource);
        });
        Assert.Equal((PartyHeard.Heard, OneWay.None), (quality.Heard, quality.OneWay));
    }

    [Fact]
    public void A_push_to_talk_partner_and_silence_suppression_are_silent_for_hours_and_not_one_way()
    {
        var line = new Line();
        line.Seconds(10, static now => now.Voice());
        var quality = line.Seconds(7200);
        Assert.Equal((PartyHeard.Nothing, OneWay.None, Line.Start.AddSeconds(10)), (quality.Heard, quality.OneWay, quality.SilentSince));

        line = new Line();
        line.Seconds(10, static now => now.Voice());
        line.Seconds(1, static now => now.Noise());
        quality = line.Seconds(600);
        Assert.Equal((PartyHeard.Quiet, OneWay.None, Line.Start.AddSeconds(10)), (quality.Heard, quality.OneWay, quality.SilentSince));
    }

    [Fact]
    public void A_phone_that_says_it_sends_and_is_not_heard_is_one_way()
    {
        var line = new Line();
        line.Seconds(10, static now => now.Voice());
        var sent = 500;
        Assert.Equal(OneWay.FromParty, line.Seconds(25, now => now.Control(sent += 50)).OneWay);

        // The report after it was muted still counts what it said last.
        line = new Line();
        line.Seconds(10, static now => now.Voice());
        line.Seconds(4);
        line.Seconds(1, static now => now.Control(500));
        Assert.Equal(OneWay.None, line.Seconds(60, static now => now.Control(500)).OneWay);

        // A muted phone that sends nothing reports so, from the beginning on.
        Assert.Equal(OneWay.None, new Line().Seconds(600, static now => now.Control()).OneWay);
    }

    [Fact]
    public void Who_is_on_hold_silenced_asked_in_or_not_up_is_not_one_way()
    {
        var line = new Line();
        line.Change(static leg => leg with { Accepts = false });
        var quality = line.Seconds(60, static now => now.SendNothing());
        Assert.Equal((PartyHeard.NotSending, PartyHears.NotSent, OneWay.None), (quality.Heard, quality.Hears, quality.OneWay));

        foreach (var change in new Func<PlannedLeg, PlannedLeg>[]
        {
            leg => leg with { Mode = LegMode.Muted },
            leg => leg with { Mode = LegMode.Listen },
            leg => leg with { Kind = LegKind.Radio },
            leg => leg with { Status = LegStatus.Connecting },
            leg => leg with { Ask = new LegAsk(leg.Party.Agency, "Hartford Police", null, null, null) },
            leg => leg with { Party = leg.Party with { Proof = Party.ProofOfBridge(leg.Party.Agency, "gateway") } },
            leg => leg with { Party = leg.Party with { Focus = "sip:4201@10.0.0.1" } },
        })
        {
            line = new Line();
            line.Planned = change(line.Planned);
            Assert.Equal(OneWay.None, line.Seconds(60).OneWay);
        }
    }

    [Fact]
    public void Whether_a_party_hears_us_its_reports_alone_decide()
    {
        // None: unknown, however long.
        Assert.Equal(PartyHears.Unknown, new Line().Seconds(600, static now => now.Voice()).Hears);

        // Reports that never speak of our sound: some phones never do.
        var line = new Line();
        var quality = line.Seconds(60, static now => now.Control());
        Assert.Equal((PartyHears.NotReported, OneWay.None), (quality.Hears, quality.OneWay));

        // More with each report.
        line = new Line();
        var second = 0;
        Assert.Equal(PartyHears.Hears, line.Seconds(60, now => Every(5, ref second, () => now.Report(more: true))).Hears);

        // The same last packet twice, while we sent 250.
        quality = line.Seconds(16, now => Every(5, ref second, () => now.Report(more: false)));
        Assert.Equal((PartyHears.Nothing, OneWay.ToParty), (quality.Hears, quality.OneWay));

        // It goes on to report, and no longer on us.
        line = new Line();
        line.Seconds(20, static now => now.Report(more: true));
        Assert.Equal(PartyHears.Nothing, line.Seconds(26, static now => now.Control()).Hears);

        // It no longer reports at all.
        line = new Line();
        line.Seconds(20, static now => now.Report(more: true));
        Assert.Equal(PartyHears.Unknown, line.Seconds(26, static now => now.Voice()).Hears);
    }

    [Fact]
    public void Our_sound_that_does_not_arrive_is_one_way_to_the_party()
    {
        var line = new Line();
        line.Seconds(10, static now => now.Voice());
        var second = 0;
        line.Seconds(6, now =>
        {
            now.Voice();
            Every(5, ref second, () => now.Report(more: true));
        });
        var quality = line.Seconds(25, now =>
        {
            now.Voice();
            Every(5, ref second, () => now.Report(more: false));
        });
        Assert.Equal((PartyHeard.Heard, PartyHears.Nothing, OneWay.ToParty), (quality.Heard, quality.Hears, quality.OneWay));
    }

    [Fact]
    public void A_key_is_stuck_when_it_is_held_too_long_and_comes_loose_by_itself()
    {
        var line = new Line(new QualityOptions { StuckAfter = TimeSpan.FromSeconds(30) });
        void Talk(Line now)
        {
            now.Voice();
            now.Change(leg => leg with { TalkingFor = (leg.TalkingFor ?? TimeSpan.Zero) + TimeSpan.FromSeconds(1) });
        }

        Assert.Null(line.Seconds(29, Talk).StuckSince);
        Assert.Equal(Line.Start, line.Seconds(1, Talk).StuckSince);
        Assert.Equal(Line.Start, line.Seconds(10, Talk).StuckSince);
        Assert.Null(line.Seconds(1, static now => now.Change(static leg => leg with { TalkingFor = null })).StuckSince);
    }

    private static void Every(int seconds, ref int second, Action act)
    {
        if (second++ % seconds == 0) act();
    }
}
