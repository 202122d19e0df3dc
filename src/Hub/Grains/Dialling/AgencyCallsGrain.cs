using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Microsoft.Extensions.Options;

namespace Interop.Hub.Grains.Dialling;

/// <inheritdoc />
internal sealed class AgencyCallsGrain(IOptions<DiallingOptions> options, TimeProvider clock) : Grain, IAgencyCallsGrain
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Dictionary<RoomCode, IReadOnlyList<LegId>> rooms = [];
    private readonly Queue<DateTimeOffset> placed = [];

    public Task<Refusal?> Claim(RoomCode room, IReadOnlyList<LegId> held, IReadOnlyList<LegId> more)
    {
        var now = clock.GetUtcNow();
        while (placed.TryPeek(out var oldest) && oldest + Window <= now)
            placed.Dequeue();
        Keep(room, held);
        var agency = this.GetPrimaryKeyString();
        if (rooms.Values.Sum(calls => calls.Count) + more.Count > options.Value.AtOnce)
            return Refused(
                "dial.too-many", $"{agency} has as many calls out as it may have, {options.Value.AtOnce}; drop one, or try again when one has ended.");
        if (placed.Count + more.Count > options.Value.PerMinute)
            return Refused("dial.too-fast", $"{agency} has placed as many calls as it may in a minute, {options.Value.PerMinute}; try again in {Wait(now, more.Count)} seconds.");
        foreach (var _ in more)
            placed.Enqueue(now);
        Keep(room, [.. held, .. more]);
        return Task.FromResult<Refusal?>(null);
    }

    public Task Hold(RoomCode room, IReadOnlyList<LegId> held)
    {
        Keep(room, held);
        return Task.CompletedTask;
    }

    /// <summary>Until so many of the calls in the window have left it that the new ones have room.</summary>
    private int Wait(DateTimeOffset now, int more)
    {
        var leaves = placed.Count + more - options.Value.PerMinute;
        return leaves > placed.Count ? (int)Window.TotalSeconds : (int)Math.Ceiling((placed.ElementAt(leaves - 1) + Window - now).TotalSeconds);
    }

    private void Keep(RoomCode room, IReadOnlyList<LegId> held)
    {
        if (held.Count > 0)
            rooms[room] = held;
        else
            rooms.Remove(room);
        // Idleness must not forget calls that are out.
        DelayDeactivation(rooms.Count > 0 ? Timeout.InfiniteTimeSpan : TimeSpan.Zero);
    }

    private static Task<Refusal?> Refused(string code, string text) =>
        Task.FromResult<Refusal?>(new Refusal(RefusalKind.Unavailable, code, text));
}
