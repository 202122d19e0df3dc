using System.Threading.Channels;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Journal;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Media;
using Interop.Hub.Contracts.Rooms;
using Orleans.Runtime;

namespace Interop.Tests.Unit.Bridges.Core.Attendant;

/// <summary>A room that takes what the attendant tells it, and shows three parties of which the first is the attended one.</summary>
internal sealed class DeskRoom : IRoomGrain
{
    private readonly Channel<RoomCommand> _commands = Channel.CreateUnbounded<RoomCommand>();

    public Channel<CommandId> Ids { get; } = Channel.CreateUnbounded<CommandId>();

    public LegMode Own { get; set; }

    public LegMode Mode { get; set; }

    /// <summary>How many commands it will not take.</summary>
    public int Unreachable { get; set; }

    public async Task<RoomCommand> NextAsync() => await _commands.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(5));

    public Task<Outcome<RoomReceipt>> Execute(RoomCommand command, Actor actor, CommandId id)
    {
        Ids.Writer.TryWrite(id);
        if (Unreachable-- > 0) throw new TimeoutException("The room is moving.");
        _commands.Writer.TryWrite(command);
        return Task.FromResult<Outcome<RoomReceipt>>(new RoomReceipt(1, null));
    }

    public Task<Outcome<LinkOffer>> OfferOfLink(string tokenHash) => throw new NotSupportedException();

    public Task<Outcome<RoomSnapshot>> Look(Actor actor)
    {
        LegView[] legs = [View("leg-1", "hpd", LegStatus.Up) with { Own = Own, Mode = Mode }, View("leg-2", "fbi", LegStatus.Up), View("leg-3", "dea", LegStatus.Lost), View("leg-4", "ctic", LegStatus.Up)];
        var header = new RoomHeader(new RoomCode("4201"), "Shots", RoomPhase.Open, "shooting", Priority.Emergency, null, new AgencyId("hpd"), false, default, "", null, []);
        return Task.FromResult<Outcome<RoomSnapshot>>(new RoomSnapshot(default, header, [], legs, [], [], [], [], [], null, [], []));
    }

    public Task<Outcome<IReadOnlyList<JournalEntry>>> ReadJournal(Actor actor, long afterVersion, int count) => throw new NotSupportedException();

    public Task<Outcome<IReadOnlyList<RecordLine>>> ReadRecord(Actor actor, long afterVersion, int count) => throw new NotSupportedException();

    public Task<Outcome<IReadOnlyList<RecordedSegment>>> Recordings(Actor actor, DateTimeOffset? before, int count) => throw new NotSupportedException();

    public Task<Outcome<RecordedSegment>> Recording(Actor actor, string segment) => throw new NotSupportedException();

    /// <summary>What it gives to be deleted, one list each time.</summary>
    public Queue<IReadOnlyList<string>> Expired { get; } = [];

    public Task<IReadOnlyList<string>> TakeExpired() => Task.FromResult(Expired.Count == 0 ? [] : Expired.Dequeue());

    public Task Wake() => throw new NotSupportedException();

    public Task Signal(LegId leg, string node) => throw new NotSupportedException();

    public Task MoveTo(SiloAddress silo) => throw new NotSupportedException();

    public Task<bool> LoseNode(string node) => throw new NotSupportedException();

    public Task<Outcome<MediaPlace>> OpenMedia(LegId leg, MediaFarEnd? farEnd, string? peer = null) => throw new NotSupportedException();

    public Task<Outcome<BrowserPlace>> OpenBrowserMedia(LegId leg, BrowserFarEnd farEnd, string? peer) => throw new NotSupportedException();

    public Task<Outcome<bool>> Talk(LegId leg, bool held, Actor actor) => throw new NotSupportedException();

    public Task PressKey(LegId leg, char key) => throw new NotSupportedException();

    public Task Ring(LegId leg) => throw new NotSupportedException();

    public Task Attend(IReadOnlyList<AgencyId> agencies) => throw new NotSupportedException();

    public Task Hear(RoomSound sound) => throw new NotSupportedException();

    public Task Measure(IReadOnlyList<MeasuredLeg> legs) => throw new NotSupportedException();

    public Task<LiveRevision> Subscribe(IRoomObserver observer) => throw new NotSupportedException();

    public Task Unsubscribe(IRoomObserver observer) => throw new NotSupportedException();

    private static LegView View(string leg, string agency, LegStatus status) =>
        new(new LegId(leg), LegKind.Sip, LegMode.Talk, status, new Party(new AgencyId(agency), agency, "sip:x@10.0.0.1", "dialled"), true, default, null, null);
}
