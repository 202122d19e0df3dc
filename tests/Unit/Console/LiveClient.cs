using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Interop.Tests.Unit.Console;

/// <summary>A connection to the live feed, in SignalR's JSON protocol.</summary>
internal sealed class LiveClient : IDisposable
{
    private const char EndOfMessage = '\u001e';

    private readonly ClientWebSocket _socket = new();
    private int _asked;

    public static async Task<LiveClient> Connect(Uri console, string token, CancellationToken cancel)
    {
        var client = new LiveClient();
        client._socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        await client._socket.ConnectAsync(new UriBuilder(console) { Scheme = "ws", Path = "/live" }.Uri, cancel);
        await client.Send("""{"protocol":"json","version":1}""", cancel);
        Assert.Equal("{}", (await client.Receive(cancel)).GetRawText());
        return client;
    }

    /// <summary>Calls a method, and gives the message that completes it.</summary>
    /// <param name="method">Its name.</param>
    /// <param name="arguments">As JSON, with commas between them.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<JsonElement> Ask(string method, string arguments, CancellationToken cancel)
    {
        var id = $"{++_asked}";
        await Send($$"""{"type":1,"invocationId":"{{id}}","target":"{{method}}","arguments":[{{arguments}}]}""", cancel);
        JsonElement answer;
        do
            answer = await Receive(cancel);
        while (!(answer.GetProperty("type").GetInt32() == 3 && answer.Text("invocationId") == id));
        return answer;
    }

    /// <summary>The next message for a target.</summary>
    public async Task<JsonElement> Next(string target, CancellationToken cancel)
    {
        JsonElement message;
        do
            message = await Receive(cancel);
        while (!(message.TryGetProperty("target", out var name) && name.GetString() == target));
        return message;
    }

    /// <summary>Byte by byte, because several messages may come in one frame and one in several.</summary>
    public async Task<JsonElement> Receive(CancellationToken cancel)
    {
        var message = new MemoryStream();
        var one = new byte[1];
        while ((await _socket.ReceiveAsync(one, cancel)).Count > 0 && one[0] != EndOfMessage)
            message.WriteByte(one[0]);
        return JsonDocument.Parse(message.ToArray()).RootElement;
    }

    public void Dispose() => _socket.Dispose();

    private Task Send(string text, CancellationToken cancel) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(text + EndOfMessage), WebSocketMessageType.Text, endOfMessage: true, cancel);
}
