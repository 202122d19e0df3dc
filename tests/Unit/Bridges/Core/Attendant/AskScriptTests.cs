using Interop.Bridges.Core.Attendant;
using Interop.Bridges.Media.Prompts;
using Interop.Hub.Contracts.Rooms;
using Xunit;

namespace Interop.Tests.Unit.Bridges.Core.Attendant;

public sealed class AskScriptTests
{
    private static readonly TimeSpan s_start = TimeSpan.FromSeconds(100);
    private readonly IReadOnlyList<PromptAudio> _greeting = [PromptAudio.Silence(TimeSpan.FromSeconds(4))];
    private readonly IReadOnlyList<PromptAudio> _explanation = [PromptAudio.Silence(TimeSpan.FromSeconds(10))];
    private readonly IReadOnlyList<PromptAudio> _again = [PromptAudio.Silence(TimeSpan.FromSeconds(1))];
    private readonly AskScript _script;

    public AskScriptTests() => _script = new AskScript(_greeting, _explanation, _again, s_start);

    [Fact]
    public void Without_a_key_the_greeting_is_repeated_and_after_twenty_seconds_it_is_no_answer()
    {
        Assert.Same(_greeting, _script.PlayedOut().Play);
        Assert.Equal(default, _script.Wait(At(19.9)));
        Assert.Equal(LegAnswer.None, _script.Wait(At(20)).Answer);
    }

    [Theory]
    [InlineData('1')]
    [InlineData('3')]
    [InlineData('#')]
    public void The_first_key_only_asks_to_hear_more(char key)
    {
        var move = _script.Press(key, At(5));
        Assert.Null(move.Answer);
        Assert.Same(_explanation, move.Play);
        Assert.Same(_explanation, _script.PlayedOut().Play);
    }

    [Theory]
    [InlineData('1', LegAnswer.Join)]
    [InlineData('2', LegAnswer.Listen)]
    [InlineData('3', LegAnswer.Decline)]
    public void The_next_key_answers_also_while_it_is_still_being_explained(char key, LegAnswer answer)
    {
        _script.Press('5', At(5));
        Assert.Equal(answer, _script.Press(key, At(6)).Answer);
    }

    [Fact]
    public void A_wrong_key_is_told_the_right_ones_and_gets_twenty_seconds_more()
    {
        _script.Press('5', At(5));
        var move = _script.Press('8', At(24));
        Assert.Equal([.. _again, .. _explanation], move.Play!);
        Assert.Equal(default, _script.Wait(At(43.9)));
        Assert.Equal(LegAnswer.None, _script.Wait(At(44)).Answer);
    }

    [Fact]
    public void After_a_long_explanation_there_is_still_time_to_press()
    {
        var script = new AskScript(_greeting, [PromptAudio.Silence(TimeSpan.FromSeconds(18))], _again, s_start);
        script.Press('1', At(1));
        Assert.Equal(At(27), script.Deadline);
    }

    private static TimeSpan At(double seconds) => s_start + TimeSpan.FromSeconds(seconds);
}
