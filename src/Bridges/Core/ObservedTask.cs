using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Core;

/// <summary>For work that nobody waits for: its failure is logged, never lost.</summary>
public static partial class ObservedTask
{
    /// <summary>Lets the work go on by itself.</summary>
    /// <param name="work">The work.</param>
    /// <param name="logger">Who says that it failed.</param>
    /// <param name="duty">What it was for, in words.</param>
    public static void Observe(this Task work, ILogger logger, string duty) => _ = WatchAsync(work, logger, duty);

    private static async Task WatchAsync(Task work, ILogger logger, string duty)
    {
        try
        {
            await work;
        }
        catch (OperationCanceledException)
        {
            // Whoever cancelled it knows.
        }
        catch (Exception failure)
        {
            LogFailed(logger, failure, duty);
        }
    }

    [LoggerMessage(2000, LogLevel.Error, "Failed to {Duty}")]
    private static partial void LogFailed(ILogger logger, Exception exception, string duty);
}
