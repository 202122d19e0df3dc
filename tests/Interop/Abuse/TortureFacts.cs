using System.Net;
using System.Net.Sockets;
using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Phones;
using Interop.Tests.Peers.Sound;

namespace Interop.Tests.Interop.Abuse;

/// <summary>Whoever is on the loopback is a trunk here: what is thrown gets as deep as it can.</summary>
public sealed class TortureLab() : LabFixture("torture");

/// <summary>The messages that RFC 4475 and RFC 5118 torture a parser with, thrown at a hub that has a call up.</summary>
[Collection(AloneCollection.Name)]
public sealed class TortureFacts(TortureLab lab) : IClassFixture<TortureLab>
{
    private const int LeastMessages = 50;
    private static readonly TimeSpan Judged = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task Every_published_message_leaves_the_hub_alive_and_the_call_without_a_hole()
    {
        var messages = Messages();
        Assert.SkipWhen(messages.Count == 0, "The published cases are not beside the repository");
        Assert.True(messages.Count > LeastMessages, $"Only {messages.Count} messages are there.");
        var talker = await lab.Phone("talker", 400);
        var listener = await lab.Phone("listener", 700);
        await talker.Call(lab.Hub.Sip("4201"));
        await listener.Call(lab.Hub.Sip("4201"));
        await Until.True("the listener to hear the talker", () => listener.Heard().Measure(400).Present > TimeSpan.FromSeconds(1));

        foreach (var message in messages)
        {
            await ThrowByUdp(message);
            await ThrowByTcp(message);
        }

        await Until.Elapsed(Judged);
        Ear.Hears(listener.Heard().Last(Judged + TimeSpan.FromSeconds(1)), 400, Judged, "The listener, under the messages,");
        Assert.True(talker.InCall && listener.InCall, "Both calls must still be up.");
        using var peer = new SipDatagram(lab.Hub.SipPort);
        Assert.StartsWith("SIP/2.0 200 ", await peer.Ask(Requests.Of("OPTIONS", "4201", peer.Address), Until.Soon), StringComparison.Ordinal);
        await talker.HangUp();
        await lab.Hpd.LegOf("4201", "talker", "gone");
    }

    private async Task ThrowByUdp(byte[] message)
    {
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        await socket.SendAsync(message, new IPEndPoint(IPAddress.Loopback, lab.Hub.SipPort));
    }

    private async Task ThrowByTcp(byte[] message)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, lab.Hub.SipPort);
        await socket.GetStream().WriteAsync(message);
    }

    /// <summary>The messages, from beside the repository or from where INTEROP_CASES says; none when they are not there.</summary>
    private static List<byte[]> Messages()
    {
        var named = Environment.GetEnvironmentVariable("INTEROP_CASES");
        var cases = string.IsNullOrEmpty(named) ? Path.Combine(Built.TestResults, "..", "..", "shared", "cases") : named;
        return [.. new[] { "rfc4475", "rfc5118" }
            .Select(set => Path.Combine(cases, "sip", set)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.dat").Order(StringComparer.Ordinal))
            .Select(File.ReadAllBytes)];
    }
}
