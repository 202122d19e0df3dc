using System.Data.Common;
using Interop.Hub.Grains.Journal;
using Interop.Hub.Grains.Storage;
using Interop.Tests.Peers;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Interop.Tests.Cluster.Storage;

/// <summary>What a server and several processes can do to each other, and a file cannot.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresFaultFacts(PostgresLab lab)
{
    private const string Room = "room/4201";

    [Fact]
    public async Task Of_nodes_that_start_at_once_on_an_empty_database_one_makes_the_tables_and_all_have_the_same_secret()
    {
        await using var place = await lab.NewPlace();
        var nodes = Enumerable.Range(0, 6).Select(_ => place.Process()).ToArray();
        var kept = await Task.WhenAll(nodes.Select((node, number) => Task.Run(() =>
        {
            node.GetRequiredService<IJournal>();
            return node.GetRequiredService<SharedSecrets>().Keep("browser-voice", $"of node {number}");
        })));
        Assert.Single(kept.Distinct());
        Assert.Equal("another", nodes[0].GetRequiredService<SharedSecrets>().Keep("browser-voice", "another", instead: kept[0]));
        Assert.Equal(["another"], nodes[1].GetRequiredService<SharedSecrets>().List("browser"));
    }

    [Fact]
    public async Task A_row_that_the_server_refuses_fails_alone()
    {
        await using var place = await lab.NewPlace();
        var journal = place.Journal();
        foreach (var stream in new[] { "a", "b", "c" })
            await journal.RaiseEpoch(stream, default);
        await place.Sql("alter table entries add check (type <> 'refused')");
        // The first holds the writer while the others gather behind it.
        var all = new[] { "a", "b", "c" }.Select((stream, number) =>
            journal.Append(new JournalAppend(stream, 1, 0, [Entries.Said("x") with { Type = number == 1 ? "refused" : "chat.posted" }]), default)).ToArray();
        await Assert.ThrowsAnyAsync<DbException>(() => all[1]);
        Assert.Equal([AppendOutcome.Written, AppendOutcome.Written], await Task.WhenAll(all[0], all[2]));
        var (nul, fresh) = (journal.Append(new JournalAppend("b", 1, 0, [Entries.Said("x") with { Command = "\0" }]), default), journal.RaiseEpoch("d", default));
        await Assert.ThrowsAsync<ArgumentException>(() => nul);
        Assert.Equal(1, await fresh);
        Assert.Equal(AppendOutcome.Written, await journal.Append("b", 1, 0));
        Assert.Equal(new JournalVerification(3, 3, null), JournalVerifier.Verify(place.Options));
    }

    [Fact]
    public async Task A_process_that_freezes_between_its_decision_and_its_commit_holds_nobody_up_and_writes_nothing()
    {
        await using var place = await lab.NewPlace();
        var journal = place.Journal();
        var old = await journal.Fill(Room, 1);
        await using var database = place.Options.Postgres!.Open();
        using var frozen = new PostgresJournalSession(database);
        frozen.Begin([Room]);
        Assert.Equal(AppendOutcome.Written, frozen.Append(new JournalAppend(Room, old, 1, [Entries.Said("from the past")])));

        var young = await journal.RaiseEpoch(Room, default);
        Assert.Equal(AppendOutcome.Written, await journal.Append(Room, young, 1));

        Assert.ThrowsAny<DbException>(frozen.Commit);
        Assert.DoesNotContain(await journal.Read(Room, 0, 10, default), entry => entry.Data.Contains("past", StringComparison.Ordinal));
        Assert.Null(JournalVerifier.Verify(place.Options).FirstBroken);
    }

    [Fact]
    public async Task A_write_that_took_too_long_may_be_there_and_who_settles_sees_what_became_of_it()
    {
        await using var place = await lab.NewPlace();
        var journal = place.Journal();
        var epoch = await journal.Fill(Room, 1);
        await using var database = place.Options.Postgres!.Open();
        await using var other = await database.OpenConnectionAsync();
        await using var holding = await other.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand($"select 1 from epochs where stream = '{Room}' for update", other))
            await hold.ExecuteScalarAsync();

        place.Options.Deadline = TimeSpan.FromMilliseconds(200);
        var late = await Assert.ThrowsAsync<TimeoutException>(() => journal.Append(Room, epoch, 1));
        Assert.Contains("may have been written", late.Message, StringComparison.Ordinal);
        place.Options.Deadline = TimeSpan.FromSeconds(20);
        var settled = journal.Settle(Room, default);
        Assert.Single(await journal.Read(Room, 0, 10, default));
        await holding.CommitAsync();
        await settled;
        Assert.Equal(2, (await journal.Read(Room, 0, 10, default)).Count);
    }

    [Fact]
    public async Task A_server_that_crashed_and_came_back_has_all_that_was_acknowledged_and_takes_more()
    {
        var server = await lab.Server();
        await using var place = new PostgresPlace(server, await server.NewDatabase(overTcp: true));
        var journal = place.Journal();
        var epoch = await journal.RaiseEpoch(Room, default);
        var acknowledged = 0L;
        var writing = Task.Run(async () =>
        {
            try
            {
                for (; ; acknowledged++)
                    Assert.Equal(AppendOutcome.Written, await journal.Append(Room, epoch, acknowledged));
            }
            catch (Exception told) when (told is DbException or TimeoutException)
            {
                return told;
            }
        });
        await Until.True("some entries", () => Volatile.Read(ref acknowledged) > 20);
        await server.Kill();
        await writing;
        await Assert.ThrowsAnyAsync<Exception>(() => journal.Settle(Room, default));

        await server.StartAgain();
        await Until.Found("the writer to have opened its connection anew", async () => await Settles(journal) ? "yes" : null);
        // The one that was in doubt is there or not; no other is missing, and none is there that nobody wrote.
        var there = (await journal.Read(Room, 0, int.MaxValue, default)).Count;
        Assert.InRange(there, acknowledged, acknowledged + 1);
        Assert.Equal(AppendOutcome.Written, await journal.Append(Room, epoch, there));
        Assert.Null(JournalVerifier.Verify(place.Options).FirstBroken);
    }

    private static async Task<bool> Settles(IJournal journal)
    {
        try
        {
            await journal.Settle(Room, default);
            return true;
        }
        catch (Exception notYet) when (notYet is DbException or TimeoutException)
        {
            return false;
        }
    }
}
