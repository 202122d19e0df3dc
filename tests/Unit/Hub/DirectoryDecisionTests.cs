using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Domain.Directory;
using Interop.Hub.Domain.Rooms;
using Interop.Hub.Contracts.Ids;
using Xunit;
using static Interop.Tests.Unit.Hub.Rooms;

namespace Interop.Tests.Unit.Hub;

public sealed class DirectoryDecisionTests
{
    private static readonly Actor Administrator = Person(Hpd, Role.Administrator);
    private static readonly TrunkEntry Trunk = new("lab", ["127.0.0.0/8"]);

    [Fact]
    public void An_entry_is_provisioned_once_for_its_content_whatever_became_of_it()
    {
        var state = Apply(new AgencyState(Hpd), AgencyDecider.Provision(new AgencyState(Hpd), [Trunk], Administrator));
        Assert.Empty(AgencyDecider.Provision(state, [Trunk], Administrator).Events);
        var removed = Apply(state, AgencyDecider.Remove(state, "trunk", "lab", Administrator));
        Assert.Empty(AgencyDecider.Provision(removed, [Trunk], Administrator).Events);
        Assert.Single(AgencyDecider.Provision(removed, [Trunk with { From = ["10.0.0.0/8"] }], Administrator).Events);
        Assert.Empty(AgencyDecider.Provision(state, [], Administrator).Events);
    }

    [Fact]
    public void One_wrong_entry_stops_the_whole_file()
    {
        var decision = AgencyDecider.Provision(new AgencyState(Hpd), [Trunk, new TrunkEntry("bad", ["nonsense"])], Administrator);
        Assert.Equal(("directory.invalid", "from"), (decision.Refusal?.Code, decision.Refusal?.Field));
    }

    [Fact]
    public void Only_administrators_and_the_file_change_the_directory()
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            Assert.Equal(role == Role.Administrator, AgencyDecider.Put(new AgencyState(Hpd), Trunk, Person(Hpd, role)).Refusal is null);
            Assert.NotNull(AgencyDecider.Put(new AgencyState(Hpd), Trunk, Person(Ctic, role)).Refusal);
        }
    }

    [Fact]
    public void An_events_text_stays_what_it_is()
    {
        Assert.Equal(
            ("entry.provisioned", """{"entry":{"kind":"trunk","from":["127.0.0.0/8"],"id":"lab"},"hash":"abc"}"""),
            AgencyEvent.Names.Write(new EntryProvisioned(Trunk, "abc")));
        Assert.Equal(("entry.removed", """{"kind":"trunk","id":"lab"}"""), AgencyEvent.Names.Write(new EntryRemoved("trunk", "lab")));
        Assert.Equal(("code.given", """{"code":"4201","owner":"hpd"}"""), RegistryEvent.Names.Write(new CodeGiven(Code, Hpd)));
    }

    [Fact]
    public void Codes_have_four_digits_and_five_when_those_are_used_up()
    {
        var state = new RegistryState();
        Assert.Equal("1000", state.Free((from, _) => from)?.Value);
        Assert.Equal("9999", state.Free((_, below) => below - 1)?.Value);
        for (var code = 1_000; code < 10_000; code++)
            state = state.Evolve(new CodeGiven(new RoomCode(code.ToString()), Hpd), $"c{code}");
        Assert.Equal("10000", state.Free((from, _) => from)?.Value);
    }

    private static AgencyState Apply(AgencyState state, AgencyDecision decision)
    {
        Assert.Null(decision.Refusal);
        return decision.Events.Aggregate(state, (current, happened) => current.Evolve(happened));
    }
}
