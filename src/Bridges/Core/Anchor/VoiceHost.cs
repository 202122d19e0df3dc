using Interop.Bridges.Media;
using Microsoft.Extensions.Hosting;

namespace Interop.Bridges.Core.Anchor;

/// <summary>Starts the voice engine's tick with the node.</summary>
internal sealed class VoiceHost(MediaEngine engine) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        engine.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
