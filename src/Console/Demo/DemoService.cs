using System.Net.Sockets;
using System.Security.Cryptography;
using Interop.Console.Demo.Phones;
using Interop.Console.Demo.Radio;
using Interop.Console.Demo.Script;
using Interop.Console.Demo.Sensors;
using Interop.Console.Demo.Speech;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Interop.Console.Demo;

/// <summary>Switches the phones and radios on, waits for the hub, and plays the exercise.</summary>
internal sealed partial class DemoService(
    Exercise exercise, DemoOptions options, IServiceProvider services, TimeProvider time, RandomNumberGenerator random, ILoggerFactory logs)
    : BackgroundService
{
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(100);

    /// <summary>A hub that starts over calls its lost phones back first; only then is it known who is in which room.</summary>
    private static readonly TimeSpan s_callBacks = TimeSpan.FromSeconds(3);

    private readonly ILogger _logger = logs.CreateLogger<DemoService>();
    private readonly VoiceClock _clock = new(time);
    private readonly PhoneNumbers _numbers = new(random);
    private readonly Stage _stage = new(exercise.Floor);
    private readonly Dictionary<string, Phone> _phones = new(StringComparer.Ordinal);
    private readonly List<RadioUnit> _radios = [];
    private readonly Cast _cast = new(logs.CreateLogger<Cast>());

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var hub = new HttpClient();
        try
        {
            await SwitchOnAsync(stoppingToken);
            var console = await Readiness.WaitAsync(hub, () => options.Console(services), time, stoppingToken);
            _cast.Add(new GunshotSensor(exercise.Sensor, hub, new Uri(console, "api/alerts"), options.SensorToken, _stage, time, logs.CreateLogger<GunshotSensor>()));
            await Task.WhenAll(_clock.RunAsync(stoppingToken), _cast.RunAsync(stoppingToken), PlayAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        catch (SocketException refused)
        {
            LogNoAddresses(_logger, refused.Message);
        }
        catch (Exception failure)
        {
            // An exercise that breaks must not take the hub with it.
            LogBroke(_logger, failure);
        }
        finally
        {
            await SwitchOffAsync();
        }
    }

    private async Task SwitchOnAsync(CancellationToken cancel)
    {
        foreach (var role in exercise.Phones)
        {
            // A partner's phone writes into no log of the hub.
            var phone = new Phone(role, options.Sip, _clock, _numbers, time, NullLoggerFactory.Instance);
            _phones.Add(role.Id, phone);
            await phone.StartAsync(cancel);
            _cast.Add(new PhonePart(role, phone, _stage, time, logs.CreateLogger<PhonePart>()));
        }

        foreach (var role in exercise.Radios)
        {
            var radio = new RadioUnit(role, _clock, _numbers);
            _radios.Add(radio);
            _cast.Add(radio);
        }
    }

    private async Task PlayAsync(CancellationToken cancel)
    {
        await Task.Delay(s_callBacks, time, cancel);
        _stage.Incident = _phones.Values.Select(phone => phone.Call?.Room).FirstOrDefault(room => room is not null && room != exercise.Floor);
        var playhead = new Playhead(exercise, IncidentStands());
        LogBegins(_logger, exercise.Phones.Count, exercise.Radios.Count);
        var start = time.GetTimestamp();
        using var timer = new PeriodicTimer(s_step, time);
        while (await timer.WaitForNextTickAsync(cancel))
            foreach (var act in playhead.Due(time.GetElapsedTime(start), IncidentStands))
                _cast.Begin(act);
    }

    /// <summary>Somebody is in its room; once a dispatcher has closed it, the hub has hung up on everybody.</summary>
    private bool IncidentStands() =>
        _stage.Incident is { } room && _phones.Values.Any(phone => phone.Call?.Room == room);

    /// <summary>Without hanging up: the rooms are held, and at the next start the hub calls its phones back.</summary>
    private async Task SwitchOffAsync()
    {
        foreach (var phone in _phones.Values)
            await phone.DisposeAsync();
        foreach (var radio in _radios)
            radio.Dispose();
    }

    [LoggerMessage(8007, LogLevel.Information, "The exercise begins: {Phones} phones and {Radios} radios of simulated agencies on this machine")]
    private static partial void LogBegins(ILogger logger, int phones, int radios);

    [LoggerMessage(8008, LogLevel.Error, "The exercise cannot be played: its phones need addresses in 127.10.0.0/16, which this system does not give them: {Cause}")]
    private static partial void LogNoAddresses(ILogger logger, string cause);

    [LoggerMessage(8009, LogLevel.Error, "The exercise broke off; the hub goes on")]
    private static partial void LogBroke(ILogger logger, Exception exception);
}
