namespace Interop.Hub.Grains;

/// <summary>Something that a node does from the moment its silo serves until it stops.</summary>
internal abstract class NodeTask(int stage) : ILifecycleParticipant<ISiloLifecycle>
{
    private Task running = Task.CompletedTask;

    public void Participate(ISiloLifecycle lifecycle)
    {
        var stop = new CancellationTokenSource();
        lifecycle.Subscribe(
            GetType().Name,
            stage,
            _ =>
            {
                running = Task.Run(() => Run(stop.Token), CancellationToken.None);
                return Task.CompletedTask;
            },
            async _ =>
            {
                await stop.CancelAsync();
                await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                stop.Dispose();
            });
    }

    protected abstract Task Run(CancellationToken stop);
}
