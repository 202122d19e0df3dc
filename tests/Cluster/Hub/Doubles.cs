using System.Collections.Concurrent;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Journal;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Media;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Grains.Journal;
using Interop.Hub.Grains.Storage;
using Microsoft.Extensions.Options;

namespace Interop.Tests.Cluster.Hub;

/// <summary>Media that remember what the rooms told them.</summary>
internal sealed class RecordingMedia : IAnchorMedia
{
    public ConcurrentQueue<RoomPlan> Plans { get; } = [];

    public ConcurrentQueue<(RoomCode Room, long Epoch)> Released { get; } = [];

    public RoomPlan? Plan(RoomCode room) => Plans.LastOrDefault(plan => plan.Room == room);

    public void Publish(RoomPlan plan) => Plans.Enqueue(plan);

    public ValueTask<Outcome<MediaPlace>> Open(RoomCode room, LegId leg, LegMode mode, MediaFarEnd? farEnd, string? peer) =>
        new(new MediaPlace("127.0.0.1", 10_000, null));

    public ValueTask<Outcome<BrowserPlace>> OpenBrowser(RoomCode room, LegId leg, LegMode mode, BrowserFarEnd farEnd, string? peer) =>
        new(new BrowserPlace(["127.0.0.1:20000"], "ufrag123", "password", "sha-256 00", new AudioCodec("PCMU", 0)));

    public ConcurrentQueue<(RoomCode Room, LegId Leg, bool Held)> Talked { get; } = [];

    public Refusal? Talk(RoomCode room, LegId leg, bool held)
    {
        Talked.Enqueue((room, leg, held));
        return null;
    }

    public ConcurrentQueue<(RoomCode Room, LegId Leg, char Key)> Pressed { get; } = [];

    public void PressKey(RoomCode room, LegId leg, char key) => Pressed.Enqueue((room, leg, key));

    public void Release(RoomCode room, long epoch) => Released.Enqueue((room, epoch));
}

/// <summary>Follows a room, and remembers what it was told.</summary>
internal sealed class RecordingFollower : IRoomObserver
{
    public ConcurrentQueue<RoomDelta> Deltas { get; } = [];

    public Task Changed(RoomDelta delta)
    {
        Deltas.Enqueue(delta);
        return Task.CompletedTask;
    }
}

/// <summary>The journal, which a test can make refuse writes, as a full disk does, or lose its answers.</summary>
internal sealed class RefusingJournal(GroupCommit<SqliteJournalSession> writer, IOptions<JournalOptions> options) : IJournal
{
    private readonly SqliteJournal journal = new(writer, options);

    /// <summary>Refuses the appends for which it holds.</summary>
    public Predicate<JournalAppend> Refuses { get; set; } = _ => false;

    /// <summary>Writes the appends for which it holds, and then fails all the same.</summary>
    public Predicate<JournalAppend> LosesAnswer { get; set; } = _ => false;

    /// <summary>Lets no append come back before it is done, as a disk that hangs does.</summary>
    public Task Answers { get; set; } = Task.CompletedTask;

    public Task<long> RaiseEpoch(string stream, CancellationToken cancel) => journal.RaiseEpoch(stream, cancel);

    public async Task<AppendOutcome> Append(JournalAppend append, CancellationToken cancel)
    {
        if (Refuses(append))
            throw new TimeoutException("The test's disk is full.");
        await Answers.WaitAsync(cancel);
        var outcome = await journal.Append(append, cancel);
        return LosesAnswer(append) ? throw new TimeoutException("The test lost the answer.") : outcome;
    }

    public Task Settle(string stream, CancellationToken cancel) => journal.Settle(stream, cancel);

    public Task<IReadOnlyList<JournalEntry>> Read(string stream, long afterVersion, int count, CancellationToken cancel, IReadOnlyList<string>? except = null) =>
        journal.Read(stream, afterVersion, count, cancel, except);

    public Task<IReadOnlyList<string>> Streams(string prefix, CancellationToken cancel) => journal.Streams(prefix, cancel);
}
