using System.Collections.Immutable;
using Interop.Bridges.Media;

namespace Interop.Console.Demo.Speech;

/// <summary>Steps every voice of the demo each 20 ms.</summary>
internal sealed class VoiceClock(TimeProvider time)
{
    /// <summary>A late clock makes up for so many frames; beyond it the phones skip, as real ones with a stalled system do.</summary>
    private const int CatchUp = 5;

    private ImmutableList<Voice> _voices = [];

    public void Add(Voice voice) => ImmutableInterlocked.Update(ref _voices, static (voices, added) => voices.Add(added), voice);

    public void Remove(Voice voice) => ImmutableInterlocked.Update(ref _voices, static (voices, gone) => voices.Remove(gone), voice);

    public async Task RunAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(AudioFrame.Duration, time);
        var start = time.GetTimestamp();
        long stepped = 0;
        while (await timer.WaitForNextTickAsync(cancel))
        {
            var due = time.GetElapsedTime(start).Ticks / AudioFrame.Duration.Ticks;
            stepped = Math.Max(stepped, due - CatchUp);
            for (; stepped < due; stepped++)
                foreach (var voice in _voices)
                    voice.Step();
        }
    }
}
