using System.Net;
using System.Net.Sockets;
using System.Text;
using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;

namespace Interop.Tests.Interop.Abuse;

public sealed class ConnectionLab() : LabFixture("connections");

/// <summary>Calls over TCP whose callers are cut off leave nothing behind.</summary>
[Collection(AloneCollection.Name)]
public sealed class ConnectionFacts(ConnectionLab lab) : IClassFixture<ConnectionLab>
{
    private const int Calls = 500, AtOnce = 25;

    /// <summary>The console's own connections come and go.</summary>
    private const int Slack = 4;

    private static readonly TimeSpan Noticed = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Of_500_calls_over_tcp_whose_connections_are_reset_no_leg_port_or_connection_is_left()
    {
        var before = Sockets();

        for (var begun = 0; begun < Calls; begun += AtOnce)
            await Task.WhenAll(Enumerable.Range(begun, AtOnce).Select(CallAndReset));

        await Until.Found("the legs of the reset calls not to be up", async () => await UpLegs() == 0 ? "none" : null, Noticed);
        await Until.True("the sockets of the calls to be closed", () => Sockets() <= before + Slack, Noticed, () => $"{before} before, {Sockets()} now.");
        var phone = await lab.Phone("after", 400);
        await phone.Call(lab.Hub.Sip("4202"));
    }

    private async Task CallAndReset(int number)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        // Zero seconds to linger: closing resets the connection, as a crash or a firewall does.
        socket.LingerState = new LingerOption(true, 0);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, lab.Hub.SipPort));
        var invite = Requests.Invite("4201", socket.LocalEndPoint!.ToString()!).Replace("SIP/2.0/UDP", "SIP/2.0/TCP", StringComparison.Ordinal);
        await socket.SendAsync(Encoding.UTF8.GetBytes(invite));
        // A third is cut before any answer, a third while it rings or is answered, a third after the answer.
        var buffer = new byte[4_096];
        for (var answers = number % 3; answers > 0; answers--)
            await socket.ReceiveAsync(buffer);
    }

    private async Task<int> UpLegs() => (await lab.Hpd.Room("4201")).GetProperty("legs").EnumerateArray()
        .Count(leg => leg.GetProperty("status").GetString() is not ("gone" or "lost"));

    /// <summary>Sockets of any kind that the hub has open: signalling, voice, and the console's.</summary>
    private int Sockets() => Directory.EnumerateFileSystemEntries($"/proc/{lab.Hub.Id}/fd").Count(IsSocket);

    private static bool IsSocket(string entry) => new FileInfo(entry).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true;
}
