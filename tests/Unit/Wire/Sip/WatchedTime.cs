using Microsoft.Extensions.Time.Testing;

namespace Interop.Tests.Unit.Wire.Sip;

/// <summary>A clock that a test turns, and that tells of each timer that is set: only then is it of use to turn it.</summary>
internal sealed class WatchedTime : FakeTimeProvider
{
    private readonly SipSignal<TimeSpan> _timers = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _timers.Set(dueTime);
        return timer;
    }

    /// <summary>Waits until a timer of that length is set.</summary>
    public async Task SetAsync(TimeSpan length)
    {
        while (await TestPeer.Within(_timers.NextAsync(), $"a timer of {length}") != length)
        {
            // Another one.
        }
    }
}
