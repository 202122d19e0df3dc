using Interop.Bridges.Core.Attendant;
using Interop.Bridges.Media;
using Interop.Bridges.Media.Prompts;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Rooms;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Core.Recording;

/// <summary>Tells the parties of agencies that want it that the room is recorded: by words when they come in, or by a tone then and each 15 s.</summary>
/// <remarks>
/// What is played goes to that leg alone: no radio is keyed by it, and it is in no recording. A notice that meets another prompt waits
/// for its end; one that was cut is said again.
/// </remarks>
internal sealed class RecordingNotices(
    MediaEngine engine, PromptBook book, AttendantOptions options, IDirectory directory, TimeProvider time, ILogger<RecordingNotices> logger) : BackgroundService
{
    private const int BeepHertz = 1_400;
    private const double BeepAmplitude = 3_000;
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_betweenBeeps = TimeSpan.FromSeconds(15);
    private static readonly PromptAudio s_beep = Beep(TimeSpan.FromMilliseconds(200));

    private readonly Lock _gate = new();
    private readonly Dictionary<(RoomCode Room, LegId Leg), Told> _legs = [];

    /// <summary>The room as its newest plan has it.</summary>
    public void Follow(RoomPlan plan)
    {
        lock (_gate)
        {
            var there = plan is { Open: true, Recording: RecordingStatus.On } ? plan.Legs.Where(IsTold).ToDictionary(leg => leg.Id, leg => leg.Party.Agency) : [];
            foreach (var key in _legs.Keys.Where(key => key.Room == plan.Room && !there.ContainsKey(key.Leg)).ToArray()) _legs.Remove(key);
            foreach (var (leg, agency) in there) _legs.TryAdd((plan.Room, leg), new Told(agency));
        }
    }

    /// <summary>The room is no longer anchored here.</summary>
    public void Abandon(RoomCode room)
    {
        lock (_gate)
            foreach (var key in _legs.Keys.Where(key => key.Room == room).ToArray()) _legs.Remove(key);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) RoundAsync(stoppingToken).Observe(logger, "tell a party that it is recorded");
    }

    /// <summary>Plays what is due now; completes when that was heard, or how else it ended.</summary>
    internal Task RoundAsync(CancellationToken stop)
    {
        var plays = new List<Task>();
        lock (_gate)
        {
            foreach (var (key, told) in _legs)
            {
                if (told.Playing || time.GetElapsedTime(0) < told.Due) continue;
                var agency = directory.Current.Find(told.Agency)?.Find<AgencyEntry>(told.Agency.Value);
                if (agency?.RecordingNotice is not { } notice) continue;
                told.Playing = true;
                plays.Add(PlayAsync(key.Room, key.Leg, told, notice, agency.Language, stop));
            }
        }

        return Task.WhenAll(plays);
    }

    private async Task PlayAsync(RoomCode room, LegId leg, Told told, RecordingNotice notice, string? language, CancellationToken stop)
    {
        PromptAudio[] said = notice == RecordingNotice.Prompt && book.Find(PromptBook.Language(language) ?? options.Language, "recording.notice") is { } words ? [words] : [s_beep];
        var began = time.GetElapsedTime(0);
        var end = await engine.PlayAsync(room.Value, leg.Value, said, ifQuiet: true, stop);
        lock (_gate)
        {
            told.Playing = false;
            told.Due = (end, notice) switch
            {
                (PromptEnd.Played, RecordingNotice.Prompt) => TimeSpan.MaxValue,
                (PromptEnd.Played, _) => began + s_betweenBeeps,
                _ => TimeSpan.Zero,
            };
        }
    }

    /// <summary>Whoever is still asked in hears no room yet; behind a bridging system a tone would go to all that it bridges.</summary>
    private static bool IsTold(PlannedLeg leg) =>
        leg is { Kind: LegKind.Sip or LegKind.Browser, Status: LegStatus.Up, Ask: null, Party: { IsBridge: false, Focus: null } };

    private static PromptAudio Beep(TimeSpan length)
    {
        var samples = new short[(int)(length.TotalSeconds * AudioFrame.SampleRate)];
        for (var i = 0; i < samples.Length; i++) samples[i] = (short)(BeepAmplitude * Math.Sin(2 * Math.PI * BeepHertz * i / AudioFrame.SampleRate));
        return new PromptAudio(samples);
    }

    private sealed class Told(AgencyId agency)
    {
        public AgencyId Agency { get; } = agency;

        public bool Playing { get; set; }

        public TimeSpan Due { get; set; }
    }
}
