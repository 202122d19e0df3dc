using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Alerts;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Alerts;
using Xunit;
using static Interop.Tests.Unit.Hub.Rooms;

namespace Interop.Tests.Unit.Hub;

public sealed class AlertDeskDecisionTests
{
    private static readonly Actor Sensor = new(ActorKind.Token, Hpd, "sensor", Role.Integration);

    private static readonly PlaybookEntry Shots = new(
        "shots", new PlaybookMatch("GUNSHOT", null, "severe"), new PlaybookRoom("Shots: {areaDesc} {unknown}", "shooting", Priority.Emergency, [], [], []));

    private static readonly AgencyDirectory Directory = new(Hpd, 1, [Shots]);

    private static readonly Alert First = new(
        new AlertId("spotter|1"), AlertAction.New, [], "gunshot", "Shots heard", null, "Severe", "spotter", "Main\nSt", null, Now, false);

    [Theory]
    [InlineData(41.7637, -72.6851, true)]
    [InlineData(41.7727, -72.6851, true)]
    [InlineData(41.7728, -72.6851, false)]
    [InlineData(41.7637, -72.6731, true)]
    [InlineData(41.7637, -72.6729, false)]
    [InlineData(null, null, false)]
    public void A_playbook_with_a_circle_takes_what_happened_within_a_kilometre_of_its_middle(double? latitude, double? longitude, bool takes)
    {
        var near = Shots with { When = new PlaybookMatch(Within: new MapCircle(41.7637, -72.6851, 1_001)) };
        var alert = First with { Place = new Place("Main St", latitude, longitude) };

        Assert.Equal(takes, Playbooks.Match(new AgencyDirectory(Hpd, 1, [near]), alert) is not null);
        Assert.Null(Playbooks.Match(new AgencyDirectory(Hpd, 1, [near]), First));
    }

    [Fact]
    public void A_circle_reaches_over_the_date_line_and_to_the_far_side_of_the_earth()
    {
        Assert.True(new MapCircle(0, 179.999, 300).Holds(new Place(null, 0, -179.999)));
        Assert.False(new MapCircle(0, 0, 19_000_000).Holds(new Place(null, 0, 180)));
        Assert.True(new MapCircle(89.9999, 0, 30).Holds(new Place(null, 89.9999, 180)));
    }

    [Fact]
    public void The_same_id_is_a_duplicate_and_a_new_one_is_matched_without_regard_to_case()
    {
        var decision = Receive(new DeskState(Hpd), First);
        Assert.Equal("shots", Assert.IsType<AlertTaken>(decision.Happened).Playbook?.Id);
        var state = new DeskState(Hpd).Evolve(decision.Happened!, Now);
        Assert.Null(Receive(state, First with { Headline = "Changed" }).Happened);
        Assert.Null(Assert.IsType<AlertTaken>(Receive(state, First with { Id = new AlertId("spotter|2"), Severity = "Minor" }).Happened).Playbook);
    }

    [Fact]
    public void An_update_keeps_the_first_id_raises_the_revision_and_comes_once()
    {
        var state = Taken();
        var update = First with { Id = new AlertId("spotter|2"), Action = AlertAction.Update, References = [First.Id], Headline = "Two" };
        var decision = Receive(state, update);
        Assert.Equal(First.Id, decision.First);
        state = state.Evolve(decision.Happened!, Now);
        Assert.Equal((First.Id, 2, "Two"), (state.Find(First.Id)!.Summary.Id, state.Find(First.Id)!.Summary.Revision, state.Find(First.Id)!.Summary.Headline));
        Assert.Null(Receive(state, update).Happened);

        var cancel = First with { Id = new AlertId("spotter|3"), Action = AlertAction.Cancel, References = [update.Id] };
        state = state.Evolve(Receive(state, cancel).Happened!, Now);
        Assert.Equal((3, true), (state.Find(cancel.Id)!.Summary.Revision, state.Find(cancel.Id)!.Summary.Cancelled));
    }

    [Fact]
    public void An_update_that_keeps_its_id_counts_only_when_it_says_something_new()
    {
        var state = Taken();
        var update = First with { Action = AlertAction.Update, Headline = "Two" };
        state = state.Evolve(Receive(state, update).Happened!, Now);
        Assert.Equal(2, state.Find(First.Id)!.Summary.Revision);
        Assert.Null(Receive(state, update).Happened);
    }

    [Fact]
    public void A_cancellation_of_something_unknown_opens_no_room() =>
        Assert.Null(Assert.IsType<AlertTaken>(Receive(new DeskState(Hpd), First with { Action = AlertAction.Cancel }).Happened).Playbook);

    [Fact]
    public void Only_integrations_and_dispatchers_of_the_agency_post()
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            var refused = DeskDecider.Receive(new DeskState(Hpd), First, Person(Hpd, role), Directory).Refusal is not null;
            Assert.Equal(role is not (Role.Integration or Role.Dispatcher or Role.Administrator), refused);
            Assert.NotNull(DeskDecider.Receive(new DeskState(Hpd), First, Person(Ctic, role), Directory).Refusal);
        }
    }

    [Fact]
    public void A_title_is_filled_in_on_one_line_and_cut()
    {
        var alert = AlertSummaries.Of(First, Now);
        Assert.Equal("Shots: Main St {unknown}", Playbooks.Title(Shots.Open.Title, alert));
        Assert.Equal(200, Playbooks.Title("{headline}", alert with { Headline = new string('x', 500) }).Length);
        Assert.Equal("gunshot|Severe|spotter", Playbooks.Title("{event}|{severity}|{source}", alert));
    }

    private static DeskState Taken() => new DeskState(Hpd).Evolve(Receive(new DeskState(Hpd), First).Happened!, Now);

    private static DeskDecision Receive(DeskState state, Alert alert) => DeskDecider.Receive(state, alert, Sensor, Directory);
}
