using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Journal;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Rooms;
using Interop.Hub.Domain.Rooms.Record;
using Xunit;
using static Interop.Tests.Unit.Hub.Rooms;

namespace Interop.Tests.Unit.Hub;

public sealed class RecordWordsTests
{
    private static string Agency(AgencyId id) => Around().NameOf(id);

    [Fact]
    public void Every_event_has_words_and_names_no_leg_by_its_number()
    {
        var words = new RecordWords(Busy().Called, Agency);
        foreach (var (happened, name, _) in RoomEventTests.Golden)
        {
            var (_, text) = words.Of(happened);
            Assert.False(string.IsNullOrWhiteSpace(text), name);
            Assert.DoesNotContain("leg-1", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Legs_and_agencies_are_called_by_name_also_when_they_are_long_gone()
    {
        var lines = Lines(
            [
                (Phone(Hpd), new LegJoined(new LegId("leg-1"), new Party(Hpd, "Engine 5", "sip:e5@10.0.0.1", "trunk:lab"))),
                (Actor.Hub, new LegLost(new LegId("leg-1"), "no answer")),
                (Dispatcher, new AgencyInvited(new InviteId("invite-1"), Ctic, null)),
                (Partner, new InviteAnswered(new InviteId("invite-1"), false, "no crew")),
            ]);

        Assert.Equal("called in, from sip:e5@10.0.0.1", lines[0].Text);
        Assert.Equal(("The hub", "saw Engine 5 lost: no answer", RecordAspect.Lost), (lines[1].By, lines[1].Text, lines[1].Aspect));
        Assert.Equal(("Dana (person, Hartford Police)", "invited Intelligence Center"), (lines[2].By, lines[2].Text));
        Assert.Equal(("declined the invitation of Intelligence Center: no crew", RecordAspect.Refused), (lines[3].Text, lines[3].Aspect));
    }

    [Fact]
    public void A_page_that_begins_late_knows_the_names_of_earlier_ones()
    {
        var room = Busy();
        var line = Assert.Single(RecordReader.Lines([Entry(7, Actor.Hub, new LegConnected(new LegId("leg-1")))], room, withheld: [], Agency));

        Assert.Equal("saw 100 connected", line.Text);
    }

    [Fact]
    public void It_tells_whose_connection_began_and_ended()
    {
        var party = new Party(Hpd, "Car 12", "sip:c12@10.0.0.1", "trunk:lab");
        var lines = Lines(
            [
                (Phone(Hpd), new LegJoined(new LegId("leg-1"), party)),
                (Phone(Hpd), new LegReplaced(new LegId("leg-1"), party with { Name = "Car 14" })),
                (Actor.Hub, new RoomResumed([new LegId("leg-1")])),
            ]);

        Assert.Equal([true], lines[0].Presence.Select(one => one.There));
        Assert.Equal([false, true], lines[1].Presence.Select(one => one.There));
        Assert.Equal([("Car 14", false)], lines[2].Presence.Select(one => (one.Name, one.There)));
    }

    [Fact]
    public void Who_may_not_hear_is_shown_that_something_is_there_and_nothing_of_it()
    {
        var entry = Entry(1, Dispatcher, new RecordingHeard("00ff"));
        var line = Assert.Single(RecordReader.Lines([entry], Busy(), withheld: ["recording.heard"], Agency));

        Assert.True(line.Withheld);
        Assert.Equal(("", "", Actor.Hub), (line.Entry.Data, line.Entry.Command, line.Entry.Actor));
        Assert.Equal((entry.Hash, entry.PreviousHash), (line.Entry.Hash, line.Entry.PreviousHash));
        Assert.DoesNotContain("00ff", line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Members_take_the_record_and_nobody_else_does()
    {
        var room = Busy();
        Assert.Null(room.Decide(new TakeRecord("json"), Partner).Refusal);
        Assert.Equal("room.not-allowed", room.Decide(new TakeRecord("json"), Person(Dea, Role.Dispatcher)).Refused());
        Assert.Equal("room.not-allowed", room.Decide(new TakeRecord("json"), Person(Ctic, Role.Observer)).Refused());
        Assert.Equal("room.unknown", room.Decide(new TakeRecord("json"), Person(Lab, Role.Administrator)).Refused());
    }

    private static RecordLine[] Lines(IReadOnlyList<(Actor Actor, RoomEvent Happened)> happened) =>
        RecordReader.Lines([.. happened.Select((one, at) => Entry(at + 1, one.Actor, one.Happened))], new RoomState(Code), withheld: [], Agency);

    private static JournalEntry Entry(long version, Actor actor, RoomEvent happened)
    {
        var (name, data) = RoomEvent.Names.Write(happened);
        return new JournalEntry("room/4201", version, 1, Now, actor, "c", name, data, "p", "h");
    }
}
