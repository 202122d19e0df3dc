using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Grains.Journal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Interop.Tests.Cluster.Hub;

public sealed class RoomLifeTests
{
    private static readonly Actor Phone = new(ActorKind.Phone, new AgencyId("lab"), "100", Role.Member);

    private static readonly LentResource PatrolNorth = new(
        new ResourceId(Cast.Hpd, "patrol-north"), "Patrol North", new RadioGateway("239.10.0.1:5004", "239.10.0.2:5004"));

    [Fact]
    public async Task A_restart_over_the_same_database_brings_back_the_room_and_plans_its_legs_as_lost()
    {
        using var data = new DataDirectory();
        RoomCode code;
        await using (var hub = await HubCluster.Start(data.Path))
        {
            code = await hub.Open(admits: ["trunk:lab/lab"], invites: [Cast.Ctic]);
            Assert.Equal("leg-1", (await Admit(hub, code)).Value?.Created);
            Assert.True((await hub.Room(code).Execute(new PostChat("On our way"), Cast.Dispatcher, Cast.Id())).Ok);
            Assert.Equal(LegStatus.Up, Assert.Single(hub.Of<RecordingMedia>().Plan(code)!.Legs).Status);
        }

        await using (var hub = await HubCluster.Start(data.Path))
        {
            // Nobody asked for the room: starting brought it up.
            var plan = hub.Of<RecordingMedia>().Plan(code);
            Assert.NotNull(plan);
            Assert.Equal(LegStatus.Lost, Assert.Single(plan.Legs).Status);
            var room = (await hub.Room(code).Look(Cast.Partner)).Value!;
            Assert.Equal("On our way", Assert.Single(room.Chat).Text);
            Assert.Equal(InviteStatus.Pending, Assert.Single(room.Invites).Status);
            Assert.Equal(code, Assert.Single(await hub.Registry.ListOpen()).Code);

            Assert.True((await hub.Room(code).Execute(new LegCameUp(new LegId("leg-1")), Actor.Hub, Cast.Id())).Ok);
            Assert.Equal(
                ["room.opened", "invite.sent", "leg.joined", "chat.posted", "room.resumed", "leg.up"], await Types(hub, code));
        }

        Assert.Null(JournalVerifier.Verify(new JournalOptions { Directory = data.Path }).FirstBroken);
    }

    [Fact]
    public async Task A_key_that_a_lost_phone_presses_is_held_until_its_leg_is_up_and_one_of_a_phone_that_is_gone_is_not()
    {
        using var data = new DataDirectory();
        await using var hub = await HubCluster.Start(data.Path);
        var code = await hub.Open(admits: ["trunk:lab/lab"]);
        var room = hub.Room(code);
        var pressed = hub.Of<RecordingMedia>().Pressed;
        LegId leg = new("leg-1");
        Assert.True((await Admit(hub, code)).Ok);

        await Lose();
        Assert.Empty(pressed);
        Assert.True((await room.Execute(new LegCameUp(leg), Actor.Hub, Cast.Id())).Ok);
        await room.PressKey(leg, '5');
        await Lose();
        Assert.True((await room.Execute(new LegLeft(leg, "hung up"), Actor.Hub, Cast.Id())).Ok);
        await room.PressKey(leg, '5');

        Assert.Equal([(code, leg, '*'), (code, leg, '1'), (code, leg, '5')], pressed);

        async Task Lose()
        {
            Assert.True((await room.Execute(new LegWasLost(leg, "408"), Actor.Hub, Cast.Id())).Ok);
            await room.PressKey(leg, '*');
            await room.PressKey(leg, '1');
        }
    }

    [Fact]
    public async Task A_room_opens_an_agency_joins_and_writes_and_the_room_closes_when_the_time_to_undo_has_passed()
    {
        using var data = new DataDirectory();
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero));
        await using var hub = await HubCluster.Start(data.Path, clock: clock);
        var code = await hub.Open(invites: [Cast.Ctic]);
        var room = hub.Room(code);
        var invite = (await room.Look(Cast.Partner)).Value!.Invites[0].Id;
        Assert.True((await room.Execute(new AnswerInvite(invite, Accept: true, null), Cast.Partner, Cast.Id())).Ok);
        Assert.Equal("line-1", (await room.Execute(new PostChat("CTIC is in"), Cast.Partner, Cast.Id())).Value!.Created);
        Assert.Equal("CTIC is in", Assert.Single((await room.Look(Cast.Dispatcher)).Value!.Chat).Text);

        Assert.True((await room.Execute(new CloseRoom("over"), Cast.Dispatcher, Cast.Id())).Ok);
        clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(RoomPhase.Closing, (await room.Look(Cast.Dispatcher)).Value!.State);
        Assert.True((await room.Execute(new UndoClose(), Cast.Dispatcher, Cast.Id())).Ok);
        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(RoomPhase.Open, (await room.Look(Cast.Dispatcher)).Value!.State);

        Assert.True((await room.Execute(new CloseRoom("over"), Cast.Dispatcher, Cast.Id())).Ok);
        clock.Advance(TimeSpan.FromSeconds(11));
        await Eventually.Holds(
            async () => (await room.Look(Cast.Dispatcher)).Value!.State == RoomPhase.Closed, "the room closed when its time was over");
        Assert.False(hub.Of<RecordingMedia>().Plan(code)!.Open);
        await Eventually.Holds(async () => (await hub.Registry.ListOpen()).Count == 0, "the list forgot the closed room");
        Assert.Empty(await hub.Registry.ListToWake());
    }

    [Fact]
    public async Task A_closing_that_a_stop_interrupted_is_finished_by_the_next_start()
    {
        using var data = new DataDirectory();
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero));
        RoomCode code;
        await using (var hub = await HubCluster.Start(data.Path, clock: clock))
        {
            code = await hub.Open();
            Assert.True((await hub.Room(code).Execute(new CloseRoom(null), Cast.Dispatcher, Cast.Id())).Ok);
        }

        clock.Advance(TimeSpan.FromMinutes(1));
        await using (var hub = await HubCluster.Start(data.Path, clock: clock))
            await Eventually.Holds(
                async () =>
                {
                    clock.Advance(TimeSpan.FromMilliseconds(10));
                    return (await hub.Room(code).Look(Cast.Dispatcher)).Value!.State == RoomPhase.Closed;
                },
                "the interrupted closing was finished");
    }

    [Fact]
    public async Task A_repeated_command_is_answered_with_the_first_answer_also_after_a_restart()
    {
        using var data = new DataDirectory();
        var id = Cast.Id();
        RoomCode code;
        RoomReceipt first;
        await using (var hub = await HubCluster.Start(data.Path))
        {
            code = await hub.Open();
            first = (await hub.Room(code).Execute(new PostChat("once"), Cast.Dispatcher, id)).Value!;
            Assert.Equal(first, (await hub.Room(code).Execute(new PostChat("once"), Cast.Dispatcher, id)).Value);
        }

        await using (var hub = await HubCluster.Start(data.Path))
        {
            Assert.Equal(first, (await hub.Room(code).Execute(new PostChat("once"), Cast.Dispatcher, id)).Value);
            Assert.Single((await hub.Room(code).Look(Cast.Dispatcher)).Value!.Chat);
            var allocated = Cast.Id();
            Assert.Equal(
                (await hub.Registry.Allocate(Cast.Hpd, allocated)).Value, (await hub.Registry.Allocate(Cast.Hpd, allocated)).Value);
        }
    }

    [Fact]
    public async Task Muting_holds_at_once_while_the_journal_refuses_and_is_recorded_when_it_takes_again()
    {
        using var data = new DataDirectory();
        await using var hub = await HubCluster.Start(data.Path);
        var code = await hub.Open(admits: ["trunk:lab/lab"]);
        await Admit(hub, code);
        var disk = hub.Of<RefusingJournal>();
        disk.Refuses = _ => true;

        var attempt = Cast.Id();
        Task<Outcome<RoomReceipt>> Mute() => hub.Room(code).Execute(new SetLegMode(new LegId("leg-1"), LegMode.Muted), Cast.Dispatcher, attempt);
        // It holds at once, and is acknowledged only when a kill could no longer undo it.
        Assert.Equal("journal.behind", (await Mute()).Refusal?.Code);
        Assert.Equal("journal.behind", (await Mute()).Refusal?.Code);
        Assert.Equal(LegMode.Muted, hub.Of<RecordingMedia>().Plan(code)!.Legs[0].Mode);
        var talk = await hub.Room(code).Execute(new SetLegMode(new LegId("leg-1"), LegMode.Talk), Cast.Dispatcher, Cast.Id());
        Assert.Equal("journal.unavailable", talk.Refusal?.Code);
        Assert.DoesNotContain("leg.mode-set", await Types(hub, code));

        disk.Refuses = _ => false;
        await Eventually.Holds(
            async () => (await Types(hub, code)).Contains("leg.mode-set"), "the muting was recorded by itself, when the journal took it");
        Assert.True((await Mute()).Ok);
        Assert.True((await hub.Room(code).Execute(new PostChat("again"), Cast.Dispatcher, Cast.Id())).Ok);
    }

    [Fact]
    public async Task A_second_muting_waits_no_more_than_the_first_for_a_disk_that_hangs()
    {
        using var data = new DataDirectory();
        await using var hub = await HubCluster.Start(data.Path);
        var code = await hub.Open(admits: ["trunk:lab/lab"]);
        await Admit(hub, code);
        await Admit(hub, code);
        var disk = new TaskCompletionSource();
        hub.Of<RefusingJournal>().Answers = disk.Task;

        foreach (var leg in new[] { "leg-1", "leg-2" })
        {
            var muting = hub.Room(code).Execute(new SetLegMode(new LegId(leg), LegMode.Muted), Cast.Dispatcher, Cast.Id());
            Assert.Equal("journal.behind", (await muting.WaitAsync(TimeSpan.FromSeconds(3))).Refusal?.Code);
        }

        Assert.All(hub.Of<RecordingMedia>().Plan(code)!.Legs, leg => Assert.Equal(LegMode.Muted, leg.Mode));
        Assert.DoesNotContain("leg.mode-set", await Types(hub, code));
        var widening = hub.Room(code).Execute(new PostChat("too early"), Cast.Dispatcher, Cast.Id());
        Assert.Equal("journal.unavailable", (await widening.WaitAsync(TimeSpan.FromSeconds(3))).Refusal?.Code);
        disk.SetResult();
        await Eventually.Holds(
            async () => (await Types(hub, code)).Count(type => type == "leg.mode-set") == 2, "both mutings were recorded, when the disk answered");
        Assert.True((await hub.Room(code).Execute(new PostChat("again"), Cast.Dispatcher, Cast.Id())).Ok);
        Assert.Null(JournalVerifier.Verify(new JournalOptions { Directory = data.Path }).FirstBroken);
    }

    [Fact]
    public async Task A_room_that_stepped_down_comes_up_again_though_nobody_asks_for_it()
    {
        using var data = new DataDirectory();
        await using var hub = await HubCluster.Start(data.Path);
        var code = await hub.Open();
        var raised = await hub.Of<IJournal>().RaiseEpoch($"room/{code}", CancellationToken.None);
        Assert.Equal("room.moved", (await hub.Room(code).Execute(new PostChat("from the past"), Cast.Dispatcher, Cast.Id())).Refusal?.Code);

        await Eventually.Holds(() => hub.Of<RecordingMedia>().Plan(code)!.Epoch > raised, "the room's next activation published its plan");
        Assert.True(hub.Of<RecordingMedia>().Plan(code)!.Open);
    }

    [Fact]
    public async Task A_write_whose_answer_was_lost_is_found_in_the_journal_and_not_done_twice()
    {
        using var data = new DataDirectory();
        await using var hub = await HubCluster.Start(data.Path);
        var code = await hub.Open();
        hub.Of<RefusingJournal>().LosesAnswer = append => append.Stream == $"room/{code}";
        var id = Cast.Id();
        var lost = await hub.Room(code).Execute(new PostChat("once"), Cast.Dispatcher, id);
        Assert.Equal("journal.unavailable", lost.Refusal?.Code);
        hub.Of<RefusingJournal>().LosesAnswer = _ => false;
        Assert.Equal("line-1", (await hub.Room(code).Execute(new PostChat("once"), Cast.Dispatcher, id)).Value?.Created);
        Assert.Single((await hub.Room(code).Look(Cast.Dispatcher)).Value!.Chat);
    }

    [Fact]
    public async Task A_room_whose_epoch_was_raised_elsewhere_writes_nothing_and_releases_its_media()
    {
        using var data = new DataDirectory();
        await using var hub = await HubCluster.Start(data.Path);
        var code = await hub.Open();
        await hub.Of<IJournal>().RaiseEpoch($"room/{code}", CancellationToken.None);
        var fenced = await hub.Room(code).Execute(new PostChat("from the past"), Cast.Dispatcher, Cast.Id());
        Assert.Equal("room.moved", fenced.Refusal?.Code);
        Assert.Contains(hub.Of<RecordingMedia>().Released, released => released.Room == code);
        await Eventually.Holds(
            async () => (await hub.Room(code).Execute(new PostChat("from now"), Cast.Dispatcher, Cast.Id())).Ok,
            "the next activation took the room over");
        Assert.Equal("from now", Assert.Single((await hub.Room(code).Look(Cast.Dispatcher)).Value!.Chat).Text);
    }

    [Fact]
    public async Task A_withdrawal_that_a_fenced_room_could_not_record_is_not_called_done()
    {
        using var data = new DataDirectory();
        await using var hub = await HubCluster.Start(data.Path);
        var code = await hub.Open();
        Assert.True((await hub.Room(code).Execute(new LendResource(PatrolNorth, ShareTerms.Open), Cast.Dispatcher, Cast.Id())).Ok);
        await hub.Of<IJournal>().RaiseEpoch($"room/{code}", CancellationToken.None);
        var withdraw = new WithdrawShare(new ShareId("share-1"));
        Assert.Equal("room.moved", (await hub.Room(code).Execute(withdraw, Cast.Dispatcher, Cast.Id())).Refusal?.Code);
        await Eventually.Holds(
            async () => (await hub.Room(code).Execute(withdraw, Cast.Dispatcher, Cast.Id())).Ok, "the next activation withdrew the channel");
        Assert.Equal("share.withdrawn", (await Types(hub, code))[^1]);
    }

    [Fact]
    public async Task A_channel_is_talked_on_from_one_room_at_a_time_and_the_refusal_names_the_room()
    {
        using var data = new DataDirectory();
        await using var hub = await HubCluster.Start(data.Path);
        var (first, second) = (await hub.Open("First"), await hub.Open("Second"));
        var share = (await hub.Room(first).Execute(new LendResource(PatrolNorth, ShareTerms.Open), Cast.Dispatcher, Cast.Id())).Value!.Created!;
        var refused = (await hub.Room(second).Execute(new LendResource(PatrolNorth, ShareTerms.Open), Cast.Dispatcher, Cast.Id())).Refusal;
        Assert.Equal("share.in-use", refused?.Code);
        Assert.Contains(first.Value, refused!.Text, StringComparison.Ordinal);
        Assert.True((await hub.Room(first).Execute(new WithdrawShare(new ShareId(share)), Cast.Dispatcher, Cast.Id())).Ok);
        await Eventually.Holds(
            async () => (await hub.Room(second).Execute(new LendResource(PatrolNorth, ShareTerms.Open), Cast.Dispatcher, Cast.Id())).Ok,
            "the withdrawn channel was free for the second room");
    }

    [Fact]
    public async Task A_follower_gets_numbered_changes_and_live_sound()
    {
        using var data = new DataDirectory();
        await using var hub = await HubCluster.Start(data.Path);
        var code = await hub.Open(admits: ["trunk:lab/lab"]);
        var follower = new RecordingFollower();
        var from = await hub.Room(code).Subscribe(hub.Grains().CreateObjectReference<IRoomObserver>(follower));
        await Admit(hub, code);
        await hub.Room(code).Hear(new RoomSound([new LegId("leg-1")], null));
        await Eventually.Holds(() => follower.Deltas.Count == 2, "two changes reached the follower");
        Assert.Equal([from.Number + 1, from.Number + 2], follower.Deltas.Select(delta => delta.Revision.Number).Order());
        Assert.Contains(follower.Deltas, delta => delta.Changes[0] is LegChanged { Leg.Status: LegStatus.Up });
        Assert.Equal(["leg-1"], (await hub.Room(code).Look(Cast.Dispatcher)).Value!.Talking.Select(leg => leg.Value));
    }

    [Fact]
    public async Task An_unknown_room_leaves_no_row_behind_and_looks_like_one_of_others()
    {
        using var data = new DataDirectory();
        await using var hub = await HubCluster.Start(data.Path);
        var code = await hub.Open();
        var unknown = await Admit(hub, new RoomCode("9999999"));
        var foreign = await hub.Room(code).Look(Cast.Partner);
        Assert.Equal("room.unknown", unknown.Refusal?.Code);
        Assert.Equal("room.unknown", foreign.Refusal?.Code);
        Assert.Equal("room.not-admitted", (await Admit(hub, code)).Refusal?.Code);
        Assert.DoesNotContain("room/9999999", await hub.Of<IJournal>().Streams("", CancellationToken.None));
    }

    [Fact]
    public async Task A_room_on_one_silo_answers_the_other_and_comes_up_there_when_its_silo_dies()
    {
        using var data = new DataDirectory();
        await using var hub = await HubCluster.Start(data.Path, silos: 2);
        var code = await hub.Open(admits: ["trunk:lab/lab"]);
        var owner = hub.Of<RecordingMedia>(0).Plan(code) is not null ? 0 : 1;
        var other = 1 - owner;
        Assert.Null(hub.Of<RecordingMedia>(other).Plan(code));
        Assert.True((await hub.Room(code, other).Execute(new PostChat("from the other node"), Cast.Dispatcher, Cast.Id())).Ok);
        Assert.Equal("from the other node", Assert.Single((await hub.Room(code, owner).Look(Cast.Dispatcher)).Value!.Chat).Text);
        Assert.Null(hub.Of<RecordingMedia>(other).Plan(code));
        Assert.Equal("leg-1", (await Admit(hub, code, other)).Value?.Created);
        await hub.Room(code, other).Hear(new RoomSound([new LegId("leg-1")], null));
        await Eventually.Holds(
            async () => (await hub.Room(code, other).Look(Cast.Dispatcher)).Value!.Talking.Count == 1, "the sound crossed the nodes");
        var survivor = hub.Of<RecordingMedia>(other);
        var room = hub.Room(code, other);
        var before = hub.Of<RecordingMedia>(owner).Plan(code)!.Epoch;

        await hub.Kill(owner);
        await Eventually.Holds(
            async () =>
            {
                try
                {
                    return (await room.Look(Cast.Dispatcher)).Ok;
                }
                catch (Exception exception) when (exception is OrleansException or TimeoutException)
                {
                    return false;
                }
            },
            "the room came up on the node that is left",
            seconds: 60);
        Assert.True(survivor.Plan(code)!.Epoch > before);
        Assert.Single((await room.Look(Cast.Dispatcher)).Value!.Chat);
        Assert.Equal(LegStatus.Lost, Assert.Single(survivor.Plan(code)!.Legs).Status);
    }

    private static Task<Outcome<RoomReceipt>> Admit(HubCluster hub, RoomCode code, int silo = 0) => hub.Room(code, silo).Execute(
        new AdmitCaller(new Caller(new Party(Phone.Agency, "100", "sip:100@10.0.0.1", "trunk:lab"), ["trunk:lab/lab"])), Phone, Cast.Id());

    private static async Task<IReadOnlyList<string>> Types(HubCluster hub, RoomCode code) =>
        [.. (await hub.Room(code).ReadJournal(Cast.Dispatcher, 0, 100)).Value!.Select(entry => entry.Type)];
}
