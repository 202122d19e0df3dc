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

    public Task<Outcome<IReadOnlyList<RecordedSegment>>> Recordings(Actor actor)
    {
        if (!Authority.MayRead(State, actor))
            return Task.FromResult<Outcome<IReadOnlyList<RecordedSegment>>>(Refusals.Unknown(code));
        if (!Authority.MayHear(State, actor))
            return Task.FromResult<Outcome<IReadOnlyList<RecordedSegment>>>(Refusals.NotAllowed(Authority.HearingNeeds));
        IReadOnlyList<RecordedSegment> kept = State.Recordings.Kept.Values.OrderBy(segment => segment.StartedAt).ThenBy(segment => segment.Id, StringComparer.Ordinal).ToArray();
        return Task.FromResult(new Outcome<IReadOnlyList<RecordedSegment>>(kept, null));
    }

    public Task<IReadOnlyList<string>> TakeExpired()
    {
        // Before the directory is here its owner's rule is not known, and what is deleted does not come back.
        var expired = directory.Current.Find(State.Owner) is null ? [] : Domain.Rooms.Recordings.Expired(State, RecordingRule, clock.GetUtcNow());
        // A hold that began while they are deleted would have held what is gone.
        deletingUntil = expired.Length == 0 ? default : clock.GetUtcNow() + DeletingTakes;
        return Task.FromResult<IReadOnlyList<string>>(expired);
    }
}
