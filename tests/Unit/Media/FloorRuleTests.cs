using Interop.Bridges.Media.Floors;
using Xunit;

namespace Interop.Tests.Unit.Media;

/// <remarks>Time charts: a column is 100 ms, a row is one who talks (#) or not (.), and the expected row names the holder.</remarks>
public sealed class FloorRuleTests
{
    private static readonly FloorSettings s_settings = new() { Hang = TimeSpan.FromMilliseconds(500), TimeOut = TimeSpan.FromSeconds(1) };

    [Fact]
    public void First_come_keeps_it_through_the_hang() => Assert.Equal(
        "..111111111.......",
        Chart(
            "..#####...........",
            "....####.........."));

    [Fact]
    public void The_second_gets_it_when_the_hang_is_over() => Assert.Equal(
        "1111111112222222",
        Chart(
            "#####...........",
            "..##############"));

    [Fact]
    public void A_holder_who_resumes_within_the_hang_keeps_it() => Assert.Equal(
        "11111111111111..",
        Chart(
            "###...####......",
            "....###........."));

    [Fact]
    public void After_the_time_out_the_holder_must_pause_to_get_it_again() => Assert.Equal(
        "1111111111.....11111",
        Chart(
            "##############.#####"));

    [Fact]
    public void After_the_time_out_the_one_who_waits_gets_it() => Assert.Equal(
        "1111111111222222",
        Chart(
            "################",
            "...#############"));

    [Fact]
    public void Of_two_who_wait_the_one_who_came_first_gets_it() => Assert.Equal(
        "1111111333332222",
        Chart(
            "###.............",
            "......##########",
            "...#####........"));

    [Fact]
    public void A_holder_who_leaves_frees_it_at_once()
    {
        Span<FloorParty> parties = [new FloorParty { Id = 1, Talking = true }];
        var state = FloorRule.Step(s_settings, default, parties, TimeSpan.Zero);
        Assert.Equal(1, state.Holder);
        Assert.Equal(0, FloorRule.Step(s_settings, state, [], TimeSpan.FromMilliseconds(20)).Holder);
    }

    [Fact]
    public void The_higher_priority_takes_it_at_once_and_the_lower_gets_it_back_when_the_hang_is_over() => Assert.Equal(
        "111222222221111",
        Chart(
            [0, 1],
            "###############",
            "...####........"));

    [Fact]
    public void The_higher_priority_takes_it_in_the_hang_of_a_lower_one() => Assert.Equal(
        "111112222222..",
        Chart(
            [0, 2],
            "###...........",
            ".....###......"));

    [Fact]
    public void The_lower_priority_never_takes_it_from_a_higher_one_and_equals_wait() => Assert.Equal(
        "11111111333332222",
        Chart(
            [2, 0, 2],
            "####.............",
            "..###############",
            "....#####........"));

    [Fact]
    public void A_higher_one_that_timed_out_does_not_take_it_back_before_it_paused() => Assert.Equal(
        "1111111111222221111",
        Chart(
            [1, 0],
            "##############.####",
            "...################"));

    private static string Chart(params string[] rows) => Chart(new int[rows.Length], rows);

    private static string Chart(int[] priorities, params string[] rows)
    {
        var parties = rows.Select((_, index) => new FloorParty { Id = index + 1, Priority = priorities[index] }).ToArray();
        var state = default(FloorState);
        var chart = new char[rows[0].Length];
        for (var column = 0; column < chart.Length; column++)
        {
            for (var row = 0; row < rows.Length; row++) parties[row].Talking = rows[row][column] == '#';
            state = FloorRule.Step(s_settings, state, parties, TimeSpan.FromMilliseconds(100 * column));
            chart[column] = state.Holder == 0 ? '.' : (char)('0' + state.Holder);
        }

        return new string(chart);
    }
}
