using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Interop.Hub.Grains.Nodes;

/// <summary>Answers those who watch this node, and tells them its rooms.</summary>
internal sealed partial class WatchListener(Members members, AnchoredRooms anchored, ILogger<WatchListener> log) : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    /// <summary>Far more than a cluster has nodes.</summary>
    private const int MostWatchers = 64;
    private static readonly TimeSpan AcceptAgain = TimeSpan.FromMilliseconds(100);

    /// <summary>Lines that may wait for a watcher that does not read; one that has more is cut off, and comes again for all of them.</summary>
    private const int MostLines = 65_536;

    private readonly ConcurrentDictionary<Socket, Channel<string>> watchers = [];
    private Socket? listening;

    // Before the node is a member: one whose port is taken does not become one.
    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(nameof(WatchListener), ServiceLifecycleStage.RuntimeServices, _ =>
    {
        Listen();
        return Task.CompletedTask;
    });

    public void Dispose() => listening?.Dispose();

    /// <summary>Answers until the token is cancelled; then says goodbye.</summary>
    public Task Run(CancellationToken stop) => Task.Run(() => Run(listening!, stop), CancellationToken.None);

    private void Listen()
    {
        listening = new Socket(members.Address.Endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listening.Bind(PeerLink.WatchedAt(members.Address));
            listening.Listen();
        }
        catch (SocketException taken)
        {
            listening.Dispose();
            throw new InvalidOperationException($"Cluster:SiloPort: the port after it, {PeerLink.WatchedAt(members.Address)}, cannot be opened: {taken.Message}", taken);
        }
    }

    private async Task Run(Socket listener, CancellationToken stop)
    {
        var serving = new List<Task>();
        using (listener)
            try
            {
                while (true)
                {
                    if (await Accept(listener, stop) is not { } socket)
                        continue;
                    serving.RemoveAll(static done => done.IsCompleted);
                    if (serving.Count < MostWatchers && IsKnown(socket))
                        serving.Add(Task.Run(() => Serve(socket), CancellationToken.None));
                    else
                        socket.Dispose();
                }
            }
            catch (OperationCanceledException)
            {
                // The node stops in order: whoever watches is not to take its silence for a loss.
                foreach (var (_, lines) in watchers)
                {
                    lines.Writer.TryWrite(WatchLine.Bye);
                    lines.Writer.TryComplete();
                }

                await Task.WhenAll(serving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
    }

    /// <summary>The next connection; null when it came to nothing, as with no file left to open: a port that closed for that would look like a node that is gone.</summary>
    private static async Task<Socket?> Accept(Socket listener, CancellationToken stop)
    {
        try
        {
            return await listener.AcceptAsync(stop);
        }
        catch (SocketException)
        {
            await Task.Delay(AcceptAgain, TimeProvider.System, stop);
            return null;
        }
    }

    /// <summary>Members, and whoever is on this machine.</summary>
    private bool IsKnown(Socket socket) =>
        socket.RemoteEndPoint is IPEndPoint from && (IPAddress.IsLoopback(from.Address) || members.Others.Any(silo => silo.Endpoint.Address.Equals(from.Address)));

    private async Task Serve(Socket socket)
    {
        socket.NoDelay = true;
        var lines = Channel.CreateBounded<string>(new BoundedChannelOptions(MostLines) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
        void Tell(AnchorNews news) => Put(WatchLine.Of(news));
        void Put(string line)
        {
            if (!lines.Writer.TryWrite(line))
                lines.Writer.TryComplete();
        }

        using (socket)
            try
            {
                Put(WatchLine.Hello(members.Address));
                watchers[socket] = lines;
                anchored.Listen(Tell);
                using var ended = new CancellationTokenSource();
                var answering = Answer(socket, Put, ended.Token);
                await Send(socket, lines.Reader, answering);
                await ended.CancelAsync();
                await answering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (SocketException ended)
            {
                LogEnded(ended.SocketErrorCode);
            }
            finally
            {
                anchored.Leave(Tell);
                watchers.TryRemove(socket, out _);
            }
    }

    private async Task Answer(Socket socket, Action<string> put, CancellationToken ended)
    {
        var reader = new LineReader(socket);
        SiloAddress? watcher = null;
        while (await reader.Next(ended) is { } line)
            if (WatchLine.TryHello(line, out var silo))
                watcher = silo;
            else if (watcher is not null && WatchLine.TryPing(line, out var number) && members.Knows(watcher) is { } alive)
                put(WatchLine.Pong(number, alive));
    }

    private static async Task Send(Socket socket, ChannelReader<string> lines, Task until)
    {
        var text = new StringBuilder();
        while (await Task.WhenAny(lines.WaitToReadAsync().AsTask(), until) != until && await lines.WaitToReadAsync())
        {
            text.Clear();
            while (text.Length < 16 * 1024 && lines.TryRead(out var line))
                text.Append(line).Append('\n');
            await socket.SendAsync(Encoding.ASCII.GetBytes(text.ToString()));
        }
    }

    [LoggerMessage(1605, LogLevel.Debug, "A node that watched this one broke off: {Error}")]
    private partial void LogEnded(SocketError error);
}
