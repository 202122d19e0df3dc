using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text.Json;

namespace Interop.Tests.Bench.Sip;

/// <summary>The built hub as a process of its own, with rooms that take calls from the loopback. Its folder goes when it does.</summary>
internal sealed class LoadHub : IAsyncDisposable
{
    /// <summary>The first room's code.</summary>
    public const int FirstRoom = 4201;

    /// <summary>Phones that prove themselves by password, one of each kind; names as long as those that a guesser makes up.</summary>
    public static readonly (string User, bool Md5, string Kind)[] Phones = [("desk10", false, "phone"), ("desk11", true, "phone of MD5")];

    private const int FirstPort = 20_000;
    private const int LastPort = 25_999;
    private static readonly Lock LogLock = new();
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);

    private readonly string _folder;
    private readonly Process _process;

    private LoadHub(string folder, Process process, int port) => (_folder, _process, Port) = (folder, process, port);

    /// <summary>Where it speaks SIP, on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Processor time that it has used.</summary>
    public TimeSpan Busy
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<LoadHub> StartAsync(int rooms)
    {
        var folder = Directory.CreateTempSubdirectory("interop-load-").FullName;
        var provisioning = Path.Combine(folder, "provisioning.json");
        await File.WriteAllTextAsync(provisioning, Provisioning(rooms));
        var (sip, web) = (FreePort(), FreePort());
        var start = new ProcessStartInfo("dotnet", [HubAssembly()])
        {
            WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
            Environment =
            {
                ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{web}",
                ["Data__Directory"] = Path.Combine(folder, "data"),
                ["Sip__Bind"] = "127.0.0.1",
                ["Sip__Port"] = $"{sip}",
                ["Media__Ports"] = $"{FirstPort}-{LastPort}",
                ["Media__AdvertisedAddress"] = "127.0.0.1",
                ["Media__BrowserPort"] = "0",
                ["Provisioning__File"] = provisioning,
            },
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException("The hub did not start.");
        var log = Path.Combine(folder, "hub.log");
        process.OutputDataReceived += (_, line) => Append(log, line.Data);
        process.ErrorDataReceived += (_, line) => Append(log, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var hub = new LoadHub(folder, process, sip);
        try
        {
            await hub.ReadyAsync(new Uri($"http://127.0.0.1:{web}/health/ready"));
            return hub;
        }
        catch
        {
            await hub.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task ReadyAsync(Uri health)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < StartTime && !_process.HasExited; await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System))
        {
            try
            {
                using var answer = await http.GetAsync(health);
                if (answer.IsSuccessStatusCode) return;
            }
            catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException)
            {
                // Not listening yet.
            }
        }

        throw new InvalidOperationException($"The hub is not ready:\n{await File.ReadAllTextAsync(Path.Combine(_folder, "hub.log"))}");
    }

    private static void Append(string log, string? line)
    {
        if (line is null) return;
        lock (LogLock) File.AppendAllText(log, line + "\n");
    }

    private static string Provisioning(int rooms) => JsonSerializer.Serialize(new
    {
        agencies = new[] { new { id = "hpd", name = "Hartford Police Department", level = "city" } },
        trunks = new[] { new { id = "lab", agency = "hpd", from = new[] { "127.0.0.1/32" } } },
        endpoints = Phones.Select(phone => new { id = phone.User, agency = "hpd", name = phone.User, user = phone.User, password = "correct-horse", md5 = phone.Md5 }),
        rooms = Enumerable.Range(FirstRoom, rooms).Select(code => new { code = $"{code}", title = $"Room {code}", owner = "hpd", admits = new[] { "trunk:lab" } }),
    });

    private static string HubAssembly() =>
        typeof(LoadHub).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(pair => pair.Key == nameof(HubAssembly)).Value!;

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
