using System.Security.Claims;
using System.Threading.Channels;
using Interop.Hub.Contracts;
using Microsoft.AspNetCore.SignalR;

namespace Interop.Console.Host.Live;

/// <summary>What is on its way to one browser, in order.</summary>
/// <remarks>
/// Written to by whoever has news, from any thread and without waiting; sent by one loop. When a browser is so slow that
/// the queue is full, its connection is cut: it comes back for a snapshot, and meanwhile shows that it is stale. To drop
/// one change instead would leave it wrong and looking well.
/// </remarks>
internal sealed class BrowserFeed
{
    private const int Capacity = 512;

    private readonly Channel<Message> _queue = Channel.CreateBounded<Message>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly HubCallerContext _connection;

    public BrowserFeed(HubCallerContext connection, Actor actor)
    {
        _connection = connection;
        Actor = actor;
    }

    public string Id => _connection.ConnectionId;

    /// <summary>On whose behalf the browser looks.</summary>
    public Actor Actor { get; }

    public ClaimsPrincipal User => _connection.User ?? new ClaimsPrincipal();

    /// <summary>Whether the connection has ended.</summary>
    public bool IsOver => _connection.ConnectionAborted.IsCancellationRequested;

    public void Send(string name, object content)
    {
        if (_queue.Writer.TryWrite(new Message(name, content)))
            return;
        LiveMeter.Overrun();
        Cut();
    }

    public void Cut() => _connection.Abort();

    /// <summary>Sends what is on its way, and then ends the connection.</summary>
    public void End() => _queue.Writer.TryComplete();

    /// <summary>Sends until the connection ends.</summary>
    public async Task Run(IClientProxy browser)
    {
        try
        {
            await foreach (var message in _queue.Reader.ReadAllAsync(_connection.ConnectionAborted))
                await browser.SendAsync(message.Name, message.Content, _connection.ConnectionAborted);
            Cut();
        }
        catch (OperationCanceledException) when (_connection.ConnectionAborted.IsCancellationRequested)
        {
            // The browser left; that is how every feed ends.
        }
        catch (Exception)
        {
            // What a broken connection throws depends on its transport, and all of it means the same.
            Cut();
        }
    }

    private readonly record struct Message(string Name, object Content);
}
