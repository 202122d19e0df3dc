using System.ComponentModel;
using System.Diagnostics;
using Interop.Bridges.Media.Prompts;
using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Core.Attendant;

/// <summary>Speaks free text by espeak-ng, where it is installed and allowed.</summary>
/// <remarks>
/// The text is somebody's words: it goes to the program's input and never through a shell, and its length, its time and
/// the number of programs at once are bounded. What was spoken is kept, and the oldest forgotten.
/// </remarks>
internal sealed partial class Voice(AttendantOptions options, TimeProvider time, ILogger<Voice> logger) : IDisposable
{
    /// <summary>The longest text that is spoken, in characters; more is cut at a word.</summary>
    public const int LongestText = 240;

    private const int MostKept = 64;
    private const int MostAtOnce = 2;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(4);

    private readonly string? _program = options.Speak ? FindProgram() : null;
    private readonly SemaphoreSlim _turn = new(MostAtOnce, MostAtOnce);
    private readonly Lock _gate = new();
    private readonly Dictionary<(string, string), Task<PromptAudio?>> _kept = [];
    private readonly Queue<(string, string)> _order = [];

    /// <summary>Whether anything can be spoken here.</summary>
    public bool Speaks => _program is not null;

    /// <summary>The text as audio; null where it cannot be spoken.</summary>
    public Task<PromptAudio?> SpeakAsync(string language, string? text)
    {
        var plain = Plain(text);
        if (_program is null || plain.Length == 0)
            return Task.FromResult<PromptAudio?>(null);
        lock (_gate)
        {
            if (_kept.TryGetValue((language, plain), out var kept))
                return kept;
            if (_order.Count == MostKept)
                _kept.Remove(_order.Dequeue());
            _order.Enqueue((language, plain));
            return _kept[(language, plain)] = Task.Run(() => RunAsync(_program, language, plain));
        }
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>Letters, digits and the marks of a sentence: everything else could be a command to the voice.</summary>
    internal static string Plain(string? text)
    {
        if (text is null)
            return "";
        var plain = string.Concat(text.Take(4 * LongestText).Select(c => char.IsLetterOrDigit(c) || c is '.' or ',' or '?' or '\'' or ':' ? c : ' ')).Trim();
        if (plain.Length <= LongestText)
            return plain;
        var end = plain.LastIndexOf(' ', LongestText);
        return plain[..(end > 0 ? end : LongestText)].TrimEnd();
    }

    private static string? FindProgram()
    {
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            if (Path.Combine(folder, "espeak-ng") is var program && File.Exists(program))
                return program;
        return null;
    }

    private async Task<PromptAudio?> RunAsync(string program, string language, string text)
    {
        using var patience = new CancellationTokenSource(s_patience, time);
        try
        {
            await _turn.WaitAsync(patience.Token);
            try
            {
                return await SayAsync(program, language, text, patience.Token);
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (Exception failed) when (failed is Win32Exception or IOException or OperationCanceledException or InvalidOperationException)
        {
            LogNotSpoken(logger, failed);
            return null;
        }
    }

    private static async Task<PromptAudio?> SayAsync(string program, string language, string text, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(program) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["-v", language == "es" ? "es" : "en-us", "-s", "155", "--stdin", "--stdout"])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start);
        if (process is null)
            return null;
        try
        {
            await process.StandardInput.WriteAsync(text.AsMemory(), cancel);
            process.StandardInput.Close();
            using var bytes = new MemoryStream();
            var buffer = new byte[16_384];
            int read;
            while ((read = await process.StandardOutput.BaseStream.ReadAsync(buffer, cancel)) > 0 && bytes.Length + read <= WaveFile.MostBytes)
                bytes.Write(buffer, 0, read);
            return WaveFile.TryRead(bytes.ToArray(), out _) is { Samples.Length: > 0 } wave ? new PromptAudio(Resampler.ToPhone(wave)) : null;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    [LoggerMessage(2040, LogLevel.Warning, "A text could not be spoken; it is left out")]
    private static partial void LogNotSpoken(ILogger logger, Exception exception);
}
