using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Interop.Bridges.Media;
using Interop.Bridges.Media.Codecs;
using Interop.Bridges.Media.Endpoints;
using Interop.Bridges.Media.Legs;
using Interop.Bridges.Media.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Interop.Tests.Unit.Media;

public sealed class RadioMulticastTests
{
    private static readonly PayloadFormat s_pcmu = new(0, RtpFormat.Pcmu);

    [Theory]
    [InlineData("239.193.7.1:38004", "239.193.7.2:38004")]
    [InlineData("239.193.7.3:38006", "239.193.7.3:38006")]
    [InlineData("127.0.0.1:38008", "127.0.0.1:38010")]
    [InlineData("127.0.0.1:38012", "239.193.7.4:38012")]
    [InlineData("[::1]:38014", "[::1]:38016")]
    public Task A_gateway_hears_the_phone_and_the_phone_hears_the_gateway(string receive, string transmit) => BothAreHeard(receive, transmit, null);

    [Theory]
    [InlineData("[ff15::7:1]:38018", "[ff15::7:2]:38018")]
    [InlineData("[ff02::7:3]:38020", "[ff02::7:3]:38020")]
    public Task So_they_do_in_groups_of_ipv6(string receive, string transmit)
    {
        var local = NetworkInterface.GetAllNetworkInterfaces()
            .Where(network => network is { OperationalStatus: OperationalStatus.Up, SupportsMulticast: true } && network.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .FirstOrDefault(unicast => unicast.Address.AddressFamily == AddressFamily.InterNetworkV6)?.Address;
        Assert.SkipUnless(local is not null, "no interface here has an IPv6 address and multicast; the loopback has none of IPv6");
        return BothAreHeard(receive, transmit, local);
    }

    private static async Task BothAreHeard(string receive, string transmit, IPAddress? local)
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var engine = new MediaEngine(new MediaOptions { Ports = new PortRange(39_100, 39_199) }, TimeProvider.System, NullLogger<MediaEngine>.Instance);
        engine.Start();
        var settings = new RadioSettings { Receive = IPEndPoint.Parse(receive), Transmit = IPEndPoint.Parse(transmit), Interface = local, Ttl = 0 };
        Assert.Null(await engine.OpenRadioAsync("room", "radio", settings, cancel));
        using var gateway = new RtpEndpoint(settings.Transmit, s_pcmu, ssrc: 2, local) { Remote = settings.Receive };
        using var phone = new RtpEndpoint(new IPEndPoint(IPAddress.Loopback, 0), s_pcmu, ssrc: 1);
        var port = await engine.OpenPhoneAsync("room", "phone", new PhoneSettings(), cancel);
        phone.Remote = port!.Local;
        engine.SetRemote("room", "phone", new PhoneRemote { Rtp = phone.Local, Send = s_pcmu, Accept = [s_pcmu] });

        Tone radioTone = new(1100), phoneTone = new(500);
        List<short> atPhone = [], atGateway = [];
        var (saidByRadio, frame) = (0, new short[AudioFrame.Samples]);
        using var pace = new PeriodicTimer(AudioFrame.Duration);

        // Each talks until it is heard, or for far longer than a busy machine takes.
        await Until(25, () => Heard(1100, atPhone) > 3000, () =>
        {
            gateway.Send(radioTone.Next(), marker: saidByRadio++ == 0);
            phone.Send(new short[AudioFrame.Samples]);
        });
        await Until(45, () => engine.Read("room", "radio")?.PacketsIn == saidByRadio, () => phone.Send(new short[AudioFrame.Samples]));
        await Until(25, () => Heard(500, atGateway) > 5000 && engine.Read("room", "radio")?.PacketsOut > 15, () => phone.Send(phoneTone.Next()));

        Assert.True(Heard(1100, atPhone) > 3000, "the phone hears the radio");
        Assert.True(Heard(500, atGateway) > 5000, $"the gateway hears the phone: {atGateway.Count} samples");
        Assert.True(Tone.AmplitudeOf(1100, [.. atGateway]) < 100, "the gateway does not hear itself");
        Assert.Equal(saidByRadio, engine.Read("room", "radio")!.PacketsIn);

        async Task Until(int enough, Func<bool> come, Action say)
        {
            const int atMost = 1500;
            for (var tick = 0; tick < enough || (tick < atMost && !come()); tick++)
            {
                await pace.WaitForNextTickAsync(cancel);
                say();
                while (phone.TryReceive(frame, out var samples)) atPhone.AddRange(frame[..samples]);
                while (gateway.TryReceive(frame, out var samples)) atGateway.AddRange(frame[..samples]);
            }
        }
    }

    /// <summary>The loudest fifth of a second of a tone.</summary>
    private static double Heard(double hertz, List<short> sound) =>
        sound.Chunk(AudioFrame.SampleRate / 5).Select(fifth => Tone.AmplitudeOf(hertz, fifth)).DefaultIfEmpty().Max();
}
