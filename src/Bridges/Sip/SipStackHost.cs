using System.Net;
using System.Security.Cryptography;
using Interop.Bridges.Sip.Callers;
using Interop.Bridges.Sip.Conference;
using Interop.Bridges.Sip.Registrations;
using Interop.Bridges.Sip.Text;
using Interop.Bridges.Sip.Trunks;
using Interop.Bridges.Wire.Sip;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transports;
using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Hub.Contracts.Ids;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Sip;

/// <summary>Starts and ends the SIP stack with the node.</summary>
/// <remarks>
/// The stack's application needs the stack to call out, and the stack needs its application to take calls in: the
/// application is looked up when the stack starts, which ends the circle.
/// </remarks>
internal sealed class SipStackHost(
    SipBridgeOptions options, TimeProvider time, ILoggerFactory logs, IHostApplicationLifetime lifetime, IServiceProvider services)
    : IHostedService, IAsyncDisposable
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SipStack? _stack;

    /// <summary>The stack, once the node has started.</summary>
    public SipStack Stack => _stack ?? throw new InvalidOperationException("SIP has not started yet, or has ended.");

    /// <summary>Completes when calls can be made: rooms recover before SIP listens, and their legs have to wait for it.</summary>
    public Task WhenStarted => _started.Task;

    /// <summary>How a room names itself to a phone.</summary>
    public NameAddr RoomIdentity(RoomCode room, string title) =>
        new(title, SipUri.Create(room.Value, Host.ToString(), Stack.LocalEndPoint.Port), SipParameters.Empty);

    private IPAddress Host => options.Advertised.ForAnybody(Stack.LocalEndPoint.AddressFamily) ?? Stack.LocalEndPoint.Address;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var stack = new SipStack(
            new SipOptions
            {
                Bind = options.Bind,
                Port = options.Port,
                AdvertisedHost = peer => options.Advertised.For(peer)?.ToString(),
                Tls = options.Tls,
                FlowLost = OnFlowLost,
                Limits = new SipLimits { SourceRequestsPerSecond = options.RequestsPerSecond, SourceBurst = 2 * options.RequestsPerSecond },
                Trusted = services.GetRequiredService<TrustedProxies>().HandedOn,
                Resolver = new DnsResolver(options.NameServers),
                Events = [ConferenceIntake.Package],
                Extensions = [CallPriority.OptionTag],
                // A room is a focus (RFC 4579): phones offer their users to see who is in it, and to add somebody.
                ContactFeatures = ";isfocus",
                Accept = [.. new SipOptions().Accept, TextTypes.Cpim],
                Allow = [.. new SipOptions().Allow, SipMethods.Register],
            },
            time,
            logs,
            services.GetRequiredService<SipApplication>(),
            RandomNumberGenerator.Create());
        await stack.StartAsync(cancellationToken);
        _stack = stack;
        _started.TrySetResult();
    }

    /// <summary>What ends with the node itself is not told of: its phones register anew with whoever takes over.</summary>
    private void OnFlowLost(SipDestination flow)
    {
        if (_stack is not null)
            services.GetRequiredService<PhoneFlows>().OnClosed(flow);
    }

    /// <summary>The node is being stopped: calls stay up, for the next process to go on with.</summary>
    public bool IsStopping => lifetime.ApplicationStopping.IsCancellationRequested;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _stack, null) is { } stack)
            await stack.DisposeAsync();
    }
}
