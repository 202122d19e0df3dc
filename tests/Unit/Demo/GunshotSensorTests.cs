using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Interop.Console.Demo.Script;
using Interop.Console.Demo.Sensors;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Interop.Tests.Unit.Demo;

public sealed class GunshotSensorTests : IDisposable
{
    private readonly Intake _intake = new();
    private readonly HttpClient _client;
    private readonly FakeTimeProvider _time = new();
    private readonly Stage _stage = new(Hartford.Floor);
    private readonly GunshotSensor _sensor;

    public GunshotSensorTests()
    {
        _client = new HttpClient(_intake);
        _sensor = new GunshotSensor(
            Hartford.Exercise.Sensor, _client, new Uri("http://hub.example/api/alerts"), "secret", _stage, _time, NullLogger<GunshotSensor>.Instance);
    }

    [Fact]
    public async Task An_alert_says_that_it_is_an_exercise_and_its_room_is_kept_for_the_phones()
    {
        _intake.Rooms.Enqueue("7001");
        await _sensor.PerformAsync(new Raises(_sensor.Id, "EXERCISE", "One round."), CancellationToken.None);

        var alert = Assert.Single(_intake.Bodies);
        Assert.True(alert.GetProperty("exercise").GetBoolean());
        Assert.Equal("gunshot", alert.GetProperty("event").GetString());
        Assert.Equal("Bearer secret", _intake.Authorization);
        Assert.Equal("7001", _stage.CodeOf(Where.Incident));
    }

    [Fact]
    public async Task A_room_that_is_not_open_yet_is_asked_for_with_the_same_alert()
    {
        _intake.Rooms.Enqueue(null);
        _intake.Rooms.Enqueue("7001");
        var raised = _sensor.PerformAsync(new Raises(_sensor.Id, "EXERCISE", "One round."), CancellationToken.None);
        for (var i = 0; i < 100 && !raised.IsCompleted; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await raised.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Single(_intake.Bodies.Select(body => body.GetProperty("id").GetString()).Distinct());
        Assert.Equal("7001", _stage.Incident);
    }

    [Fact]
    public async Task News_refers_to_the_alert_that_it_is_news_of()
    {
        _intake.Rooms.Enqueue("7001");
        _intake.Rooms.Enqueue("7001");
        await _sensor.PerformAsync(new Raises(_sensor.Id, "EXERCISE", "One round."), CancellationToken.None);
        await _sensor.PerformAsync(new Updates(_sensor.Id, "EXERCISE", "Three rounds."), CancellationToken.None);

        var (first, second) = (_intake.Bodies[0], _intake.Bodies[1]);
        Assert.Equal("update", second.GetProperty("action").GetString());
        Assert.NotEqual(first.GetProperty("id").GetString(), second.GetProperty("id").GetString());
        Assert.Equal(first.GetProperty("id").GetString(), Assert.Single(second.GetProperty("references").EnumerateArray()).GetString());
    }

    public void Dispose()
    {
        _client.Dispose();
        _intake.Dispose();
    }

    private sealed class Intake : HttpMessageHandler
    {
        public Queue<string?> Rooms { get; } = new();

        public List<JsonElement> Bodies { get; } = [];

        public string? Authorization { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Authorization = request.Headers.Authorization?.ToString();
            Bodies.Add(await request.Content!.ReadFromJsonAsync<JsonElement>(cancellationToken));
            return new HttpResponseMessage(HttpStatusCode.Created) { Content = JsonContent.Create(new { alert = new { id = "x", room = Rooms.Dequeue() }, duplicate = false }) };
        }
    }
}
