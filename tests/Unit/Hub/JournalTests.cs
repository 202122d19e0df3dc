using System.Diagnostics.Metrics;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Journal;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Grains.Journal;
using Interop.Hub.Grains.Observability;
using Interop.Hub.Grains.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Xunit;
using static Interop.Tests.Unit.Hub.Rooms;

namespace Interop.Tests.Unit.Hub;

/// <summary>The journal's file, its writer and its hash; what any journal owes is in the cluster suite.</summary>
public sealed class JournalTests : IAsyncDisposable
{
    private readonly JournalOptions options = new() { Directory = Directory.CreateTempSubdirectory("interop-journal-").FullName };
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly GroupCommit<SqliteJournalSession> writer;
    private readonly SqliteJournal journal;

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

        var settled = journal.Settle("room/4201", default);
        Assert.Empty(await journal.Read("room/4201", 0, 10, default));
        Assert.False(settled.IsCompleted);
        leave.Set();
        await settled;
        Assert.Single(await journal.Read("room/4201", 0, 10, default));
    }

    private static NewEntry Entry(string text) => new(Now, Dispatcher, $"c-{text}", "chat.posted", $$"""{"text":"{{text}}"}""");

    private Task<AppendOutcome> Append(string stream, long epoch, long version) =>
        journal.Append(new JournalAppend(stream, epoch, version, [Entry($"{version}")]), default);

    private async Task Fill(string stream, int entries)
    {
        var epoch = await journal.RaiseEpoch(stream, default);
        for (var version = 0; version < entries; version++)
            Assert.Equal(AppendOutcome.Written, await Append(stream, epoch, version));
    }

    private (GroupCommit<SqliteJournalSession> Writer, SqliteJournal Journal) Open()
    {
        var metrics = new HubMetrics(services.GetRequiredService<IMeterFactory>());
        var opened = new GroupCommit<SqliteJournalSession>(
            "journal", () => new SqliteJournalSession(options.File), Options.Create(options), TimeProvider.System, metrics, NullLogger<GroupCommit<SqliteJournalSession>>.Instance, options.File);
        return (opened, new SqliteJournal(opened, Options.Create(options)));
    }
}
