using System.Collections.Immutable;
using System.Diagnostics;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Journal;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Media;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain;
using Interop.Hub.Domain.Rooms;
using Interop.Hub.Domain.Rooms.Record;
using Interop.Hub.Grains.Dialling;
using Interop.Hub.Grains.Journal;
using Interop.Hub.Grains.Nodes;
using Interop.Hub.Grains.Observability;
using Interop.Hub.Grains.Sharing;
using Microsoft.Extensions.Logging;
using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace Interop.Hub.Grains.Rooms;

/// <inheritdoc cref="IRoomGrain" />
/// <remarks>
/// A turn decides, writes and publishes. What the anchor is told first and the journal after: acts that only take away,
/// which no broken disk may delay.
/// </remarks>
[PreferLocalPlacement]
internal sealed partial class RoomGrain : Grain, IRoomGrain
{
    private const int LongestPage = 1_000;
    private static readonly TimeSpan RetryPeriod = TimeSpan.FromSeconds(1);

    private readonly IJournal journal;
    private readonly IAnchorMedia media;
    private readonly IDirectory directory;
    private readonly TimeProvider clock;
    private readonly HubMetrics metrics;
    private readonly ILogger<RoomGrain> log;
    private readonly RoomCode code;
    private readonly RoomRecord record;
    private readonly RoomAudience audience;
    private readonly RoomListing listing;
    private readonly ResourceClaims claims;
    private readonly RoomCalls calls;
    private readonly HeldKeys keys;
    private readonly RoomWaker waker;
    private readonly AnchoredRooms anchored;
    private IGrainTimer? closing;
    private IGrainTimer? invites;
    private DateTimeOffset? invitesDue;
    private IGrainTimer? ending;
    private IGrainTimer? retry;
    private DateTimeOffset? endingAt;
    private bool doubtful;
    private long planNumber;
    private Task<bool> catching = Task.FromResult(true);
    private bool moved;
    private readonly RecordingRule recordOtherwise;
    private DateTimeOffset givenBeforeUntil;
    private DateTimeOffset deletingUntil;
    private bool countedOpen;
    private int countedWaiting;

    public RoomGrain(
        IJournal journal, IAnchorMedia media, IDirectory directory, RoomWaker waker, TimeProvider clock, HubMetrics metrics,
        RecordingRule recording, AnchoredRooms anchored, ILogger<RoomGrain> log)
    {
        this.anchored = anchored;
        (this.journal, this.media, this.directory, this.waker) = (journal, media, directory, waker);
        (this.clock, this.metrics, this.log) = (clock, metrics, log);
        recordOtherwise = recording;
        code = new RoomCode(this.GetPrimaryKeyString());
        record = new RoomRecord(journal, code);
        audience = new RoomAudience(clock, log);
        listing = new RoomListing(GrainFactory, clock);
        claims = new ResourceClaims(GrainFactory, clock, code);
        keys = new HeldKeys(media, code);
        calls = new RoomCalls(GrainFactory, clock, code);
    }

    private RoomState State => record.State;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (!Slug.IsRoomCode(code.Value))
            return;
        await record.Open(cancellationToken);
        cameUp = clock.GetUtcNow();
        givenBeforeUntil = State.Recordings.Kept.IsEmpty ? default : clock.GetUtcNow() + DeletingTakes;
        if (State.Exists)
            Resume();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (State.Exists && !State.IsOver && !moved)
        {
            // On its way to another node, or only lost to the directory of grains: its voice goes on here until the room is up again.
            anchored.HandOver(code, record.Epoch);
            if (reason.ReasonCode is not (DeactivationReasonCode.Migrating or DeactivationReasonCode.ShuttingDown))
                waker.Wake(code);
        }
        else
        {
            if (record.Epoch > 0)
                media.Release(code, record.Epoch);
            anchored.Release(code, record.Epoch);
        }

        // A write that is under way may yet succeed; it is bounded by its own deadline.
        await catching;
        if (record.Waiting > 0)
            LogLeftUnrecorded(code, record.Waiting);
        metrics.Unrecorded(-countedWaiting);
        if (countedOpen)
            metrics.RoomsOpen(-1);
    }

    public async Task<Outcome<RoomReceipt>> Execute(RoomCommand command, Actor actor, CommandId id)
    {
        using var activity = Telemetry.Source.StartActivity("room.execute");
        activity?.SetTag("room", code.Value).SetTag("command", command.GetType().Name);
        var outcome = await Answer(command, actor, id);
        if (outcome.Refusal is { } refusal)
        {
            activity?.SetStatus(ActivityStatusCode.Error, refusal.Code);
            metrics.Refused(refusal.Code);
            LogRefused(code, command.GetType().Name, actor.Agency, refusal.Code);
        }

        return outcome;
    }

    public Task<Outcome<RoomSnapshot>> Look(Actor actor)
    {
        if (!Authority.MayRead(State, actor))
            return Task.FromResult<Outcome<RoomSnapshot>>(actor.Kind == ActorKind.Guest ? Refusals.GuestOver() : Refusals.Unknown(code));
        if (actor.Kind == ActorKind.Person)
            AttendBy(actor.Agency);
        var whole = RoomLive.Snapshot(State, audience.Revision(record.Epoch), audience.Sound, leg => audience.Shown(State, leg));
        return Task.FromResult<Outcome<RoomSnapshot>>(RoomLive.For(State, whole, actor));
    }

    public Task<Outcome<LinkOffer>> OfferOfLink(string tokenHash) =>
        Task.FromResult(Links.Offer(State, tokenHash, clock.GetUtcNow(), new Surroundings(directory.Current)));

    public async Task<Outcome<IReadOnlyList<JournalEntry>>> ReadJournal(Actor actor, long afterVersion, int count)
    {
        if (!Authority.MayReadRecord(State, actor))
            return Refusals.Unknown(code);
        using var deadline = Deadline();
        return new Outcome<IReadOnlyList<JournalEntry>>(
            await journal.Read($"room/{code}", afterVersion, Math.Clamp(count, 1, LongestPage), deadline.Token, Withheld(actor)), null);
    }

    public async Task<Outcome<IReadOnlyList<RecordLine>>> ReadRecord(Actor actor, long afterVersion, int count)
    {
        if (!Authority.MayReadRecord(State, actor))
            return Refusals.Unknown(code);
        using var deadline = Deadline();
        var entries = await journal.Read($"room/{code}", afterVersion, Math.Clamp(count, 1, LongestPage), deadline.Token);
        var around = new Surroundings(directory.Current);
        return RecordReader.Lines(entries, State, Withheld(actor), around.NameOf);
    }

    /// <summary>Entries that the actor may not read, though it reads the record.</summary>
    private string[] Withheld(Actor actor) =>
    [
        .. Authority.MayHear(State, actor) ? [] : Domain.Rooms.Recordings.ForHearers,
        .. Memberships.SeesVideo(State, actor) ? [] : Conversation.ForViewers,
    ];

    public async Task Wake()
    {
        if (!State.Exists)
            return;
        await listing.Tell(State, again: true);
        claims.TellAgain(State, record.Epoch);
    }

    public async Task<bool> LoseNode(string node)
    {
        var taken = true;
        foreach (var leg in audience.SignalledBy(node).Where(leg => State.Leg(leg) is { Status: LegStatus.Up or LegStatus.Asking }).ToArray())
            taken &= (await Execute(new LegWasLost(leg, "its node was lost"), Actor.Hub, new CommandId($"lost-with:{node}:{leg}"))).Refusal is not { Kind: RefusalKind.Unavailable };
        return taken;
    }

    public Task MoveTo(SiloAddress silo)
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, silo);
        MigrateOnIdle();
        RequestContext.Remove(IPlacementDirector.PlacementHintKey);
        return Task.CompletedTask;
    }

    public Task Signal(LegId leg, string node)
    {
        audience.TellSignalling(State, record.Epoch, leg, node);
        return Task.CompletedTask;
    }

    public async Task<Outcome<MediaPlace>> OpenMedia(LegId leg, MediaFarEnd? farEnd, string? peer = null)
    {
        if (!State.Exists || State.IsOver)
            return Refusals.Unknown(code);
        if (State.Leg(leg) is not { } found)
            return Refusals.NoLeg(leg);
        if (found.Status == LegStatus.Gone)
            return Refusals.LegGone(leg);
        var opened = await media.Open(code, leg, RoomPlanner.Effective(State, found), farEnd, peer);
        if (opened.Ok && farEnd is not null)
            audience.TellSecurity(State, record.Epoch, leg, farEnd.Keys?.Suite);
        return opened;
    }

    public async Task<Outcome<BrowserPlace>> OpenBrowserMedia(LegId leg, BrowserFarEnd farEnd, string? peer)
    {
        if (!State.Exists || State.IsOver)
            return Refusals.Unknown(code);
        return State.Leg(leg) switch
        {
            { Status: LegStatus.Gone } => Refusals.LegGone(leg),
            { Kind: LegKind.Browser } found => await media.OpenBrowser(code, leg, RoomPlanner.Effective(State, found), farEnd, peer),
            _ => Refusals.NoLeg(leg),
        };
    }

    public Task<Outcome<bool>> Talk(LegId leg, bool held, Actor actor)
    {
        var refusal = !Authority.MayRead(State, actor) ? Refusals.Unknown(code) : held ? Browsers.MayTalk(State, leg, actor) : null;
        if (refusal is null && State.Leg(leg) is { } found && Browsers.IsOf(found, actor))
            refusal = media.Talk(code, leg, held);
        return Task.FromResult<Outcome<bool>>(refusal is null ? held : refusal);
    }

    public Task PressKey(LegId leg, char key)
    {
        keys.Press(State, leg, key);
        return Task.CompletedTask;
    }

    public Task Ring(LegId leg)
    {
        audience.TellRinging(State, record.Epoch, leg);
        return Task.CompletedTask;
    }

    public Task Hear(RoomSound sound)
    {
        AttendBy(sound);
        audience.TellSound(State, record.Epoch, sound);
        return Task.CompletedTask;
    }

    public Task Measure(IReadOnlyList<MeasuredLeg> legs)
    {
        audience.TellQuality(State, record.Epoch, legs);
        return Task.CompletedTask;
    }

    public Task<LiveRevision> Subscribe(IRoomObserver observer)
    {
        audience.Add(observer);
        return Task.FromResult(audience.Revision(record.Epoch));
    }

    public Task Unsubscribe(IRoomObserver observer)
    {
        audience.Remove(observer);
        return Task.CompletedTask;
    }

    private async Task<Outcome<RoomReceipt>> Answer(RoomCommand command, Actor actor, CommandId id)
    {
        if (!Slug.IsRoomCode(code.Value))
            return Refusals.Unknown(code);
        actor = Links.Known(State, actor, command, clock.GetUtcNow());
        // One hearing's receipt holds for minutes: whoever lost the right meanwhile is not answered with it.
        if (command is HearRecording && Authority.Check(State, command, actor) is { } denied)
            return denied;
        var restricts = RoomDecider.Restricts(command);
        if (record.Receipts.Find(actor, id) is { } known)
            return restricts && record.IsBehind && !await CatchUp(RestrictPatience) ? Unrecorded() : known;
        if (moved)
            return Moved();
        // What takes away is decided on what the room shows; it waits for no disk.
        if (!restricts && record.IsBehind && !await CatchUp(WidenPatience))
            return moved ? Moved() : Unrecordable();
        // What was in doubt may have been this very command.
        if (record.Receipts.Find(actor, id) is { } found)
            return found;
        var now = clock.GetUtcNow();
        var decision = RoomDecider.Decide(State, command, actor, now, new Surroundings(directory.Current, RecordingRule));
        if (decision.Refusal is null && command is HoldRecordings && IsDeleting(now))
            return Refusals.Deleting();
        if (decision.Refusal is null && UnknownAgency(command, actor) is { } unknown)
            return unknown;
        if (decision.Refusal is null)
            decision = await calls.Claim(decision.Events, State, command);
        if (decision.Refusal is null)
        {
            decision = await claims.Claim(decision.Events, State, command, actor, record.Epoch);
            if (decision.Refusal is not null)
            {
                // A claim that was given up may yet be taken, and calls were claimed for what is refused now.
                claims.TellAgain(State, record.Epoch);
                calls.TellAgain(State, actor.Agency.Value.Length > 0 ? actor.Agency : null);
            }
        }

        if (decision.Refusal is { } refusal)
            return refusal;
        if (decision.Events.IsEmpty)
            return restricts && record.IsBehind ? Unrecorded() : new RoomReceipt(record.Version, null);
        return restricts ? await Restrict(decision.Events, actor, id, now) : await Widen(decision.Events, actor, id, now);
    }

    private async Task<Outcome<RoomReceipt>> Restrict(ImmutableArray<RoomEvent> events, Actor actor, CommandId id, DateTimeOffset now)
    {
        var before = State;
        if (!record.Hold(events, actor, id, now))
            return Unrecordable();
        Publish(events, before);
        // A disk that answers is waited for, so that the answer means a recorded act; one that hangs must not hold the next act up.
        await CatchUp(RestrictPatience);
        // An act that the room's next activation does not know of was not done: whoever asked must ask again.
        if (moved)
            return Moved();
        // An answer that a kill could make untrue is not given; the act holds all the same.
        if (record.IsBehind)
            return Unrecorded();
        await listing.Tell(State);
        return record.Receipts.Find(actor, id)!;
    }

    private async Task<Outcome<RoomReceipt>> Widen(ImmutableArray<RoomEvent> events, Actor actor, CommandId id, DateTimeOffset now)
    {
        var before = State;
        AppendOutcome outcome;
        try
        {
            using var deadline = Deadline();
            outcome = await record.Write(events, actor, id, now, deadline.Token);
        }
        catch (Exception exception)
        {
            LogNotWritten(exception, code);
            doubtful = true;
            KeepRetrying();
            calls.TellAgain(State, actor.Agency.Value.Length > 0 ? actor.Agency : null);
            return Unrecordable();
        }

        if (outcome != AppendOutcome.Written)
        {
            claims.TellAgain(State, record.Epoch);
            return StepDown(outcome);
        }

        Publish(events, before);
        await listing.Tell(State);
        return record.Receipts.Find(actor, id)!;
    }

    private Refusal? UnknownAgency(RoomCommand command, Actor actor)
    {
        // A playbook or a file may name an agency that comes later; a person who does has mistyped it.
        if (actor.Kind is not (ActorKind.Person or ActorKind.Token) || directory.Current.Agencies.Count == 0)
            return null;
        IEnumerable<AgencyId> invited = command switch
        {
            InviteAgency invite => [invite.Agency, .. (invite.Next ?? []).Select(next => next.Agency)],
            OpenRoom open => open.Invites,
            _ => [],
        };
        foreach (var agency in invited)
            if (directory.Current.Find(agency) is null)
                return new Refusal(RefusalKind.Invalid, "agency.unknown", $"The directory has no agency '{agency}'.", "agency");
        return null;
    }
}
