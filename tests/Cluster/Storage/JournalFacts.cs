using System.Diagnostics.Metrics;
using Interop.Hub.Grains.Journal;

namespace Interop.Tests.Cluster.Storage;

/// <summary>What a journal owes, wherever it is kept.</summary>
public abstract class JournalFacts(StorageLab lab)
{
    private const string Room = "room/4201";

    [Fact]
    public async Task What_was_written_survives_its_writer_and_is_read_in_order()
    {
        await using var place = await lab.NewPlace();
        var journal = place.Journal();
        foreach (var room in new[] { "room/9", "room/10", "room/B", "room/a", "agency/1" })
            await journal.Fill(room, 1);
        await journal.RaiseEpoch("room/empty", default);
        await journal.Append(new JournalAppend("room/9", 1, 1, [Entries.Said("two"), Entries.Said("three") with { Type = "leg.up" }, Entries.Said("four")]), default);
        await place.Close();

        journal = place.Journal();
        Assert.Equal(["room/10", "room/9", "room/B", "room/a"], await journal.Streams("room/", default));
        Assert.Equal([1L, 2L, 3L, 4L], (await journal.Read("room/9", 0, 10, default)).Select(entry => entry.Version));
        Assert.Equal([2L, 4L], (await journal.Read("room/9", 1, 2, default, ["leg.up"])).Select(entry => entry.Version));
        Assert.Equal(Entries.Said("two"), (await journal.Read("room/9", 1, 1, default)).Select(entry => new NewEntry(entry.Time, entry.Actor, entry.Command, entry.Type, entry.Data)).Single());
        Assert.Empty(await journal.Read("room/\0", 0, 10, default));
        Assert.Equal(2, await journal.RaiseEpoch("room/9", default));
    }

    [Fact]
    public async Task Appends_at_once_share_commits_and_all_stand_in_their_streams()
    {
        var batches = 0;
        using var listener = new MeterListener { InstrumentPublished = (instrument, self) => { if (instrument.Name == "interop.journal.batch") self.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<int>((_, _, _, _) => Interlocked.Increment(ref batches));
        listener.Start();
        await using var place = await lab.NewPlace();
        var journal = place.Journal();
        await Task.WhenAll(Enumerable.Range(1000, 200).Select(number => journal.Fill($"room/{number}", 5)));
        Assert.True(batches < 600, $"1,200 writes took {batches} commits.");
        Assert.Equal(new JournalVerification(200, 1_000, null), JournalVerifier.Verify(place.Options));
    }

    [Fact]
    public async Task An_older_activation_is_fenced_and_a_wrong_version_is_a_conflict()
    {
        await using var place = await lab.NewPlace();
        var (journal, other) = (place.Journal(), place.Journal());
        Assert.Equal(AppendOutcome.Fenced, await journal.Append("room/nobody", 1, 0));
        var old = await journal.Fill(Room, 1);
        var young = await other.RaiseEpoch(Room, default);
        Assert.Equal(AppendOutcome.Fenced, await journal.Append(Room, old, 1));
        Assert.Equal(AppendOutcome.Conflict, await other.Append(Room, young, 0));
        Assert.Equal(AppendOutcome.Written, await other.Append(Room, young, 1));
        Assert.Equal([1L, 2L], (await journal.Read(Room, 0, 10, default)).Select(entry => entry.Epoch));
        Assert.Equal(["room/4201"], await journal.Streams("room/", default));
    }

    [Fact]
    public async Task Of_two_processes_that_take_one_stream_from_each_other_only_the_newer_writes()
    {
        await using var place = await lab.NewPlace();
        var both = new[] { place.Journal(), place.Journal() };
        var written = 0;
        await Task.WhenAll(both.Select(async journal =>
        {
            for (var take = 0; take < 8; take++)
            {
                var epoch = await journal.RaiseEpoch(Room, default);
                var version = (await journal.Read(Room, 0, int.MaxValue, default)).Count;
                for (var outcome = AppendOutcome.Written; outcome == AppendOutcome.Written && version < 200; version++)
                    if ((outcome = await journal.Append(Room, epoch, version)) == AppendOutcome.Written)
                        Interlocked.Increment(ref written);
                    else
                        Assert.Equal(AppendOutcome.Fenced, outcome);
            }
        }));

        var entries = await both[0].Read(Room, 0, int.MaxValue, default);
        Assert.Equal(written, entries.Count);
        Assert.Equal(entries.Select(entry => entry.Epoch).Order(), entries.Select(entry => entry.Epoch));
        Assert.Null(JournalVerifier.Verify(place.Options).FirstBroken);
        Assert.Equal(17, await both[0].RaiseEpoch(Room, default));
    }

    [Fact]
    public async Task Of_two_processes_that_begin_one_stream_at_once_each_has_its_own_epoch()
    {
        await using var place = await lab.NewPlace();
        var both = new[] { place.Journal(), place.Journal() };
        var rooms = Enumerable.Range(0, 20).ToArray();
        var epochs = await Task.WhenAll(both.Select(journal => Task.WhenAll(rooms.Select(room => journal.RaiseEpoch($"room/{room}", default)))));
        Assert.All(rooms, room => Assert.Equal([1L, 2L], epochs.Select(each => each[room]).Order()));
    }

    [Fact]
    public async Task One_bad_append_fails_alone_and_leaves_nothing_behind()
    {
        await using var place = await lab.NewPlace();
        var journal = place.Journal();
        foreach (var stream in new[] { "a", "b", "c" })
            await journal.RaiseEpoch(stream, default);
        var bad = journal.Append(new JournalAppend("b", 1, 0, [Entries.Said("fine"), Entries.Said("bad") with { Data = null! }]), default);
        var (first, last) = (journal.Append("a", 1, 0), journal.Append("c", 1, 0));
        Assert.Equal([AppendOutcome.Written, AppendOutcome.Written], await Task.WhenAll(first, last));
        await Assert.ThrowsAnyAsync<Exception>(() => bad);
        Assert.Empty(await journal.Read("b", 0, 10, default));
        Assert.Equal(AppendOutcome.Written, await journal.Append("b", 1, 0));
        Assert.Null(JournalVerifier.Verify(place.Options).FirstBroken);
    }

    [Fact]
    public async Task Half_a_character_is_kept_as_the_sign_for_it_and_verifies()
    {
        await using var place = await lab.NewPlace();
        var journal = place.Journal();
        var epoch = await journal.RaiseEpoch(Room, default);
        Assert.Equal(AppendOutcome.Written, await journal.Append(new JournalAppend(Room, epoch, 0, [Entries.Said("\ud83d")]), default));
        Assert.Contains("\ufffd", (await journal.Read(Room, 0, 1, default))[0].Data, StringComparison.Ordinal);
        Assert.Null(JournalVerifier.Verify(place.Options).FirstBroken);
    }

    [Theory]
    [InlineData("update entries set data = '{\"n\":9}' where version = 2", 2, BreakReason.Hash)]
    [InlineData("update entries set actor_name = 'Mallory' where version = 3", 3, BreakReason.Hash)]
    [InlineData("update entries set time = 'yesterday' where version = 2", 2, BreakReason.BadData)]
    [InlineData("update entries set data = 'no json' where version = 1", 1, BreakReason.BadData)]
    [InlineData("delete from entries where version = 2", 2, BreakReason.Gap)]
    [InlineData("delete from entries where version = 1", 1, BreakReason.Gap)]
    [InlineData("delete from entries where version = 4", 4, BreakReason.Gap)]
    [InlineData("delete from entries", 1, BreakReason.Gap)]
    [InlineData("update entries set previous_hash = hash where version = 3", 3, BreakReason.PreviousHash)]
    [InlineData("update entries set version = 9 where version = 2; update entries set version = 2 where version = 3; update entries set version = 3 where version = 9", 2, BreakReason.PreviousHash)]
    public async Task Tampering_is_found_and_the_first_broken_entry_named(string sql, long version, BreakReason reason)
    {
        await using var place = await lab.NewPlace();
        var journal = place.Journal();
        await journal.Fill("room/4200", 2);
        await journal.Fill(Room, 4);
        await place.Sql(place.WithoutGuards + ";" + OnlyOne(sql));
        var broken = JournalVerifier.Verify(place.Options).FirstBroken;
        Assert.Equal((Room, version, reason), (broken?.Stream, broken?.Version, broken?.Reason));
        Assert.Null(JournalVerifier.Verify(place.Options, "room/4200").FirstBroken);
        Assert.Equal(BreakReason.Gap, JournalVerifier.Verify(place.Options, "room/none").FirstBroken?.Reason);
    }

    [Fact]
    public async Task Entries_cannot_be_changed_or_removed_by_accident()
    {
        await using var place = await lab.NewPlace();
        await place.Journal().Fill(Room, 1);
        foreach (var sql in new[] { "update entries set data = '{}'", "delete from entries" })
            Assert.Contains("append-only", (await Assert.ThrowsAnyAsync<Exception>(() => place.Sql(sql))).Message, StringComparison.Ordinal);
        Assert.Null(JournalVerifier.Verify(place.Options).FirstBroken);
    }

    [Fact]
    public async Task What_a_newer_version_wrote_is_neither_opened_nor_verified()
    {
        await using var place = await lab.NewPlace();
        await place.Journal().Fill(Room, 1);
        await place.Close();
        await place.Age(newer: true);
        Assert.Contains("newer version", Assert.Throws<InvalidDataException>(place.Journal).Message, StringComparison.Ordinal);
        Assert.Contains("newer version", JournalVerifier.Verify(place.Options).FirstBroken?.Text, StringComparison.Ordinal);
        await place.Age(newer: false);
        Assert.Single(await place.Journal().Read(Room, 0, 10, default));
    }

    [Fact]
    public async Task Where_there_is_no_journal_nothing_is_verified()
    {
        await using var place = await lab.NewPlace();
        Assert.Contains("no journal", Assert.ThrowsAny<IOException>(() => JournalVerifier.Verify(place.Options)).Message, StringComparison.Ordinal);
    }

    private static string OnlyOne(string sql) => string.Join(
        ";",
        sql.Split(';').Select(part => part.Contains(" where ", StringComparison.Ordinal) ? part + $" and stream = '{Room}'" : part + $" where stream = '{Room}'"));
}

/// <summary>In a file of SQLite.</summary>
public sealed class SqliteJournalFacts(SqliteLab lab) : JournalFacts(lab), IClassFixture<SqliteLab>;

/// <summary>In PostgreSQL.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresJournalFacts(PostgresLab lab) : JournalFacts(lab);
