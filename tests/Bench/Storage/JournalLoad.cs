using Interop.Hub.Contracts;
using Interop.Hub.Grains.Journal;
using Interop.Hub.Grains.Observability;
using Interop.Hub.Grains.Storage;
using Interop.Tests.Peers.Databases;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Interop.Tests.Bench.Storage;

/// <summary>Appends to the journal as rooms do it: each waits for its entry to be on the disk before it writes the next.</summary>
internal static class JournalLoad
{
    /// <summary>A chat line with its JSON around it.</summary>
    private const string Data = """{"line":1,"at":"2026-11-25T06:00:00+00:00","by":{"kind":"Person","agency":"hpd","name":"Pat"},"text":"Two adults and a child are out by the north door, one of them hurt."}""";

    public static async Task<bool> RunAsync(TimeSpan time, bool withPostgres, TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("interop-journal-load-").FullName;
        await MeasureAsync("SQLite", new JournalOptions { Directory = folder }, time, output);
        Directory.Delete(folder, recursive: true);
        if (!withPostgres)
            return true;
        await using var server = await Postgres.Start();
        await MeasureAsync("PostgreSQL, by its socket", await OptionsAsync(server, overTcp: false), time, output);
        await MeasureAsync("PostgreSQL, by TCP", await OptionsAsync(server, overTcp: true), time, output);
        return true;
    }

    private static async Task<JournalOptions> OptionsAsync(Postgres server, bool overTcp) =>
        new() { Postgres = PostgresConnection.TryParse(await server.NewDatabase(overTcp), out _) };

    private static async Task MeasureAsync(string name, JournalOptions options, TimeSpan time, TextWriter output)
    {
        await using var services = new ServiceCollection()
            .AddLogging().AddMetrics()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<HubMetrics>()
            .AddSingleton(Options.Create(options))
            .AddHubStorage(options.Postgres)
            .BuildServiceProvider();
        var journal = services.GetRequiredService<IJournal>();
        await AppendAsync(journal, "warm", 200, time / 5);
        foreach (var rooms in new[] { 1, 200 })
        {
            var (took, appends) = await AppendAsync(journal, $"of{rooms}", rooms, time);
            appends.Sort();
            await output.WriteLineAsync(
                $"{name}, {rooms} {(rooms == 1 ? "room" : "rooms")}: {appends.Count / took.TotalSeconds:n0} appends/s, p50 {Millis(appends, 0.5):0.0} ms, p99 {Millis(appends, 0.99):0.0} ms");
        }

        if (JournalVerifier.Verify(options).FirstBroken is { } broken)
            throw new InvalidOperationException($"{name}: {broken}");
    }

    /// <summary>How long it took, and each append.</summary>
    private static async Task<(TimeSpan Took, List<TimeSpan> Appends)> AppendAsync(IJournal journal, string prefix, int rooms, TimeSpan time)
    {
        var began = TimeProvider.System.GetTimestamp();
        var appends = await Task.WhenAll(Enumerable.Range(0, rooms).Select(async room =>
        {
            var (stream, mine) = ($"room/{prefix}-{room}", new List<TimeSpan>());
            var epoch = await journal.RaiseEpoch(stream, default);
            while (TimeProvider.System.GetElapsedTime(began) < time)
            {
                var at = TimeProvider.System.GetTimestamp();
                var entry = new NewEntry(TimeProvider.System.GetUtcNow(), Actor.Hub, "0123456789abcdef", "chat.posted", Data);
                if (await journal.Append(new JournalAppend(stream, epoch, mine.Count, [entry]), default) != AppendOutcome.Written)
                    throw new InvalidOperationException($"An append to {stream} was not written.");
                mine.Add(TimeProvider.System.GetElapsedTime(at));
            }

            return mine;
        }));
        return (TimeProvider.System.GetElapsedTime(began), [.. appends.SelectMany(static mine => mine)]);
    }

    private static double Millis(List<TimeSpan> sorted, double quantile) => sorted[(int)((sorted.Count - 1) * quantile)].TotalMilliseconds;
}
