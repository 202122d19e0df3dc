using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Interop.Tests.Peers.Processes;

/// <summary>A real process that a test runs, with what it printed; it is ended by its id, whatever happens.</summary>
public sealed class PeerProcess : IAsyncDisposable
{
    private static readonly TimeSpan KillTime = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private bool _disposed;

    private PeerProcess(Process process, string name)
    {
        _process = process;
        Name = name;
    }

    /// <summary>What it is called in a failure.</summary>
    public string Name { get; }

    /// <summary>The process id.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _disposed || _process.HasExited;

    /// <summary>Everything that it printed so far, a line each.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_gate)
                return [.. _lines];
        }
    }

    /// <summary>The end of what it printed.</summary>
    public string Tail => string.Join('\n', Lines.TakeLast(40));

    /// <summary>Starts a program, in its own folder and without a terminal.</summary>
    /// <param name="name">What it is called in a failure.</param>
    /// <param name="program">A name on PATH.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="directory">Its working directory.</param>
    /// <param name="environment">What its environment has besides.</param>
    /// <param name="takesCommands">Whether it is told things while it runs; otherwise its input is at its end from the start.</param>
    public static PeerProcess Start(
        string name,
        string program,
        IEnumerable<string> arguments,
        string directory,
        IReadOnlyDictionary<string, string>? environment = null,
        bool takesCommands = false)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = directory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
            start.Environment[key] = value;
        var peer = new PeerProcess(new Process { StartInfo = start }, name);
        peer._process.OutputDataReceived += (_, line) => peer.Take(line.Data);
        peer._process.ErrorDataReceived += (_, line) => peer.Take(line.Data);
        peer._process.Start();
        if (!takesCommands)
            peer._process.StandardInput.Close();
        peer._process.BeginOutputReadLine();
        peer._process.BeginErrorReadLine();
        return peer;
    }

    /// <summary>Gives it a line of input, if it takes commands.</summary>
    public async Task Tell(string command)
    {
        await _process.StandardInput.WriteLineAsync(command);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Waits for it to end, and gives its exit code; fails the test when it takes longer.</summary>
    public async Task<int> Exited(TimeSpan limit)
    {
        try
        {
            // Also waits for the last lines, which Process.HasExited does not.
            await _process.WaitForExitAsync().WaitAsync(limit, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{Name} did not end within {limit.TotalSeconds} s. It printed:\n{Tail}");
        }

        return _process.ExitCode;
    }

    /// <summary>Sends a signal by name: <c>INT</c>, <c>TERM</c>, <c>KILL</c>.</summary>
    public async Task Signal(string signal)
    {
        if (HasExited)
            return;
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync().WaitAsync(KillTime, TimeProvider.System);
    }

    /// <summary>Ends it at once, as a crash or a power cut would.</summary>
    public async Task Kill()
    {
        await Signal("KILL");
        await Exited(KillTime);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        if (!_process.HasExited)
            await Kill();
        _disposed = true;
        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null)
            return;
        lock (_gate)
            _lines.Add(line);
    }
}
