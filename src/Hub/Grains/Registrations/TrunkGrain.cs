using Interop.Hub.Contracts.Registrations;

namespace Interop.Hub.Grains.Registrations;

/// <inheritdoc cref="ITrunkGrain" />
internal sealed class TrunkGrain(TimeProvider clock) : Grain, ITrunkGrain
{
    /// <summary>A node that was not heard of for so long has lost the right; three times as long as nodes tell.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private string? holder;
    private DateTimeOffset until;
    private TrunkStatus? status;

    public Task<bool> Hold(string node, TrunkStatus status)
    {
        var now = clock.GetUtcNow();
        if (holder is not null && holder != node && until > now)
            return Task.FromResult(false);
        (holder, until, this.status) = (node, now + Patience, status);
        return Task.FromResult(true);
    }

    public Task Release(string node)
    {
        if (holder == node)
            (holder, status) = (null, null);
        return Task.CompletedTask;
    }

    public Task<TrunkStatus?> Look() => Task.FromResult(until > clock.GetUtcNow() ? status : null);
}
