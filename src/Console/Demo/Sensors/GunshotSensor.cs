using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Interop.Console.Demo.Script;
using Microsoft.Extensions.Logging;

namespace Interop.Console.Demo.Sensors;

/// <summary>An acoustic sensor that posts what it hears to the hub's alert intake.</summary>
internal sealed partial class GunshotSensor(SensorRole role, HttpClient client, Uri intake, string token, Stage stage, TimeProvider time, ILogger<GunshotSensor> logger) : IPart
{
    private const int Tries = 10;
    private static readonly TimeSpan s_betweenTries = TimeSpan.FromSeconds(1);

    private string _first = "";
    private int _number;

    public string Id => role.Id;

    public Task PerformAsync(Act act, CancellationToken cancel) => act switch
    {
        Raises raises => RaiseAsync(raises, cancel),
        Updates updates => PostAsync(Body(NextId(), "update", [_first], updates.Headline, updates.Description), cancel),
        _ => throw new InvalidOperationException($"A sensor does not know how to do {act.GetType().Name}."),
    };

    private async Task RaiseAsync(Raises raises, CancellationToken cancel)
    {
        // A restart must not bring up the ids of the day before: those would be duplicates, and open nothing.
        _first = time.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        _number = 0;
        stage.Incident = null;
        var body = Body(_first, "new", [], raises.Headline, raises.Description);
        for (var tried = 0; tried < Tries; tried++)
        {
            // The same alert again is answered with what became of it, and is no second one.
            if (await PostAsync(body, cancel) is { Alert.Room: { } room })
            {
                stage.Incident = room;
                return;
            }

            await Task.Delay(s_betweenTries, time, cancel);
        }

        LogNoRoom(logger, role.Id);
    }

    private async Task<AlertAnswer?> PostAsync(AlertBody body, CancellationToken cancel)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, intake) { Content = JsonContent.Create(body) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var response = await client.SendAsync(request, cancel);
            if (response.IsSuccessStatusCode)
                return await response.Content.ReadFromJsonAsync<AlertAnswer>(cancel);
            LogRefused(logger, role.Id, (int)response.StatusCode);
        }
        catch (HttpRequestException failure)
        {
            LogUnreachable(logger, role.Id, failure.Message);
        }

        return null;
    }

    private AlertBody Body(string id, string action, IReadOnlyList<string> references, string headline, string description) => new(
        role.Id, id, action, references, role.Event, role.Severity, headline, description, role.Area, role.Latitude, role.Longitude, time.GetUtcNow(), Exercise: true);

    private string NextId() => $"{_first}-{++_number}";

    [LoggerMessage(8004, LogLevel.Warning, "The exercise: the alert of {Sensor} was answered {Status}")]
    private static partial void LogRefused(ILogger logger, string sensor, int status);

    [LoggerMessage(8005, LogLevel.Warning, "The exercise: {Sensor} does not reach the hub: {Cause}")]
    private static partial void LogUnreachable(ILogger logger, string sensor, string cause);

    [LoggerMessage(8006, LogLevel.Warning, "The exercise: no room came of the alert of {Sensor}")]
    private static partial void LogNoRoom(ILogger logger, string sensor);
}
