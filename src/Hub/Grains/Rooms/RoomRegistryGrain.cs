using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain;
using Interop.Hub.Domain.Rooms;
using Interop.Hub.Grains.Journal;
using Microsoft.Extensions.Logging;
using Orleans.Utilities;

namespace Interop.Hub.Grains.Rooms;

/// <inheritdoc cref="IRoomRegistryGrain" />
/// <remarks>The codes are journaled; the summaries are told by the rooms, and told again when this comes up elsewhere.</remarks>
internal sealed class RoomRegistryGrain : Grain, IRoomRegistryGrain
{
    private readonly StreamRecord<RegistryEvent> stream;
    private readonly RandomSource random;
    private readonly TimeProvider clock;
    private readonly ObserverManager<IRoomListObserver> observers;
    private readonly Dictionary<RoomCode, RoomSummary> summaries = [];
    private RegistryState state = new();

    public RoomRegistryGrain(IJournal journal, RandomSource random, TimeProvider clock, ILogger<RoomRegistryGrain> log)
    {
        (this.random, this.clock) = (random, clock);
        stream = new StreamRecord<RegistryEvent>(journal, "registry", RegistryEvent.Names);
        observers = new ObserverManager<IRoomListObserver>(RoomAudience.Patience, log) { GetDateTime = () => clock.GetUtcNow().UtcDateTime };
    }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        foreach (var entry in await stream.Open(cancellationToken))
            state = state.Evolve(stream.Event(entry), entry.Command);
        // Rooms that are up already tell again how they look; the calls are not awaited, since they answer by calling here.
        foreach (var code in AwakeCodes())
            GrainFactory.GetGrain<IRoomGrain>(code.Value).Wake().Ignore();
    }

    public async Task<Outcome<RoomCodeReceipt>> Allocate(AgencyId owner, CommandId id)
    {
        if (state.GivenTo.TryGetValue((owner, id.Value), out var given))
            return new RoomCodeReceipt(given);
        if (state.Free(random.Next) is not { } code)
            return new Refusal(RefusalKind.Unavailable, "code.none-left", "Every dial code was used; a hub gives each only once.");
        return await Write(new CodeGiven(code, owner), id) ?? (Outcome<RoomCodeReceipt>)new RoomCodeReceipt(code);
    }

    public async Task<Outcome<RoomCodeReceipt>> Claim(RoomCode code, AgencyId owner)
    {
        if (!Slug.IsRoomCode(code.Value))
            return new Refusal(RefusalKind.Invalid, "code.invalid", "A dial code has 2 to 12 digits.", "code");
        if (state.Owners.TryGetValue(code, out var has))
            return has == owner ? new RoomCodeReceipt(code) : Refusals.Taken(code);
        return await Write(new CodeGiven(code, owner), new CommandId($"claim:{code}")) ?? (Outcome<RoomCodeReceipt>)new RoomCodeReceipt(code);
    }

    public async Task Report(RoomSummary summary)
    {
        var over = summary.State == RoomPhase.Closed;
        if (over)
            summaries.Remove(summary.Code);
        else
            summaries[summary.Code] = summary;
        observers.Notify(observer => observer.Changed(summary)).Ignore();
        // Only the codes that were given out rest: a room that was opened past the registry is not its business.
        if (state.Owners.ContainsKey(summary.Code) && over != state.Resting.Contains(summary.Code))
            await Write(over ? new CodeRested(summary.Code) : new CodeWoken(summary.Code), new CommandId($"report:{summary.Code}"));
    }

    public Task<IReadOnlyList<RoomSummary>> ListOpen() =>
        Task.FromResult<IReadOnlyList<RoomSummary>>(summaries.Values.OrderBy(summary => summary.OpenedAt).ToArray());

    public Task<IReadOnlyList<RoomCode>> ListToWake() => Task.FromResult<IReadOnlyList<RoomCode>>(AwakeCodes());

    public Task Subscribe(IRoomListObserver observer)
    {
        observers.Subscribe(observer, observer);
        return Task.CompletedTask;
    }

    private RoomCode[] AwakeCodes() => state.Owners.Keys.Where(code => !state.Resting.Contains(code)).ToArray();

    private async Task<Refusal?> Write(RegistryEvent happened, CommandId id)
    {
        try
        {
            if (await stream.Append([happened], Actor.Hub, id, clock.GetUtcNow(), CancellationToken.None) == AppendOutcome.Written)
            {
                state = state.Evolve(happened, id.Value);
                return null;
            }
        }
        catch (Exception exception) when (exception is TimeoutException or System.Data.Common.DbException)
        {
            // Whether it was written is not known: the next activation reads it.
        }

        DeactivateOnIdle();
        return new Refusal(RefusalKind.Unavailable, "journal.unavailable", "The record cannot be written now; try again.");
    }
}
