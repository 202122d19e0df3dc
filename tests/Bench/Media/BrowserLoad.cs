using System.Diagnostics;
using System.Net;
using Interop.Bridges.Media;
using Interop.Bridges.Media.Codecs;
using Interop.Bridges.Wire.Rtp.Dtls;
using Interop.Tests.Unit.Media.Browsers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Interop.Tests.Bench.Media;

/// <summary>Browsers on one port: how long a handshake takes them, and what their voice costs beside that of phones.</summary>
internal static class BrowserLoad
{
    private const int LegsPerRoom = 10;
    private const int WarmUpTicks = 100;
    private const int MeasuredTicks = 250;

    /// <summary>As Chromium does.</summary>
    private const int TicksBetweenChecks = 125;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    /// <summary>Prints both; false when a browser is not let in, hears nothing, or the engine allocates in steady state.</summary>
    /// <param name="clients">How many, a multiple of ten.</param>
    /// <param name="output">Where it is printed.</param>
    public static bool Run(int clients, TextWriter output) =>
        Handshakes(clients, "the first", output) & Handshakes(2 * clients, "more", TextWriter.Null) & Handshakes(clients, "warm", output) & Voices(clients / LegsPerRoom, output);

    /// <summary>One after the other at an engine that runs, whose poll of 5 ms is in the figure: what a page waits for.</summary>
    private static bool Handshakes(int clients, string which, TextWriter output)
    {
        var engine = MakeEngine(TimeProvider.System);
        engine.Start();
        engine.WarmUpBrowsers();
        var browsers = new List<TestBrowser>();
        var times = new List<double>();
        var busy = TimeSpan.Zero;
        for (var i = 0; i < clients; i++)
        {
            var browser = Open(engine, $"{i / LegsPerRoom}", $"{i}");
            browsers.Add(browser);
            var (started, before) = (Stopwatch.GetTimestamp(), Busy());
            browser.BeginHandshake();
            if (!Waited(browser, () => browser.IsConnected, step: null)) break;
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            busy += Busy() - before;
        }

        End(engine, browsers);
        times.Sort();
        if (times.Count == 0) return false;
        output.WriteLine(
            $"browsers, {which} DTLS handshakes, {times.Count} of {clients}: p50 {At(0.5):F1}, p90 {At(0.9):F1}, p99 {At(0.99):F1} ms; {busy.TotalMilliseconds / times.Count:F1} ms of processor for both ends");
        return times.Count == clients;

        double At(double part) => times[(int)(part * (times.Count - 1))];
    }

    /// <summary>Rooms of ten with one talker each, stepped by hand as fast as they go, as phones are in <see cref="MediaLoad"/>.</summary>
    private static bool Voices(int rooms, TextWriter output)
    {
        var sound = MediaLoad.Run(rooms, output, out var phones);
        var clock = new SteppedClock();
        var engine = MakeEngine(clock);
        var browsers = new List<TestBrowser>();
        for (var i = 0; i < rooms * LegsPerRoom; i++)
        {
            var browser = Open(engine, $"{i / LegsPerRoom}", $"{i}", engine.Step);
            browsers.Add(browser);
            browser.BeginHandshake();
            if (!Waited(browser, () => browser.IsConnected, engine.Step)) return false;
            // The hub has its keys a moment after the browser has.
            var (room, leg) = ($"{i / LegsPerRoom}", $"{i}");
            if (i % LegsPerRoom == 0 && !Waited(browser, () => engine.Talk(room, leg, TimeSpan.FromHours(1)), engine.Step)) return false;
        }

        var voice = Voice();
        var silence = new byte[voice.Length];
        Array.Fill(silence, (byte)0xFF);
        long elapsed = 0, allocated = 0, heard = 0;
        for (var tick = 0; tick < WarmUpTicks + MeasuredTicks; tick++)
        {
            for (var i = 0; i < browsers.Count; i++)
            {
                browsers[i].Speak(i % LegsPerRoom == 0 ? voice : silence);
                if ((tick + i) % TicksBetweenChecks == 0) browsers[i].Check();
            }

            var bytes = GC.GetAllocatedBytesForCurrentThread();
            var started = Stopwatch.GetTimestamp();
            for (var poll = 0; poll < 4; poll++)
            {
                clock.Advance(TimeSpan.FromMilliseconds(5));
                engine.Step();
            }

            if (tick >= WarmUpTicks)
            {
                elapsed += Stopwatch.GetTimestamp() - started;
                allocated += GC.GetAllocatedBytesForCurrentThread() - bytes;
            }

            for (var i = 0; i < browsers.Count; i++)
            {
                var before = browsers[i].Packets;
                browsers[i].Pump();
                if (i % LegsPerRoom != 0 && tick >= WarmUpTicks && browsers[i].Heard.AsSpan().ContainsAnyExcept((byte)0xFF, (byte)0x7F)) heard += browsers[i].Packets - before;
            }
        }

        End(engine, browsers);
        var cost = Stopwatch.GetElapsedTime(0, elapsed).TotalMilliseconds / (browsers.Count * MeasuredTicks * 0.02);
        var expected = (long)rooms * (LegsPerRoom - 1) * MeasuredTicks;
        output.WriteLine(
            $"browsers {rooms,3} x {LegsPerRoom}: {cost:F3} ms per leg-second, {cost / phones:F2} x phones, {allocated} bytes allocated, {heard} of {expected} frames heard");
        return sound & allocated == 0 && heard >= expected * 98 / 100;
    }

    private static MediaEngine MakeEngine(TimeProvider clock) => new(
        new MediaOptions { BrowserPort = 0, BrowserBind = [IPAddress.Loopback] }, clock, NullLogger<MediaEngine>.Instance, identity: DtlsIdentity.Create(TimeProvider.System));

    private static TestBrowser Open(MediaEngine engine, string room, string leg, Action? step = null)
    {
        var browser = new TestBrowser();
        browser.Aim(engine.OpenBrowser(room, leg, browser.Offer(), out var refusal) ?? throw new InvalidOperationException($"{refusal}"));
        // Until the tick has the lane, its checks are a stranger's.
        Waited(browser, () => browser.Confirmed > 0, step, again: () => browser.Check(nominates: true));
        return browser;
    }

    private static bool Waited(TestBrowser browser, Func<bool> isSo, Action? step, Action? again = null)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < s_patience)
        {
            again?.Invoke();
            step?.Invoke();
            browser.Wait(TimeSpan.FromMilliseconds(step is null ? 10 : 0));
            browser.Pump();
            if (isSo()) return true;
        }

        return false;
    }

    private static void End(MediaEngine engine, List<TestBrowser> browsers)
    {
        foreach (var browser in browsers) browser.Dispose();
        engine.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private static TimeSpan Busy() => Process.GetCurrentProcess().TotalProcessorTime;

    private static byte[] Voice()
    {
        var linear = new short[AudioFrame.Samples];
        var frame = new byte[linear.Length];
        for (var i = 0; i < frame.Length; i++) linear[i] = (short)(8000 * Math.Sin(2 * Math.PI * 500 * i / AudioFrame.SampleRate));
        G711.EncodeMuLaw(linear, frame);
        return frame;
    }
}
