using System.Data.Common;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Registrations;
using Interop.Hub.Domain.Registrations;
using Microsoft.Extensions.Logging;

namespace Interop.Hub.Grains.Registrations;

/// <inheritdoc cref="IBindingsGrain" />
/// <remarks>Written first, then believed: what a phone was told holds over a restart.</remarks>
internal sealed partial class BindingsGrain(IBindingStore store, TimeProvider clock, ILogger<BindingsGrain> log) : Grain, IBindingsGrain
{
    private IReadOnlyList<Binding> bindings = [];

    public override async Task OnActivateAsync(CancellationToken cancellationToken) =>
        bindings = await store.Find(this.GetPrimaryKeyString(), cancellationToken);

    public async Task<Outcome<IReadOnlyList<Binding>>> Register(RegisterOrder order)
    {
        var now = clock.GetUtcNow();
        if (order is { Contacts.Count: 0, RemoveAll: false })
            return new Outcome<IReadOnlyList<Binding>>(BindingSet.Live(bindings, now), null);
        var decided = BindingSet.Apply(bindings, order, now);
        return !decided.Ok || await Write(decided.Value)
            ? decided
            : new Refusal(RefusalKind.Unavailable, "registration.unavailable", "The registration cannot be stored now; try again.");
    }

    public Task<IReadOnlyList<Binding>> Find() => Task.FromResult(BindingSet.Live(bindings, clock.GetUtcNow()));

    public async Task FlowBroke(BindingFlow flow)
    {
        if (bindings.Any(binding => binding.Flow == flow))
            await Write(BindingSet.Without(bindings, flow));
    }

    private async Task<bool> Write(IReadOnlyList<Binding> decided)
    {
        try
        {
            await store.Save(this.GetPrimaryKeyString(), decided, CancellationToken.None);
            bindings = decided;
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException or DbException)
        {
            LogNotWritten(exception, this.GetPrimaryKeyString());
            // It may have been written all the same: the next activation reads it.
            DeactivateOnIdle();
            return false;
        }
    }

    [LoggerMessage(1301, LogLevel.Error, "Where the phone {User} is registered could not be written")]
    private partial void LogNotWritten(Exception exception, string user);
}
