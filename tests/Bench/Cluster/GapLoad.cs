using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.Transports;
using Interop.Bridges.Wire.Sip.UserAgent;
using Microsoft.Extensions.Logging.Abstractions;

namespace Interop.Tests.Bench.Cluster;

/// <summary>What is measured: so many rooms of so many phones by way of a proxy, the node that is hit, by what, and for how long it is watched.</summary>
internal sealed record GapPlan(IPEndPoint Hub, int Rooms, int Legs, string Node, TimeSpan Watch, string Command);

/// <summary>Says how long the listeners of a cluster miss their talker when something happens to a node.</summary>
/// <remarks>The gap is the longest absence of the talker's tone by arrival time, over the legs that were anchored or signalled on the node hit.</remarks>
internal sealed class GapLoad : ISipApplication
{
    /// <summary>The code of the first room; the others follow.</summary>
    public const int FirstRoom = 500_000;

    private const int CallsAtOnce = 8;
    private static readonly TimeSpan s_calm = TimeSpan.FromSeconds(3);

    /// <summary>A provisioning file with so many rooms.</summary>
    public static string Provisioning(int rooms) => $$"""
        {
          "agencies": [ { "id": "load", "name": "Load", "level": "city" } ],
          "trunks": [ { "id": "load", "agency": "load", "from": ["127.0.0.0/8"] } ],
          "rooms": [ {{string.Join(",\n", Enumerable.Range(FirstRoom, rooms).Select(static code => $$"""{ "code": "{{code}}", "title": "Load {{code}}", "owner": "load", "admits": ["trunk:load"] }"""))}} ]
        }
        """;

    /// <summary>Runs one round and prints it; false when a call failed or ended.</summary>
    public static async Task<bool> RunAsync(GapPlan plan, TextWriter output)
    {
        using var random = RandomNumberGenerator.Create();
        await using var stack = new SipStack(new SipOptions { Port = 0, UserAgent = "gaps" }, TimeProvider.System, NullLoggerFactory.Instance, new GapLoad(), random);
        await stack.StartAsync(CancellationToken.None);
        var phones = Enumerable.Range(0, plan.Rooms * plan.Legs).Select(number => new GapPhone($"{FirstRoom + number / plan.Legs}", number % plan.Legs == 0)).ToArray();
        using var stop = new CancellationTokenSource();
        var sending = new Thread(() => Send(phones, stop.Token)) { IsBackground = true, Priority = ThreadPriority.AboveNormal };
        sending.Start();
        var failed = 0;
        await Parallel.ForEachAsync(phones.Index(), new ParallelOptions { MaxDegreeOfParallelism = CallsAtOnce }, async (phone, _) =>
        {
            if (await phone.Item.CallAsync(stack, plan.Hub, phone.Index) is not { } why) return;
            Interlocked.Increment(ref failed);
            output.WriteLine($"room {phone.Item.Room}: {why}");
        });
        await Task.Delay(s_calm, TimeProvider.System);
        var hit = phones.Where(phone => !phone.Talks && (phone.Nodes.Voice == plan.Node || phone.Nodes.Signalling == plan.Node)).ToArray();
        var anchored = phones.Where(phone => phone.Nodes.Voice == plan.Node).ToArray();

        var begun = Stopwatch.GetTimestamp();
        using (var act = Process.Start("bash", ["-c", plan.Command])) await act.WaitForExitAsync();
        var acted = Stopwatch.GetElapsedTime(begun);
        await Task.Delay(plan.Watch, TimeProvider.System);
        var ended = Stopwatch.GetTimestamp();

        var gaps = hit.Select(phone => phone.Gap(begun, ended).TotalMilliseconds).Order().ToArray();
        output.WriteLine(
            $"{plan.Command}: {gaps.Length} listeners of {anchored.Select(phone => phone.Room).Distinct().Count()} rooms on {plan.Node}, gap p50 {At(gaps, 0.5):F0} p95 {At(gaps, 0.95):F0} max {At(gaps, 1):F0} ms, "
            + $"{anchored.Sum(phone => phone.After(plan.Node, begun))} packets of the old place after take-over, {phones.Count(phone => phone.End is not null)} calls ended, {failed} failed; the command took {acted.TotalSeconds:F1} s");
        var sound = failed == 0 && phones.All(phone => phone.End is null);
        await Task.WhenAll(phones.Select(phone => phone.HangUpAsync()));
        await stop.CancelAsync();
        sending.Join();
        foreach (var phone in phones) phone.Dispose();
        return sound;
    }

    public ValueTask OnInviteAsync(IncomingCall call, CancellationToken cancellation)
    {
        call.Reject(new SipReply(486));
        return ValueTask.CompletedTask;
    }

    public ValueTask<SipReply?> OnRequestAsync(SipRequest request, SipSource source, CancellationToken cancellation) => ValueTask.FromResult<SipReply?>(null);

    private static void Send(GapPhone[] phones, CancellationToken stop)
    {
        var next = Stopwatch.GetTimestamp();
        while (!stop.IsCancellationRequested)
        {
            foreach (var phone in phones) phone.Send();
            next += Stopwatch.Frequency / 50;
            var wait = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), next);
            if (wait > TimeSpan.Zero) stop.WaitHandle.WaitOne(wait);
        }
    }

    private static double At(double[] sorted, double part) => sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * part))];
}
