using System.Diagnostics.Metrics;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Journal;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Grains.Journal;
using Interop.Hub.Grains.Observability;
using Interop.Hub.Grains.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Xunit;
using static Interop.Tests.Unit.Hub.Rooms;

namespace Interop.Tests.Unit.Hub;

public sealed class JournalTests : IAsyncDisposable
{
    private readonly JournalOptions options = new() { Directory = Directory.CreateTempSubdirectory("interop-journal-").FullName };
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private GroupCommit<JournalSession> writer;
    private SqliteJournal journal;

    public JournalTests() => (writer, journal) = Open();

    public async ValueTask DisposeAsync()
    {
        await writer.DisposeAsync();
        await services.DisposeAsync();
        Directory.Delete(options.Directory, recursive: true);
    }

    [Fact]
    public void The_hash_is_over_the_documented_bytes()
    {
        var entry = new JournalEntry(
            "room/4201", 1, 1, Now, Dispatcher, "c-1", "chat.posted", """{"text":"Grüße"}""", EntryHash.None, "");
        Assert.Equal("c1d5ec573e3f98f12150220d9048a8a90c4ba25dc9509b031d2832a6dd28b82f", EntryHash.Of(entry));
    }

    [Fact]
    public async Task Appends_at_once_share_commits_and_all_stand_in_their_streams()
    {
        var batches = 0;
        using var listener = new MeterListener { InstrumentPublished = (instrument, self) => { if (instrument.Name == "interop.journal.batch") self.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<int>((_, _, _, _) => Interlocked.Increment(ref batches));
        listener.Start();
        var streams = Enumerable.Range(0, 200).Select(number => $"room/{1000 + number}").ToArray();
        await Task.WhenAll(streams.Select(async stream =>
        {
            var epoch = await journal.RaiseEpoch(stream, default);
            for (var version = 0; version < 5; version++)
                Assert.Equal(AppendOutcome.Written, await Append(stream, epoch, version));
        }));
        Assert.True(batches < 600, $"1,200 writes took {batches} commits.");
        Assert.Equal(new JournalVerification(200, 1_000, null), JournalVerifier.Verify(options));
    }

    [Fact]
    public async Task An_older_activation_is_fenced_and_a_wrong_version_is_a_conflict()
    {
        var old = await journal.RaiseEpoch("room/4201", default);
        Assert.Equal(AppendOutcome.Written, await Append("room/4201", old, 0));
        var young = await journal.RaiseEpoch("room/4201", default);
        Assert.Equal(AppendOutcome.Fenced, await Append("room/4201", old, 1));
        Assert.Equal(AppendOutcome.Conflict, await Append("room/4201", young, 0));
        Assert.Equal(AppendOutcome.Written, await Append("room/4201", young, 1));
        Assert.Equal([1L, 2L], (await journal.Read("room/4201", 0, 10, default)).Select(entry => entry.Epoch));
    }

    [Fact]
    public async Task One_bad_append_fails_alone_and_leaves_nothing_behind()
    {
        foreach (var stream in new[] { "a", "b", "c" })
            await journal.RaiseEpoch(stream, default);
        var bad = journal.Append(new JournalAppend("b", 1, 0, [Entry("fine"), Entry("bad") with { Data = null! }]), default);
        var (first, last) = (Append("a", 1, 0), Append("c", 1, 0));
        Assert.Equal([AppendOutcome.Written, AppendOutcome.Written], await Task.WhenAll(first, last));
        await Assert.ThrowsAnyAsync<Exception>(() => bad);
        Assert.Empty(await journal.Read("b", 0, 10, default));
        Assert.Equal(AppendOutcome.Written, await Append("b", 1, 0));
        Assert.Null(JournalVerifier.Verify(options).FirstBroken);
    }

    [Fact]
    public async Task What_was_acknowledged_is_there_when_the_writer_is_gone_without_a_goodbye()
    {
        await Fill("room/4201", 3);
        // What kill -9 leaves: the files as they are, with nobody to close them.
        var copy = new JournalOptions { Directory = Directory.CreateTempSubdirectory("interop-journal-").FullName };
        foreach (var file in Directory.GetFiles(options.Directory))
            File.Copy(file, Path.Combine(copy.Directory, Path.GetFileName(file)));
        Assert.Equal(new JournalVerification(1, 3, null), JournalVerifier.Verify(copy));
        Directory.Delete(copy.Directory, recursive: true);
    }

    [Fact]
    public async Task A_torn_last_commit_loses_only_itself()
    {
        await Fill("room/4201", 3);
        var copy = new JournalOptions { Directory = Directory.CreateTempSubdirectory("interop-journal-").FullName };
        File.Copy(options.File, copy.File);
        using (var log = File.OpenRead(options.File + "-wal"))
        using (var torn = File.Create(copy.File + "-wal"))
        {
            await log.CopyToAsync(torn);
            torn.SetLength(torn.Length - 1_000);
        }

        Assert.Equal(new JournalVerification(1, 2, null), JournalVerifier.Verify(copy));
        Directory.Delete(copy.Directory, recursive: true);
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
        await Fill("room/4200", 2);
        await Fill("room/4201", 4);
        Tamper("drop trigger entries_are_not_changed; drop trigger entries_are_not_removed;" + OnlyOne(sql));
        var broken = JournalVerifier.Verify(options).FirstBroken;
        Assert.Equal(("room/4201", version, reason), (broken?.Stream, broken?.Version, broken?.Reason));
        Assert.Null(JournalVerifier.Verify(options, "room/4200").FirstBroken);
    }

    [Fact]
    public async Task Entries_cannot_be_changed_or_removed_by_accident()
    {
        await Fill("room/4201", 1);
        Assert.Throws<SqliteException>(() => Tamper("update entries set data = '{}'"));
        Assert.Throws<SqliteException>(() => Tamper("delete from entries"));
    }

    [Fact]
    public async Task A_file_that_is_no_database_any_more_is_named_broken()
    {
        await Fill("room/4201", 1);
        var copy = new JournalOptions { Directory = Directory.CreateTempSubdirectory("interop-journal-").FullName };
        await File.WriteAllTextAsync(copy.File, new string('x', 8_192));
        Assert.Equal(BreakReason.BadData, JournalVerifier.Verify(copy).FirstBroken?.Reason);
        Directory.Delete(copy.Directory, recursive: true);
    }

    [Fact]
    public async Task A_file_of_a_newer_version_is_not_opened()
    {
        await writer.DisposeAsync();
        Tamper("pragma user_version = 99");
        Assert.Contains("newer version", Assert.Throws<InvalidDataException>(() => { _ = Open(); }).Message, StringComparison.Ordinal);
        Tamper($"pragma user_version = {JournalFile.SchemaVersion}");
        (writer, journal) = Open();
    }

    [Fact]
    public async Task A_write_that_nobody_comes_to_fails_by_its_deadline_and_is_not_done_later()
    {
        options.Deadline = TimeSpan.FromMilliseconds(200);
        using var entered = new SemaphoreSlim(0);
        using var leave = new ManualResetEventSlim();
        var blocking = writer.Write(_ => { entered.Release(); return leave.Wait(TimeSpan.FromSeconds(20)); }, default);
        await entered.WaitAsync();
        var late = journal.RaiseEpoch("room/4201", default);
        Assert.Contains("was not written", (await Assert.ThrowsAsync<TimeoutException>(() => late)).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<TimeoutException>(() => blocking);
        leave.Set();
        options.Deadline = TimeSpan.FromSeconds(20);
        Assert.Equal(1, await journal.RaiseEpoch("room/4201", default));
    }

    [Fact]
    public async Task A_write_that_its_caller_gave_up_has_come_to_its_end_when_the_journal_has_settled()
    {
        var epoch = await journal.RaiseEpoch("room/4201", default);
        using var entered = new SemaphoreSlim(0);
        using var leave = new ManualResetEventSlim();
        using var patience = new CancellationTokenSource();
        var given = writer.Write(
            session =>
            {
                entered.Release();
                leave.Wait(TimeSpan.FromSeconds(20));
                return session.Append(new JournalAppend("room/4201", epoch, 0, [Entry("late")]));
            },
            patience.Token);
        await entered.WaitAsync();
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);

        var settled = journal.Settle(default);
        Assert.Empty(await journal.Read("room/4201", 0, 10, default));
        Assert.False(settled.IsCompleted);
        leave.Set();
        await settled;
        Assert.Single(await journal.Read("room/4201", 0, 10, default));
    }

    private static string OnlyOne(string sql) => string.Join(
        ";",
        sql.Split(';').Select(part => part.Contains(" where ", StringComparison.Ordinal) ? part + " and stream = 'room/4201'" : part + " where stream = 'room/4201'"));

    private static NewEntry Entry(string text) => new(Now, Dispatcher, $"c-{text}", "chat.posted", $$"""{"text":"{{text}}"}""");

    private Task<AppendOutcome> Append(string stream, long epoch, long version) =>
        journal.Append(new JournalAppend(stream, epoch, version, [Entry($"{version}")]), default);

    private async Task Fill(string stream, int entries)
    {
        var epoch = await journal.RaiseEpoch(stream, default);
        for (var version = 0; version < entries; version++)
            Assert.Equal(AppendOutcome.Written, await Append(stream, epoch, version));
    }

    private void Tamper(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={options.File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private (GroupCommit<JournalSession> Writer, SqliteJournal Journal) Open()
    {
        var metrics = new HubMetrics(services.GetRequiredService<IMeterFactory>());
        var opened = new GroupCommit<JournalSession>(
            "journal", options.File, () => new JournalSession(options.File), Options.Create(options), TimeProvider.System, metrics, NullLogger<GroupCommit<JournalSession>>.Instance);
        return (opened, new SqliteJournal(opened, Options.Create(options)));
    }
}
