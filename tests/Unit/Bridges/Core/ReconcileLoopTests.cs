using System.Collections.Concurrent;
using System.Threading.Channels;
using Interop.Bridges.Core.Anchor;
using Interop.Bridges.Core.Legs;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Interop.Tests.Unit.Bridges.Core;

public sealed class ReconcileLoopTests : IDisposable
{
    private static readonly RoomCode Room = new("4201");
    private static readonly LegId Leg = new("leg-1");

    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedBridge _bridge = new();
    private readonly RecordedReports _reports = new();
    private readonly ReconcileLoop _loop;

    public ReconcileLoopTests()
    {
        _loop = new ReconcileLoop(
            new Dictionary<LegKind, ILegBridge> { [LegKind.Sip] = _bridge },
            _reports,
            _time,
            new SteadyRandom(),
            NullLogger<ReconcileLoop>.Instance,
            CancellationToken.None);
        _loop.Start();
    }

    public void Dispose() => _loop.Dispose();

    [Fact]
    public async Task A_missing_leg_is_brought_up_at_once_and_reported()
    {
        _bridge.Answers.Enqueue(LegAttempt.Up);
        _loop.Pursue(Plan(1, LegStatus.Lost));

        Assert.Equal("up leg-1", await _reports.NextAsync());
    }

    [Fact]
    public async Task A_leg_that_is_up_is_left_alone()
    {
        _loop.Pursue(Plan(1, LegStatus.Up));
        _bridge.Answers.Enqueue(LegAttempt.Up);
        _loop.Pursue(Plan(2, LegStatus.Lost));

        await _reports.NextAsync();
        Assert.Equal(1, _bridge.Tries);
    }

    [Fact]
    public async Task A_loss_is_reported_once_and_tried_again_after_one_then_two_seconds()
    {
        _bridge.Answers.Enqueue(LegAttempt.Lost("busy"));
        _bridge.Answers.Enqueue(LegAttempt.Lost("busy"));
        _bridge.Answers.Enqueue(LegAttempt.Up);
        _loop.Pursue(Plan(1, LegStatus.Connecting));

        Assert.Equal("lost leg-1 busy", await _reports.NextAsync());
        await AdvanceUntilTriedAsync(TimeSpan.FromSeconds(1), tries: 2);
        await AdvanceUntilTriedAsync(TimeSpan.FromSeconds(2), tries: 3);
        Assert.Equal("up leg-1", await _reports.NextAsync());
    }

    [Fact]
    public async Task A_party_that_declines_is_reported_as_left()
    {
        _bridge.Answers.Enqueue(LegAttempt.Left("declined"));
        _loop.Pursue(Plan(1, LegStatus.Connecting));

        Assert.Equal("left leg-1 declined", await _reports.NextAsync());
    }

    [Fact]
    public async Task A_try_is_taken_back_when_the_plan_no_longer_wants_the_leg()
    {
        _loop.Pursue(Plan(1, LegStatus.Connecting));
        await _bridge.Waiting.Task.WaitAsync(TimeSpan.FromSeconds(10));
        _loop.Pursue(Plan(2, LegStatus.Connecting) with { Legs = [] });

        await _bridge.Cancelled.Task.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Empty(_reports.Told);
    }

    /// <summary>The loop arms its timer in its own time: turn the clock until it has tried, and no further than it asked for.</summary>
    private async Task AdvanceUntilTriedAsync(TimeSpan wait, int tries)
    {
        var giveUp = TimeProvider.System.GetTimestamp();
        while (_bridge.Tries < tries)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(giveUp) < TimeSpan.FromSeconds(10), $"try {tries} did not come");
            _time.Advance(wait / 4);
            await Task.Yield();
        }
    }

    private static RoomPlan Plan(long number, LegStatus status) => new(
        Room,
        "Standing room",
        new AgencyId("hpd"),
        Epoch: 1,
        number,
        Open: true,
        [new PlannedLeg(Leg, LegKind.Sip, LegMode.Talk, status, new Party(new AgencyId("hpd"), "Car 12", "sip:car12@127.0.0.1", "dialled"), Dialled: true, null)]);

    private sealed class SteadyRandom : Random
    {
        public override double NextDouble() => 0;
    }

    private sealed class ScriptedBridge : ILegBridge
    {
        private volatile bool _held;
        private int _tries;

        public ConcurrentQueue<LegAttempt> Answers { get; } = new();

        public TaskCompletionSource Waiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Tries => Volatile.Read(ref _tries);

        public LegKind Kind => LegKind.Sip;

        public bool Holds(RoomCode room, LegId leg) => _held;

        public async Task<LegAttempt> BringUpAsync(RoomPlan plan, PlannedLeg leg, CancellationToken cancel)
        {
            Interlocked.Increment(ref _tries);
            if (Answers.TryDequeue(out var answer))
            {
                _held = answer.Result == LegResult.Up;
                return answer;
            }

            await using var registration = cancel.Register(() => Cancelled.TrySetResult());
            Waiting.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
            return LegAttempt.Up;
        }
    }

    private sealed class RecordedReports : ILegReports
    {
        private readonly Channel<string> _told = Channel.CreateUnbounded<string>();

        public ConcurrentQueue<string> Told { get; } = new();

        public Task UpAsync(RoomCode room, LegId leg) => Tell($"up {leg}");

        public Task LostAsync(RoomCode room, LegId leg, string cause) => Tell($"lost {leg} {cause}");

        public Task UselessAsync(RoomCode room, LegId leg, string cause) => Tell($"useless {leg} {cause}");

        public Task LeftAsync(RoomCode room, LegId leg, string cause, bool tried = false) => Tell($"left {leg} {cause}");

        public Task LoopsAsync(RoomCode room, LegId leg, bool loops) => Tell($"loops {leg} {loops}");

        public Task<string> NextAsync() => _told.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));

        private Task Tell(string report)
        {
            Told.Enqueue(report);
            _told.Writer.TryWrite(report);
            return Task.CompletedTask;
        }
    }
}
