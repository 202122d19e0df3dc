namespace Interop.Tests.Peers.Processes;

/// <summary>Watches how long this machine keeps a thread waiting that has next to nothing to do: a busy one makes holes that no program under test makes.</summary>
public sealed class MachineWatch : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(5);

    private readonly ManualResetEvent _stop = new(false);
    private readonly Thread _thread;
    private long _longest;

    /// <summary>Begins to watch.</summary>
    public MachineWatch()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "machine watch" };
        _thread.Start();
    }

    /// <summary>The longest time by which it was woken late.</summary>
    public TimeSpan Longest => TimeSpan.FromTicks(Volatile.Read(ref _longest));

    /// <inheritdoc />
    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
    }

    private void Run()
    {
        for (var asleep = TimeProvider.System.GetTimestamp(); !_stop.WaitOne(Period); asleep = TimeProvider.System.GetTimestamp())
        {
            var late = TimeProvider.System.GetElapsedTime(asleep) - Period;
            if (late > Longest)
                Volatile.Write(ref _longest, late.Ticks);
        }
    }
}
