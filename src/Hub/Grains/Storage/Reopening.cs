namespace Interop.Hub.Grains.Storage;

/// <summary>Opens a lost connection anew, with a pause after each failure that doubles: whoever writes meanwhile is told at once.</summary>
internal sealed class Reopening(TimeProvider clock)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private TimeSpan pause;
    private long refusedAt;
    private Exception? refusal;

    /// <exception cref="Exception">That of the opening, or the one before while its pause lasts.</exception>
    public T Try<T>(Func<T> open)
    {
        if (refusal is not null && clock.GetElapsedTime(refusedAt) < pause)
            throw refusal;
        try
        {
            var opened = open();
            (refusal, pause) = (null, TimeSpan.Zero);
            return opened;
        }
        catch (Exception exception)
        {
            (refusal, refusedAt) = (exception, clock.GetTimestamp());
            pause = pause == TimeSpan.Zero ? First : pause * 2 < Longest ? pause * 2 : Longest;
            throw;
        }
    }
}
