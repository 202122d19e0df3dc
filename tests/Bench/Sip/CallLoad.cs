using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Interop.Bridges.Wire.Sip.Dialogs;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Sdp;
using Interop.Bridges.Wire.Sip.Transports;
using Interop.Bridges.Wire.Sip.UserAgent;
using Microsoft.Extensions.Logging.Abstractions;

namespace Interop.Tests.Bench.Sip;

/// <summary>How calls are made: so many a second, into so many rooms, for so long.</summary>
internal sealed record CallPace(int Rate, int Rooms, TimeSpan Hold, TimeSpan Duration);

/// <summary>Calls a hub as a trunk does, with Wire/Sip and nothing else, and times each from INVITE to 200.</summary>
/// <remarks>Calls begin by the clock, whether those before were answered or not: a hub that stalls is seen stalling.</remarks>
internal sealed class CallLoad : ISipApplication, ICallHandler
{
    private const long MostAllocated = 900_000_000;
    private readonly CallPace _pace;
    private readonly IPEndPoint _hub;
    private readonly IPEndPoint _media;
    private readonly ConcurrentBag<double> _answered = [];
    private readonly ConcurrentDictionary<string, int> _failed = [];

    private CallLoad(CallPace pace, IPEndPoint hub, IPEndPoint media) => (_pace, _hub, _media) = (pace, hub, media);

    /// <summary>Runs and prints; false when a call failed.</summary>
    public static async Task<bool> RunAsync(CallPace pace, IPEndPoint hub, TextWriter output, Func<TimeSpan>? hubBusy = null)
    {
        // Voice that a room sends is dropped by the system: nobody reads this socket.
        using var media = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        media.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var load = new CallLoad(pace, hub, (IPEndPoint)media.LocalEndPoint!);
        using var random = RandomNumberGenerator.Create();
        await using var stack = new SipStack(new SipOptions { Port = 0, UserAgent = "load" }, TimeProvider.System, NullLoggerFactory.Instance, load, random);
        await stack.StartAsync(CancellationToken.None);
        var busy = hubBusy?.Invoke();
        // A collection here would be taken for a pause of the hub.
        var calm = GC.TryStartNoGCRegion(MostAllocated);
        await load.CallAsync(stack);
        if (calm && GCSettings.LatencyMode == GCLatencyMode.NoGCRegion) GC.EndNoGCRegion();
        else output.WriteLine("The load's own collections are among these times.");
        load.Print(output, hubBusy?.Invoke() - busy);
        return load._failed.IsEmpty;
    }

    public ValueTask OnInviteAsync(IncomingCall call, CancellationToken cancellation)
    {
        call.Reject(new SipReply(486));
        return ValueTask.CompletedTask;
    }

    public ValueTask<SipReply?> OnRequestAsync(SipRequest request, SipSource source, CancellationToken cancellation) => ValueTask.FromResult<SipReply?>(null);

    public SessionDescription? OnOffer(Call call, SessionDescription offer) => AudioOffer.Answer(offer, Ours());

    public void OnLateAnswer(Call call, SessionDescription answer) { }

    public ValueTask<SipReply> OnRequestAsync(Call call, SipRequest request) => ValueTask.FromResult(SipReply.Ok);

    public void OnStateChanged(Call call, DialogState state) { }

    public void OnEnded(Call call, CallEnd end)
    {
        if (end.Kind != CallEndKind.LocalBye) Fail($"ended by {end.Kind}");
    }

    private async Task CallAsync(SipStack stack)
    {
        var total = (int)(_pace.Rate * _pace.Duration.TotalSeconds);
        var calls = new List<Task>(total);
        var clock = Stopwatch.StartNew();
        while (calls.Count < total)
        {
            var due = Math.Min(total, (int)(clock.Elapsed.TotalSeconds * _pace.Rate) + 1);
            while (calls.Count < due) calls.Add(CallAsync(stack, calls.Count));
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        }

        await Task.WhenAll(calls);
    }

    private async Task CallAsync(SipStack stack, int number)
    {
        var started = Stopwatch.GetTimestamp();
        var outgoing = stack.Invite(new OutgoingInvite
        {
            From = new NameAddr(SipUri.Create($"unit{number}", stack.LocalEndPoint.Address.ToString(), stack.LocalEndPoint.Port)),
            Target = SipUri.Create($"{LoadHub.FirstRoom + number % _pace.Rooms}", _hub.Address.ToString(), _hub.Port),
            Offer = AudioOffer.Create(Ours()),
        });
        switch (await outgoing.Completion)
        {
            case CallOutcome.Answered answered:
                _answered.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                answered.Call.Handler = this;
                await Task.Delay(_pace.Hold, TimeProvider.System);
                await answered.Call.ByeAsync();
                break;
            case CallOutcome.Failed failed:
                Fail($"{failed.Status} {failed.Reason}");
                break;
        }
    }

    private AudioCapabilities Ours() => new(1, 1, _media, [SdpCodec.Pcmu, SdpCodec.TelephoneEvent]);

    private void Fail(string why) => _failed.AddOrUpdate(why, 1, static (_, count) => count + 1);

    private void Print(TextWriter output, TimeSpan? hubBusy)
    {
        var times = _answered.Order().ToArray();
        var failures = string.Join(", ", _failed.Select(pair => $"{pair.Value} x {pair.Key}"));
        var cost = hubBusy is { } busy && times.Length > 0 ? $", {busy.TotalMilliseconds / times.Length:F1} ms of the hub's time each" : "";
        output.WriteLine(
            $"calls {_pace.Rate}/s into {_pace.Rooms} rooms: {times.Length} answered, INVITE to 200 p50 {At(times, 0.5):F1} p90 {At(times, 0.9):F1} p99 {At(times, 0.99):F1} "
            + $"max {At(times, 1):F1} ms, {_failed.Values.Sum()} failed{(failures.Length == 0 ? "" : $" ({failures})")}{cost}");
    }

    private static double At(double[] sorted, double part) => sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * part))];
}
