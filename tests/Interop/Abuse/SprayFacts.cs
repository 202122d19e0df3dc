using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Sound;

namespace Interop.Tests.Interop.Abuse;

public sealed class SprayLab() : LabFixture("spray");

/// <summary>A stranger sends voice to every port that the hub may have, before and during a call.</summary>
[Collection(AloneCollection.Name)]
public sealed class SprayFacts(SprayLab lab) : IClassFixture<SprayLab>
{
    private const double Spray = 1_300;
    private static readonly TimeSpan Packet = TimeSpan.FromMilliseconds(20);

    [Fact]
    public async Task Nothing_of_it_is_heard_and_nothing_is_sent_to_it()
    {
        using var stranger = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
        stranger.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.9"), 0));
        using var stop = new CancellationTokenSource();
        var spraying = SprayAsync(stranger, stop.Token);
        var talker = await lab.Phone("talks-under-spray", 400);
        var listener = await lab.Phone("hears-under-spray", 700);
        await talker.Call(lab.Hub.Sip("4201"));
        await listener.Call(lab.Hub.Sip("4201"));
        await Until.Elapsed(TimeSpan.FromSeconds(5));
        await stop.CancelAsync();
        var (sent, received) = await spraying;
        var heard = await listener.Finish();

        Assert.True(sent > 10_000, $"only {sent} packets were sprayed");
        Assert.True(received == 0, $"the stranger was sent {received} packets");
        Ear.Hears(heard, 400, TimeSpan.FromSeconds(3.5), "The listener");
        Ear.DoesNotHear(heard, Spray, 400, "The listener");
    }

    private async Task<(int Sent, int Received)> SprayAsync(Socket stranger, CancellationToken stop)
    {
        var (first, last) = lab.Hub.MediaPorts;
        var voice = ToneFile.Samples(new Stretch(Spray, TimeSpan.FromSeconds(1)));
        var packet = new byte[12 + 160];
        var (sent, received, sequence) = (0, 0, 0);
        while (!stop.IsCancellationRequested)
        {
            // PCMU, one source for all ports; each port hears a stream without a gap.
            packet[0] = 0x80;
            packet[1] = 0;
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)sequence);
            BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), (uint)(sequence * 160));
            BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), 0x5712A6E5);
            for (var i = 0; i < 160; i++) packet[12 + i] = MuLaw(voice[((sequence * 160) + i) % voice.Length]);
            sequence++;
            for (var port = first; port <= last; port++)
            {
                stranger.SendTo(packet, new IPEndPoint(IPAddress.Loopback, port));
                sent++;
            }

            while (stranger.Available > 0)
            {
                stranger.Receive(packet);
                received++;
            }

            await Until.Elapsed(Packet);
        }

        return (sent, received);
    }

    /// <summary>G.711, as its reference has it.</summary>
    private static byte MuLaw(short sample)
    {
        var magnitude = Math.Min(Math.Abs((int)sample), 32_635) + 132;
        var exponent = 31 - int.LeadingZeroCount(magnitude) - 7;
        return (byte)~((sample < 0 ? 0x80 : 0) | (exponent << 4) | ((magnitude >> (exponent + 3)) & 0xF));
    }
}
