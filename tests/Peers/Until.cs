using Xunit;

namespace Interop.Tests.Peers;

/// <summary>Bounded waits that say what they waited for.</summary>
public static class Until
{
    /// <summary>Long enough for anything that a hub does at once, also on a busy machine.</summary>
    public static TimeSpan Soon { get; } = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks again and again until the answer is there; fails the test, naming it, when the time is over.</summary>
    /// <param name="awaited">What is awaited, for the failure.</param>
    /// <param name="ask">Gives null while it is not there yet.</param>
    /// <param name="limit">The longest wait; <see cref="Soon"/> when null.</param>
    /// <param name="context">What to show in a failure.</param>
    public static async Task<T> Found<T>(string awaited, Func<Task<T?>> ask, TimeSpan? limit = null, Func<string>? context = null)
        where T : class
    {
        var started = TimeProvider.System.GetTimestamp();
        var time = limit ?? Soon;
        while (true)
        {
            if (await ask() is { } found)
                return found;
            if (TimeProvider.System.GetElapsedTime(started) > time)
                Assert.Fail($"Waited {time.TotalSeconds:0.#} s for {awaited}. {context?.Invoke()}");
            await Task.Delay(Pause, TimeProvider.System);
        }
    }

    /// <summary>Waits until something holds.</summary>
    public static Task True(string awaited, Func<bool> holds, TimeSpan? limit = null, Func<string>? context = null) =>
        Found(awaited, () => Task.FromResult(holds() ? "yes" : null), limit, context);

    /// <summary>Lets a call or a transmission run: the time is the material of the test, not a guess at when something is done.</summary>
    public static Task Elapsed(TimeSpan time) => Task.Delay(time, TimeProvider.System);
}
