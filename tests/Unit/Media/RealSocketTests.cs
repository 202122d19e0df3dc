using System.Net;
using Interop.Bridges.Media;
using Interop.Bridges.Media.Codecs;
using Interop.Bridges.Media.Endpoints;
using Interop.Bridges.Media.Legs;
using Interop.Bridges.Media.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Interop.Tests.Unit.Media;

public sealed class RealSocketTests
{
    private static readonly PayloadFormat s_pcmu = new(0, RtpFormat.Pcmu);
    private static readonly PayloadFormat s_pcma = new(8, RtpFormat.Pcma);

    [Fact]
    public async Task Three_phones_hear_the_other_two_and_not_themselves()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var engine = new MediaEngine(new MediaOptions { Ports = new PortRange(39_000, 39_099) }, TimeProvider.System, NullLogger<MediaEngine>.Instance);
        engine.Start();
        Tone[] tones = [new(440), new(1000), new(1730)];
        PayloadFormat[] formats = [s_pcmu, s_pcma, s_pcmu];
        var phones = new RtpEndpoint[3];
        for (var i = 0; i < phones.Length; i++)
        {
            phones[i] = new RtpEndpoint(new IPEndPoint(IPAddress.Loopback, 0), formats[i], ssrc: 100u + (uint)i);
            var port = await engine.OpenPhoneAsync("room", $"{i}", new PhoneSettings(), cancel);
            Assert.NotNull(port);
            phones[i].Remote = port.Local;
            Assert.True(engine.SetRemote("room", $"{i}", new PhoneRemote { Rtp = phones[i].Local, Send = formats[i], Accept = [formats[i]] }));
        }

        var heard = await TalkAsync(phones, tones, seconds: 1.5, cancel);
        for (var i = 0; i < phones.Length; i++)
        {
            // The last second: latching, detection and playout delay are behind it.
            var last = heard[i].Skip(heard[i].Count - AudioFrame.SampleRate).ToArray();
            for (var other = 0; other < tones.Length; other++)
            {
                var amplitude = TypicalAmplitude(tones[other].Frequency, last);
                if (other == i) Assert.True(amplitude < 200, $"phone {i} hears itself at {amplitude:F0}");
                else Assert.True(amplitude > 5000, $"phone {i} hears phone {other} at only {amplitude:F0}");
            }

            phones[i].Dispose();
        }
    }

    /// <summary>The median over tenths of a second: a busy machine delays a burst of frames, and what is then concealed says nothing of the mix.</summary>
    private static double TypicalAmplitude(double frequency, short[] heard)
    {
        var tenths = heard.Chunk(AudioFrame.SampleRate / 10).Select(tenth => Tone.AmplitudeOf(frequency, tenth)).Order().ToArray();
        return tenths[tenths.Length / 2];
    }

    private static async Task<List<short>[]> TalkAsync(RtpEndpoint[] phones, Tone[] tones, double seconds, CancellationToken cancel)
    {
        var heard = phones.Select(_ => new List<short>()).ToArray();
        var frame = new short[AudioFrame.Samples];
        using var pace = new PeriodicTimer(AudioFrame.Duration);
        for (var tick = 0; tick < seconds * 50; tick++)
        {
            await pace.WaitForNextTickAsync(cancel);
            for (var i = 0; i < phones.Length; i++)
            {
                phones[i].Send(tones[i].Next(), marker: tick == 0);
                while (phones[i].TryReceive(frame, out var samples)) heard[i].AddRange(frame[..samples]);
            }
        }

        return heard;
    }
}
