using Interop.Console.Demo.Script;
using Interop.Console.Demo.Speech;
using Xunit;

namespace Interop.Tests.Unit.Demo;

public sealed class ExerciseTests
{
    private static readonly Exercise s_exercise = Hartford.Exercise;

    public static TheoryData<string> Scenes => ["opening", "traffic"];

    [Fact]
    public void The_alert_comes_while_a_newcomer_still_looks_for_the_rooms()
    {
        var alert = Assert.Single(s_exercise.Opening.Cues, cue => cue.Act is Raises);
        Assert.InRange(alert.At, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Everything_that_a_room_knows_happens_within_a_minute()
    {
        var acts = s_exercise.Opening.Cues.Where(cue => cue.At <= TimeSpan.FromSeconds(62)).Select(cue => cue.Act).ToList();

        Assert.True(acts.OfType<Calls>().Count(call => call.Room == Where.Incident) >= 6);
        Assert.Contains(acts, act => act is Updates);
        Assert.Contains(acts, act => act is Writes);
        Assert.Contains(acts, act => act is Vanishes);
        Assert.Contains(acts, act => act is HangsUp);
        Assert.Contains(acts, act => act is Says && s_exercise.Radios.Any(radio => radio.Id == act.Who));
    }

    [Fact]
    public void A_phone_speaks_only_in_a_room_that_it_has_called()
    {
        var called = new HashSet<string>();
        foreach (var cue in s_exercise.Opening.Cues)
        {
            if (cue.Act is Calls)
                called.Add(cue.Act.Who);
            if (cue.Act is Says or Writes && s_exercise.Phones.Any(phone => phone.Id == cue.Act.Who))
                Assert.Contains(cue.Act.Who, called);
        }
    }

    [Theory]
    [MemberData(nameof(Scenes))]
    public void Every_act_belongs_to_a_party_and_comes_in_order(string scene)
    {
        var cues = Scene(scene).Cues;
        string[] parties = [.. s_exercise.Phones.Select(phone => phone.Id), .. s_exercise.Radios.Select(radio => radio.Id), s_exercise.Sensor.Id];

        Assert.All(cues, cue => Assert.Contains(cue.Act.Who, parties));
        Assert.Equal(cues.Select(cue => cue.At), cues.Select(cue => cue.At).Order());
        Assert.True(cues[^1].At < Scene(scene).Length);
    }

    [Theory]
    [MemberData(nameof(Scenes))]
    public void Each_speaker_lets_the_one_before_finish(string scene)
    {
        var silentFrom = TimeSpan.Zero;
        foreach (var cue in Scene(scene).Cues)
        {
            if (cue.Act is not Says says)
                continue;
            Assert.True(cue.At >= silentFrom, $"{says.Who} talks over another at {cue.At}");
            silentFrom = cue.At + SpokenLine.Load(says.Line).Length;
        }
    }

    [Fact]
    public void Traffic_raises_no_alert_so_that_an_hour_of_it_opens_no_room() =>
        Assert.DoesNotContain(s_exercise.Traffic.Cues, cue => cue.Act is Raises or Updates or Vanishes);

    private static Scene Scene(string name) => name == "opening" ? s_exercise.Opening : s_exercise.Traffic;
}
