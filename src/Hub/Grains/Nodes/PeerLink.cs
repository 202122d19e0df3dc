using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Interop.Hub.Contracts.Ids;
using Microsoft.Extensions.Logging;

namespace Interop.Hub.Grains.Nodes;

/// <summary>Watches one other node by a TCP connection: whether it lives, whether it hears this one, and which rooms it has.</summary>
/// <remarks>
/// A connection that drops proves nothing, and neither does one that cannot be made in time: a frozen node or a cut cable
/// look like that, and is for the vote. A refusal comes from the node's own machine, which says that the process is gone.
/// </remarks>
internal sealed partial class PeerLink : IAsyncDisposable
{
    private static readonly TimeSpan PingPeriod = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ConnectTime = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan RefusalPause = TimeSpan.FromMilliseconds(20);

    /// <summary>Pings whose time is remembered; an answer that is older proves nothing any more.</summary>
    private const int Remembered = 64;

    private readonly SiloAddress peer;
    private readonly Members members;
    private readonly AnchoredRooms anchored;
    private readonly Standing standing;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<RoomCode, long> rooms = [];
    private readonly long[] asked = new long[Remembered];
    private readonly Task running;
    private bool leaving;

    public PeerLink(SiloAddress peer, Members members, AnchoredRooms anchored, Standing standing, TimeProvider time, ILogger log)
    {
        (this.peer, this.members, this.anchored, this.standing) = (peer, members, anchored, standing);
        (this.time, this.log) = (time, log);
        running = Task.Run(Run);
    }

    /// <summary>The peer's rooms, with their epochs.</summary>
    public IReadOnlyCollection<KeyValuePair<RoomCode, long>> Rooms => rooms.ToArray();

    /// <summary>Where a node listens for those who watch it: the port after that of its silo.</summary>
    public static IPEndPoint WatchedAt(SiloAddress silo) => new(silo.Endpoint.Address, silo.Endpoint.Port + 1);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task Run()
    {
        var (known, refusals) = (false, 0);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (await Connect() is { } socket)
                {
                    var began = time.GetTimestamp();
                    using (socket)
                        known |= await Watch(socket);
                    refusals = 0;
                    // A drop is looked into at once, but not one that follows each connection.
                    if (known && !leaving && time.GetElapsedTime(began) > PingPeriod)
                        continue;
                }
                else if (known && !leaving && ++refusals == 2)
                {
                    await WriteOff("its machine refuses connections, so its process is gone");
                }
            }
            catch (SocketException)
            {
                refusals = 0;
            }
            catch (Exception failed) when (failed is not OperationCanceledException)
            {
                // A link that ended would leave this node unheard, and so without its voice.
                LogFailed(failed, peer);
            }

            await Task.Delay(refusals == 1 ? RefusalPause : PingPeriod, time, stop.Token);
        }
    }

    /// <summary>A connection; null when it is refused. Throws when it comes to nothing.</summary>
    private async Task<Socket?> Connect()
    {
        var socket = new Socket(peer.Endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        patience.CancelAfter(ConnectTime);
        try
        {
            // From this node's own address: the peer answers members alone.
            socket.Bind(new IPEndPoint(members.Address.Endpoint.Address, 0));
            await socket.ConnectAsync(WatchedAt(peer), patience.Token);
            return socket;
        }
        catch (Exception failed)
        {
            socket.Dispose();
            if (failed is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
                return null;
            if (failed is OperationCanceledException && !stop.IsCancellationRequested)
                throw new SocketException((int)SocketError.TimedOut);
            throw;
        }
    }

    /// <summary>Watches until the connection ends; true when it was the peer that answered.</summary>
    private async Task<bool> Watch(Socket socket)
    {
        var reader = new LineReader(socket);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        var asking = Ask(socket, ended.Token);
        try
        {
            if (await reader.Next(ended.Token) is not { } first || !WatchLine.TryHello(first, out var silo))
                return false;
            if (!silo!.Equals(peer))
            {
                await WriteOff("another process has its place");
                return false;
            }

            // What it had may have changed unseen; it says all of it again.
            rooms.Clear();
            while (await reader.Next(ended.Token) is { } line)
                Take(line);
            return true;
        }
        catch (SocketException)
        {
            return true;
        }
        finally
        {
            await ended.CancelAsync();
            await asking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Ask(Socket socket, CancellationToken ended)
    {
        await Send(socket, WatchLine.Hello(members.Address), ended);
        for (var number = 0L; !ended.IsCancellationRequested; number++)
        {
            Volatile.Write(ref asked[number % Remembered], time.GetTimestamp());
            await Send(socket, WatchLine.Ping(number), ended);
            await Task.Delay(PingPeriod, time, ended);
        }
    }

    private void Take(string line)
    {
        if (WatchLine.TryPong(line, out var number, out var alive))
        {
            if (alive)
                standing.Heard(this, Volatile.Read(ref asked[number % Remembered]));
            else
                standing.End();
        }
        else if (WatchLine.TryNews(line, out var news))
        {
            if (!news.Here)
                rooms.TryRemove(new(news.Room, news.Epoch));
            else
                anchored.Yield(news.Room, rooms[news.Room] = news.Epoch);
        }
        else if (line == WatchLine.Bye)
        {
            leaving = true;
        }
    }

    private async Task WriteOff(string why)
    {
        standing.Gone(this);
        LogGone(peer, why);
        while (!stop.IsCancellationRequested && !members.IsDead(peer))
        {
            try
            {
                if (await members.TryKill(peer))
                    return;
            }
            catch (Exception failed) when (failed is not OperationCanceledException)
            {
                LogNotWrittenOff(failed, peer);
            }

            await Task.Delay(ConnectTime, time, stop.Token);
        }
    }

    private static async ValueTask Send(Socket socket, string line, CancellationToken cancel) =>
        await socket.SendAsync(Encoding.ASCII.GetBytes(line + "\n"), cancel);

    [LoggerMessage(1603, LogLevel.Warning, "Node {Node} is lost: {Why}")]
    private partial void LogGone(SiloAddress node, string why);

    [LoggerMessage(1613, LogLevel.Error, "The link to node {Node} failed; it is made anew")]
    private partial void LogFailed(Exception exception, SiloAddress node);

    [LoggerMessage(1604, LogLevel.Warning, "Node {Node} is lost and cannot be written off now; trying again")]
    private partial void LogNotWrittenOff(Exception exception, SiloAddress node);
}
