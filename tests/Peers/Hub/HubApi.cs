using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Interop.Tests.Peers.Hub;

/// <summary>An answer of the hub's REST API.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The JSON; undefined when there is none.</param>
public sealed record ApiAnswer(HttpStatusCode Status, JsonElement Body)
{
    /// <summary>The body as text, for failures and for looking for words in it.</summary>
    public string Text => Body.ValueKind == JsonValueKind.Undefined ? "" : Body.GetRawText();
}

/// <summary>The hub's REST API as one bearer token may use it.</summary>
public sealed class HubApi : IDisposable
{
    private readonly HttpClient _http;

    /// <summary>Uses a token; null to come without one. With a key, every command of this connection is the same one.</summary>
    public HubApi(Uri console, string? token, string? idempotencyKey = null)
    {
        _http = new HttpClient { BaseAddress = console, Timeout = TimeSpan.FromSeconds(20) };
        if (token is not null)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (idempotencyKey is not null)
            _http.DefaultRequestHeaders.Add("Idempotency-Key", idempotencyKey);
    }

    /// <summary>Reads.</summary>
    public Task<ApiAnswer> Get(string path) => Send(HttpMethod.Get, path, null);

    /// <summary>Posts JSON.</summary>
    public Task<ApiAnswer> Post(string path, object body) => Send(HttpMethod.Post, path, JsonContent.Create(body));

    /// <summary>Posts a text of some media type.</summary>
    public Task<ApiAnswer> PostText(string path, string text, string mediaType) =>
        Send(HttpMethod.Post, path, new StringContent(text, Encoding.UTF8, mediaType));

    /// <summary>Changes a part.</summary>
    public Task<ApiAnswer> Patch(string path, object body) => Send(HttpMethod.Patch, path, JsonContent.Create(body));

    /// <summary>Takes something away.</summary>
    public Task<ApiAnswer> Delete(string path) => Send(HttpMethod.Delete, path, null);

    /// <summary>A page that is not JSON.</summary>
    public Task<string> GetText(string path) => _http.GetStringAsync(new Uri(path, UriKind.Relative));

    /// <summary>Reads a file, or a part of it.</summary>
    public async Task<(HttpStatusCode Status, byte[] Bytes, string? Type)> File(string path, long? from = null, long? to = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (from is not null || to is not null)
            request.Headers.Range = new RangeHeaderValue(from, to);
        using var answer = await _http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(), answer.Content.Headers.ContentType?.MediaType);
    }

    /// <summary>The sum of a metric's values, whatever its unit and labels; 0 while it has none.</summary>
    /// <param name="name">How its name begins in /metrics: <c>sip_malformed</c>.</param>
    /// <param name="label">A label that must be there, as written: <c>direction="in"</c>.</param>
    public async Task<double> Metric(string name, string label = "") => (await GetText("/metrics")).Split('\n')
        .Where(line => line.StartsWith(name, StringComparison.Ordinal) && line.Contains(label, StringComparison.Ordinal))
        .Sum(line => double.Parse(Value(line), CultureInfo.InvariantCulture));

    /// <summary>Posts, and fails the test unless the answer is 2xx.</summary>
    public async Task<JsonElement> Do(string path, object body)
    {
        var answer = await Post(path, body);
        Assert.True((int)answer.Status is >= 200 and < 300, $"POST {path} was answered {(int)answer.Status}: {answer.Text}");
        return answer.Body;
    }

    /// <summary>The room as it is now.</summary>
    public async Task<JsonElement> Room(string code)
    {
        var answer = await Get($"/api/rooms/{code}");
        Assert.True(answer.Status == HttpStatusCode.OK, $"GET room {code} was answered {(int)answer.Status}: {answer.Text}");
        return answer.Body;
    }

    /// <summary>Waits until a leg of the room is as wanted, and gives it.</summary>
    /// <param name="code">The room.</param>
    /// <param name="awaited">What is awaited, for the failure.</param>
    /// <param name="isIt">Whether a leg is it.</param>
    /// <param name="limit">The longest wait.</param>
    public async Task<JsonElement> Leg(string code, string awaited, Func<JsonElement, bool> isIt, TimeSpan? limit = null)
    {
        var seen = "";
        var found = await Until.Found(
            awaited,
            async () =>
            {
                var legs = (await Room(code)).GetProperty("legs");
                seen = legs.GetRawText();
                return legs.EnumerateArray().Where(isIt).Select(leg => (object)leg).FirstOrDefault();
            },
            limit,
            () => $"The legs: {seen}");
        return (JsonElement)found;
    }

    /// <summary>Waits until the leg with this in its address is in this status.</summary>
    public Task<JsonElement> LegOf(string code, string party, string status, TimeSpan? limit = null) =>
        Leg(code, $"the leg of {party} to be {status}", leg => Is(leg, party) && leg.GetProperty("status").GetString() == status, limit);

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    /// <summary>The value of a line: <c>name{labels} value [time]</c>.</summary>
    private static string Value(string line) => line[(line.LastIndexOf('}') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries) is var parts
        && line.Contains('}', StringComparison.Ordinal) ? parts[0] : parts[1];

    private static bool Is(JsonElement leg, string party) =>
        leg.GetProperty("party").GetRawText().Contains(party, StringComparison.Ordinal);

    private async Task<ApiAnswer> Send(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        using var answer = await _http.SendAsync(request);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        var isJson = answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
        return new ApiAnswer(answer.StatusCode, isJson && bytes.Length > 0 ? JsonSerializer.Deserialize<JsonElement>(bytes) : default);
    }
}
