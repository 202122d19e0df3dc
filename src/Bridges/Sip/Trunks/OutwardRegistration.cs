using System.Globalization;
using Interop.Bridges.Core.Legs;
using Interop.Bridges.Sip.Registrations;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transports;
using Interop.Bridges.Wire.Sip.UserAgent;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Registrations;

namespace Interop.Bridges.Sip.Trunks;

/// <summary>One registration at a partner: when it is due, and what came of it. One task drives it.</summary>
internal sealed class OutwardRegistration(Trunk trunk, TrunkRegistration at, SipStackHost host, TrunkFlows flows, TimeProvider time, Random random)
{
    private const uint NumbersOfOne = 4;
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(25);

    private readonly string _contact = TrunkSecrets.ContactUser(trunk, at);
    private readonly string _callId = host.Stack.NewCallId();
    private readonly SipUri _server = SipUri.Parse(at.Server);
    private TimeSpan _asks = at.ExpiresSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : Usual;
    private SipDestination? _flow;
    private DateTimeOffset _pinged;
    private uint _number = 1;
    private int _failures;

    public TrunkStatus Status { get; private set; } = new(TrunkState.Registering, time.GetUtcNow(), null, null);

    /// <summary>When it has to be renewed or tried again.</summary>
    public DateTimeOffset Due { get; private set; } = time.GetUtcNow();

    /// <summary>Registers if that is due, and keeps the way open.</summary>
    public async Task TendAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        // A stream that closed takes the partner's way to us with it.
        var isBroken = _flow is { Transport: not SipTransportKind.Udp } stream && Status.State == TrunkState.Registered && !host.Stack.IsConnected(stream);
        if (isBroken || now >= Due)
            await RegisterAsync(cancel);
        else if (_flow is { } flow && Status.State == TrunkState.Registered && now - _pinged >= PingEvery)
            Ping(flow, now);
    }

    /// <summary>Takes the registration back, as far as that can be done.</summary>
    public async Task EndAsync(CancellationToken cancel)
    {
        flows.Remove(_contact);
        if (Status.State == TrunkState.Registered)
            await SendAsync(TimeSpan.Zero, cancel);
        Stand(TrunkState.Registering, null, null);
        Due = time.GetUtcNow();
    }

    private async Task RegisterAsync(CancellationToken cancel)
    {
        var response = await SendAsync(_asks, cancel);
        var answer = RegisterAnswer.Of(response, _contact, _asks);
        if (answer.AskFor is { } longer)
        {
            _asks = longer;
            response = await SendAsync(_asks, cancel);
            answer = RegisterAnswer.Of(response, _contact, _asks);
        }

        var now = time.GetUtcNow();
        if (answer.Lasts is { } lasts)
        {
            _failures = 0;
            _pinged = now;
            flows.Set(_contact, new TrunkFlow(trunk, _flow!, ServiceRoute(response)));
            Stand(TrunkState.Registered, now + lasts, null);
            // The spread keeps many registrations of one start from all being renewed in one instant.
            Due = now + (lasts * (0.8 + (0.1 * random.NextDouble())));
            return;
        }

        _failures++;
        var stillBound = Status.Expires > now;
        if (!stillBound)
            flows.Remove(_contact);
        Stand(TrunkState.Failing, stillBound ? Status.Expires : null, answer.Cause);
        Due = now + (answer.IsFinal ? AfterRefusal : BackOff.After(_failures, random.NextDouble()));
    }

    private async Task<SipResponse> SendAsync(TimeSpan lasts, CancellationToken cancel)
    {
        var address = _server with { User = SipUri.Create(at.User, _server.Host).User, Parameters = SipParameters.Empty, Port = null };
        var request = new OutgoingRequest
        {
            Method = SipMethods.Register,
            Target = _server with { User = null },
            From = new NameAddr(address),
            To = new NameAddr(address),
            CallId = _callId,
            FirstNumber = _number,
            ContactUser = _contact,
            Credentials = TrunkSecrets.Credentials(at),
            Sending = destination => _flow = destination,
            Headers =
            [
                new(HeaderNames.Expires, lasts.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)),
                new(HeaderNames.Supported, RegisterTags.Path),
            ],
        };
        _number += NumbersOfOne;
        return await host.Stack.SendAsync(request, cancel);
    }

    private void Ping(SipDestination flow, DateTimeOffset now)
    {
        _pinged = now;
        host.Stack.KeepAlive(flow);
    }

    private void Stand(TrunkState state, DateTimeOffset? expires, string? cause) =>
        Status = new TrunkStatus(state, state == Status.State ? Status.Since : time.GetUtcNow(), expires, cause);

    private static List<SipHeader> ServiceRoute(SipResponse response) =>
        [.. response.Headers.Values(HeaderNames.ServiceRoute).Select(hop => new SipHeader(HeaderNames.Route, hop))];
}
