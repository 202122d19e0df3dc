using static Interop.Bridges.Wire.Sip.Transactions.TransactionActions;

namespace Interop.Bridges.Wire.Sip.Transactions;

/// <summary>The running timers of one transaction; knows how long each letter lasts (RFC 3261 table 4).</summary>
/// <remarks>At most two run at once: one that repeats a message, and one that ends the state.</remarks>
internal sealed class TimerSet(Lane lane, SipTimers durations, Action<TransactionEvent> fired)
{
    private LaneTimer? _repeat;
    private LaneTimer? _end;
    private TimeSpan _interval = durations.T1;

    public void Apply(TransactionActions actions)
    {
        if (actions.HasFlag(StopTimers)) Stop();
        if (actions.HasFlag(StartA)) Start(ref _repeat, TransactionEvent.TimerA, Grow(TimeSpan.MaxValue));
        if (actions.HasFlag(StartE)) Start(ref _repeat, TransactionEvent.TimerE, Grow(durations.T2));
        if (actions.HasFlag(StartEAtT2)) Start(ref _repeat, TransactionEvent.TimerE, durations.T2);
        if (actions.HasFlag(StartG)) Start(ref _repeat, TransactionEvent.TimerG, Grow(durations.T2));
        if (actions.HasFlag(StartB)) Start(ref _end, TransactionEvent.TimerB, durations.Long);
        if (actions.HasFlag(StartF)) Start(ref _end, TransactionEvent.TimerF, durations.Long);
        if (actions.HasFlag(StartH)) Start(ref _end, TransactionEvent.TimerH, durations.Long);
        if (actions.HasFlag(StartJ)) Start(ref _end, TransactionEvent.TimerJ, durations.Long);
        if (actions.HasFlag(StartL)) Start(ref _end, TransactionEvent.TimerL, durations.Long);
        if (actions.HasFlag(StartM)) Start(ref _end, TransactionEvent.TimerM, durations.Long);
        if (actions.HasFlag(StartD)) Start(ref _end, TransactionEvent.TimerD, durations.D);
        if (actions.HasFlag(StartI)) Start(ref _end, TransactionEvent.TimerI, durations.T4);
        if (actions.HasFlag(StartK)) Start(ref _end, TransactionEvent.TimerK, durations.T4);
    }

    private void Stop()
    {
        _repeat?.Stop();
        _end?.Stop();
        (_repeat, _end) = (null, null);
    }

    private TimeSpan Grow(TimeSpan cap)
    {
        var now = _interval;
        _interval = now * 2 < cap ? now * 2 : cap;
        return now;
    }

    private void Start(ref LaneTimer? running, TransactionEvent letter, TimeSpan due)
    {
        running?.Stop();
        running = lane.Schedule(due, () => fired(letter));
    }
}
