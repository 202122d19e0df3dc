using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Rooms;
using Interop.Hub.Domain.Rooms;

namespace Interop.Hub.Grains.Rooms;

/// <summary>What was recorded, and for how long it is kept.</summary>
internal sealed partial class RoomGrain
{
    /// <summary>Far more than it takes to delete so many files, and short enough for whoever must hold the rest.</summary>
    private static readonly TimeSpan DeletingTakes = TimeSpan.FromMinutes(1);

    private RecordingRule RecordingRule => RecordingRule.For(directory.Current, State.Owner, State.Terms.Type, recordOtherwise);

    public Task<Outcome<IReadOnlyList<RecordedSegment>>> Recordings(Actor actor, DateTimeOffset? before, int count)
    {
        const int most = 1_000;
        if (MayNotHear(actor) is { } refusal)
            return Task.FromResult<Outcome<IReadOnlyList<RecordedSegment>>>(refusal);
        IReadOnlyList<RecordedSegment> page =
        [
            .. State.Recordings.Kept.Values
                .Where(segment => before is null || segment.StartedAt < before)
                .OrderByDescending(segment => segment.StartedAt)
                .ThenByDescending(segment => segment.Id, StringComparer.Ordinal)
                .Take(Math.Clamp(count, 1, most)),
        ];
        return Task.FromResult(new Outcome<IReadOnlyList<RecordedSegment>>(page, null));
    }

    public Task<Outcome<RecordedSegment>> Recording(Actor actor, string segment) => Task.FromResult<Outcome<RecordedSegment>>(
        MayNotHear(actor) is { } refusal ? refusal
        : State.Recordings.Kept.TryGetValue(segment, out var kept) ? kept
        : Domain.Rooms.Recordings.Unknown());

    public Task<IReadOnlyList<string>> TakeExpired()
    {
        // Before the directory is here its owner's rule is not known, and what is deleted does not come back.
        var expired = directory.Current.Find(State.Owner) is null ? [] : Domain.Rooms.Recordings.Expired(State, RecordingRule, clock.GetUtcNow());
        // A hold that began while they are deleted would have held what is gone.
        deletingUntil = expired.Length == 0 ? default : clock.GetUtcNow() + DeletingTakes;
        return Task.FromResult<IReadOnlyList<string>>(expired);
    }

    /// <summary>Whether files are being deleted that a hold would have to find; what an earlier activation gave out, this one does not know.</summary>
    private bool IsDeleting(DateTimeOffset now) => now < deletingUntil
        || (now < givenBeforeUntil && Domain.Rooms.Recordings.Expired(State, RecordingRule, now).Length > 0);

    private Refusal? MayNotHear(Actor actor) =>
        !Authority.MayRead(State, actor) ? Refusals.Unknown(code)
        : Authority.MayHear(State, actor) ? null
        : Refusals.NotAllowed(Authority.HearingNeeds);
}
