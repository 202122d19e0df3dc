using System.Net;
using BenchmarkDotNet.Running;
using Interop.Tests.Bench.Cluster;
using Interop.Tests.Bench.Media;
using Interop.Tests.Bench.Sip;
using Interop.Tests.Bench.Storage;

// --smoke proves within seconds that the load runs still run; anything that is not named here is BenchmarkDotNet's.
switch (args)
{
    case ["--smoke"]:
        ParseLoad.Run(Console.Out);
        return MediaLoad.Run(Console.Out)
            & await CallsAsync(5, new CallPace(20, 5, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)))
            & await JournalLoad.RunAsync(TimeSpan.FromSeconds(1), withPostgres: false, Console.Out)
            & await GuessAsync(40, timesCount: false) ? 0 : 1;
    case ["--parse"]:
        ParseLoad.Run(Console.Out);
        return 0;
    case ["--browsers"]:
        return BrowserLoad.Run(50, Console.Out) ? 0 : 1;
    case ["--srtp"]:
        SrtpLoad.Run(Console.Out);
        return 0;
    case ["--calls", var rate, ..]:
        // The first calls compile the code on both sides, and then again what turned out to be hot: they warm up, and are printed too.
        return await CallsAsync(
            50,
            new CallPace(40, 50, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(8)),
            new CallPace(int.Parse(rate), 50, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20)),
            new CallPace(int.Parse(rate), 50, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20))) ? 0 : 1;
    case ["--calls-to", var hub, var rate, var rooms]:
        return await CallLoad.RunAsync(
            new CallPace(int.Parse(rate), int.Parse(rooms), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20)), IPEndPoint.Parse(hub), Console.Out) ? 0 : 1;
    case ["--journal"]:
        return await JournalLoad.RunAsync(TimeSpan.FromSeconds(10), withPostgres: true, Console.Out) ? 0 : 1;
    case ["--users", var times]:
        return await GuessAsync(int.Parse(times), timesCount: true) ? 0 : 1;
    case ["--gap-rooms", var rooms]:
        Console.Out.WriteLine(GapLoad.Provisioning(int.Parse(rooms)));
        return 0;
    case ["--gaps", var hub, var rooms, var legs, var node, var seconds, var command]:
        return await GapLoad.RunAsync(
            new GapPlan(IPEndPoint.Parse(hub), int.Parse(rooms), int.Parse(legs), node, TimeSpan.FromSeconds(int.Parse(seconds)), command), Console.Out) ? 0 : 1;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(MediaLoad).Assembly).Run(args);
        return 0;
}

static async Task<bool> CallsAsync(int rooms, params CallPace[] paces)
{
    await using var hub = await LoadHub.StartAsync(rooms);
    var sound = true;
    foreach (var pace in paces) sound &= await CallLoad.RunAsync(pace, new IPEndPoint(IPAddress.Loopback, hub.Port), Console.Out, () => hub.Busy);
    return sound;
}

static async Task<bool> GuessAsync(int times, bool timesCount)
{
    await using var hub = await LoadHub.StartAsync(1);
    return await GuessLoad.RunAsync(hub.Port, times, timesCount, Console.Out);
}
