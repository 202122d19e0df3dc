using System.Net;
using System.Net.Sockets;
using Interop.Bridges.Media;
using Interop.Bridges.Media.Codecs;
using Interop.Bridges.Media.Endpoints;
using Interop.Bridges.Media.Legs;
using Interop.Bridges.Media.Sockets;
using Interop.Bridges.Wire.Rtp;
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
        await using var engine = new MediaEngine(new MediaOptions { Ports = new PortRange(39_000, 39_099), AutomaticLevel = false }, TimeProvider.System, NullLogger<MediaEngine>.Instance);
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

        var heard = await TalkAsync(phones, tones, cancel);
        for (var i = 0; i < phones.Length; i++)
        {
            for (var other = 0; other < tones.Length; other++)
            {
                var amplitude = TypicalAmplitude(tones[other].Frequency, LastSecond(heard[i]));
                if (other == i) Assert.True(amplitude < 200, $"phone {i} hears itself at {amplitude:F0}");
                else Assert.True(amplitude > 5000, $"phone {i} hears phone {other} at only {amplitude:F0}");
            }

            phones[i].Dispose();
        }
    }

    [Fact]
    public async Task A_phone_of_ipv6_is_heard_and_spoken_to_beside_those_of_ipv4()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "this machine has no IPv6");
        var cancel = TestContext.Current.CancellationToken;
        var options = new MediaOptions { Ports = new PortRange(39_200, 39_299), Bind = [IPAddress.Loopback, IPAddress.IPv6Loopback] };
        await using var engine = new MediaEngine(options, TimeProvider.System, NullLogger<MediaEngine>.Instance);
        engine.Start();
        using var phone = new Socket(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp);
        phone.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
        var said = (IPEndPoint)phone.LocalEndPoint!;

        var older = await engine.OpenPhoneAsync("room", "older", new PhoneSettings(), cancel);
        var port = await engine.OpenPhoneAsync("room", "phone", new PhoneSettings { Family = AddressFamily.InterNetworkV6 }, cancel);
        Assert.Equal((IPAddress.Loopback, IPAddress.IPv6Loopback), (older!.Local.Address, port!.Local.Address));
        engine.SetRemote("room", "phone", new PhoneRemote { Rtp = said, Send = s_pcmu, Accept = [s_pcmu] });
        await engine.WhenAppliedAsync(cancel);

        using var pace = new PeriodicTimer(AudioFrame.Duration);
        var packet = new byte[172];
        var heard = new byte[2000];
        for (ushort sequence = 0; sequence < 10; sequence++)
        {
            new RtpHeader { PayloadType = 0, Sequence = new SequenceNumber(sequence), Timestamp = sequence * 160u, Ssrc = 7 }.TryWrite(packet);
            phone.SendTo(packet, port.Local);
            await pace.WaitForNextTickAsync(cancel);
        }

        var received = await phone.ReceiveFromAsync(heard, new IPEndPoint(IPAddress.IPv6Any, 0)).WaitAsync(TimeSpan.FromSeconds(10), cancel);
        Assert.Equal(port.Local, received.RemoteEndPoint);
        Assert.Equal(said, engine.Read("room", "phone")!.Latched);
    }

    /// <summary>The median over tenths of a second: a busy machine delays a burst of frames, and what is then concealed says nothing of the mix.</summary>
    private static double TypicalAmplitude(double frequency, short[] heard)
    {
        var tenths = heard.Chunk(AudioFrame.SampleRate / 10).Select(tenth => Tone.AmplitudeOf(frequency, tenth)).Order().ToArray();
        return tenths[tenths.Length / 2];
    }

    private static short[] LastSecond(List<short> heard) => [.. heard.Skip(heard.Count - AudioFrame.SampleRate)];

    /// <summary>All talk until each has heard every other for a second, or for far longer than a busy machine takes.</summary>
    private static async Task<List<short>[]> TalkAsync(RtpEndpoint[] phones, Tone[] tones, CancellationToken cancel)
    {
        const int enough = 75, atMost = 1500;
        var heard = phones.Select(_ => new List<short>()).ToArray();
        var frame = new short[AudioFrame.Samples];
        using var pace = new PeriodicTimer(AudioFrame.Duration);
        for (var tick = 0; tick < enough || (tick < atMost && !AllHear(heard, tones)); tick++)
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

    private static bool AllHear(List<short>[] heard, Tone[] tones) => heard.Index().All(phone =>
        phone.Item.Count >= AudioFrame.SampleRate
        && tones.Index().All(tone => tone.Index == phone.Index || TypicalAmplitude(tone.Item.Frequency, LastSecond(phone.Item)) > 5000));
}
