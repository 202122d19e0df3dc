using static Interop.Bridges.Wire.Sip.Transactions.TransactionActions;

namespace Interop.Bridges.Wire.Sip.Transactions;

/// <summary>The running timers of one transaction; knows how long each letter lasts (RFC 3261 table 4).</summary>
internal sealed class TimerSet(Lane lane, SipTimers durations, Action<TransactionEvent> fired)
{
    private readonly Dictionary<TransactionEvent, LaneTimer> _running = new(3);
    private TimeSpan _interval = durations.T1;

    public void Apply(TransactionActions actions)
    {
        if (actions.HasFlag(StopTimers)) Stop();
        if (actions.HasFlag(StartA)) Start(TransactionEvent.TimerA, Grow(TimeSpan.MaxValue));
        if (actions.HasFlag(StartE)) Start(TransactionEvent.TimerE, Grow(durations.T2));
        if (actions.HasFlag(StartEAtT2)) Start(TransactionEvent.TimerE, durations.T2);
        if (actions.HasFlag(StartG)) Start(TransactionEvent.TimerG, Grow(durations.T2));
        if (actions.HasFlag(StartB)) Start(TransactionEvent.TimerB, durations.Long);
        if (actions.HasFlag(StartF)) Start(TransactionEvent.TimerF, durations.Long);
        if (actions.HasFlag(StartH)) Start(TransactionEvent.TimerH, durations.Long);
        if (actions.HasFlag(StartJ)) Start(TransactionEvent.TimerJ, durations.Long);
        if (actions.HasFlag(StartL)) Start(TransactionEvent.TimerL, durations.Long);
        if (actions.HasFlag(StartM)) Start(TransactionEvent.TimerM, durations.Long);
        if (actions.HasFlag(StartD)) Start(TransactionEvent.TimerD, durations.D);
        if (actions.HasFlag(StartI)) Start(TransactionEvent.TimerI, durations.T4);
        if (actions.HasFlag(StartK)) Start(TransactionEvent.TimerK, durations.T4);
    }

    private void Stop()
    {
        foreach (var timer in _running.Values) timer.Stop();
        _running.Clear();
    }

    private TimeSpan Grow(TimeSpan cap)
    {
        var now = _interval;
        _interval = now * 2 < cap ? now * 2 : cap;
        return now;
    }

    private void Start(TransactionEvent letter, TimeSpan due)
    {
        if (_running.Remove(letter, out var old)) old.Stop();
        _running[letter] = lane.Schedule(due, () => fired(letter));
    }
}
