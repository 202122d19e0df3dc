using Interop.Console.Demo.Script;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Interop.Tests.Unit.Demo;

public sealed class PlayheadTests
{
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(100);
    private readonly FakeTimeProvider _time = new();
    private readonly long _start;
    private bool _incidentStands = true;

    public PlayheadTests() => _start = _time.GetTimestamp();

    [Fact]
    public void Each_act_is_due_once_and_at_its_time()
    {
        var playhead = new Playhead(Hartford.Exercise, incidentStands: false);

        var played = Play(playhead, Hartford.Exercise.Opening.Length - s_step);

        Assert.Equal(Hartford.Exercise.Opening.Cues.Select(cue => cue.Act), played.Select(one => one.Act));
        Assert.All(played.Zip(Hartford.Exercise.Opening.Cues), pair => Assert.Equal(pair.Second.At, pair.First.At));
    }

    [Fact]
    public void After_an_hour_it_still_moves_and_no_faster_than_before()
    {
        var playhead = new Playhead(Hartford.Exercise, incidentStands: false);
        Play(playhead, TimeSpan.FromHours(1));

        var rounds = 10;
        var later = Play(playhead, rounds * Hartford.Exercise.Traffic.Length);

        Assert.Equal(rounds * Hartford.Exercise.Traffic.Cues.Count, later.Count);
    }

    [Fact]
    public void When_the_incident_was_closed_the_exercise_opens_again()
    {
        var playhead = new Playhead(Hartford.Exercise, incidentStands: false);
        Play(playhead, Hartford.Exercise.Opening.Length + TimeSpan.FromSeconds(10));
        _incidentStands = false;

        var later = Play(playhead, Hartford.Exercise.Traffic.Length + TimeSpan.FromSeconds(20));

        Assert.Single(later, one => one.Act is Raises);
    }

    [Fact]
    public void An_incident_of_an_earlier_run_is_gone_on_with_and_no_second_one_raised()
    {
        var playhead = new Playhead(Hartford.Exercise, incidentStands: true);

        var played = Play(playhead, TimeSpan.FromMinutes(10));

        Assert.NotEmpty(played);
        Assert.DoesNotContain(played, one => one.Act is Raises);
    }

    [Fact]
    public void After_the_machine_slept_what_was_missed_is_not_played_all_at_once()
    {
        var playhead = new Playhead(Hartford.Exercise, incidentStands: true);
        Play(playhead, TimeSpan.FromSeconds(30));

        _time.Advance(TimeSpan.FromHours(8));
        var woken = playhead.Due(_time.GetElapsedTime(_start), () => true);

        Assert.InRange(woken.Count, 0, 2);
    }

    private List<(TimeSpan At, Act Act)> Play(Playhead playhead, TimeSpan length)
    {
        var played = new List<(TimeSpan, Act)>();
        var end = _time.GetElapsedTime(_start) + length;
        for (; _time.GetElapsedTime(_start) < end; _time.Advance(s_step))
            foreach (var act in playhead.Due(_time.GetElapsedTime(_start), () => _incidentStands))
                played.Add((_time.GetElapsedTime(_start), act));
        return played;
    }
}
