using System.Diagnostics;
using System.Net;
using Interop.Bridges.Media;
using Interop.Bridges.Media.Codecs;
using Interop.Bridges.Media.Endpoints;
using Interop.Bridges.Media.Legs;
using Interop.Bridges.Media.Sockets;
using Microsoft.Extensions.Logging.Abstractions;

namespace Interop.Tests.Bench.Media;

/// <summary>Rooms of ten legs with one talker each, over real sockets, stepped by hand as fast as they go.</summary>
internal static class MediaLoad
{
    private const int LegsPerRoom = 10;
    private const int WarmUpTicks = 100;
    private const int MeasuredTicks = 250;
    private static readonly PayloadFormat s_pcmu = new(0, RtpFormat.Pcmu);

    /// <summary>Prints the engine's own cost per leg-second; false when it allocates in steady state or a listener hears nothing.</summary>
    public static bool Run(TextWriter output)
    {
        var sound = true;
        foreach (var rooms in (int[])[1, 10, 30]) sound &= Run(rooms, output, out _);
        return sound;
    }

    /// <summary>The same for so many rooms.</summary>
    /// <param name="rooms">How many.</param>
    /// <param name="output">Where it is printed.</param>
    /// <param name="cost">In ms per leg-second.</param>
    public static bool Run(int rooms, TextWriter output, out double cost)
    {
        var clock = new SteppedClock();
        var engine = new MediaEngine(new MediaOptions { Ports = new PortRange(36_000, 37_999) }, clock, NullLogger<MediaEngine>.Instance);
        var phones = new List<RtpEndpoint>();
        for (var room = 0; room < rooms; room++)
            for (var leg = 0; leg < LegsPerRoom; leg++) phones.Add(Open(engine, $"{room}", $"{leg}"));

        var voice = Voice();
        var silence = new short[AudioFrame.Samples];
        var frame = new short[AudioFrame.Samples];
        long elapsed = 0, allocated = 0, heard = 0;
        for (var tick = 0; tick < WarmUpTicks + MeasuredTicks; tick++)
        {
            for (var i = 0; i < phones.Count; i++) phones[i].Send(i % LegsPerRoom == 0 ? voice : silence);
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

            for (var i = 0; i < phones.Count; i++)
                while (phones[i].TryReceive(frame, out var samples))
                    if (i % LegsPerRoom != 0 && tick >= WarmUpTicks && samples > 0 && frame.AsSpan().ContainsAnyExceptInRange<short>(-100, 100)) heard++;
        }

        foreach (var phone in phones) phone.Dispose();
        engine.DisposeAsync().AsTask().GetAwaiter().GetResult();

        var legSeconds = phones.Count * MeasuredTicks * AudioFrame.Duration.TotalSeconds;
        var expected = (long)rooms * (LegsPerRoom - 1) * MeasuredTicks;
        cost = Stopwatch.GetElapsedTime(0, elapsed).TotalMilliseconds / legSeconds;
        output.WriteLine($"media {rooms,3} x {LegsPerRoom}: {cost:F3} ms per leg-second, {allocated} bytes allocated, {heard} of {expected} frames heard");
        return allocated == 0 && heard >= expected * 98 / 100;
    }

    private static RtpEndpoint Open(MediaEngine engine, string room, string leg)
    {
        var phone = new RtpEndpoint(new IPEndPoint(IPAddress.Loopback, 0), s_pcmu, ssrc: 1);
        var port = engine.OpenPhoneAsync(room, leg, new PhoneSettings()).GetAwaiter().GetResult() ?? throw new InvalidOperationException("Ports 36000-37999 are in use.");
        phone.Remote = port.Local;
        engine.SetRemote(room, leg, new PhoneRemote { Rtp = phone.Local, Send = s_pcmu, Accept = [s_pcmu] });
        return phone;
    }

    private static short[] Voice()
    {
        var frame = new short[AudioFrame.Samples];
        for (var i = 0; i < frame.Length; i++) frame[i] = (short)(8000 * Math.Sin(2 * Math.PI * 500 * i / AudioFrame.SampleRate));
        return frame;
    }
}
