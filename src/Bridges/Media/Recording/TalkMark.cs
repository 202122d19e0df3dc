namespace Interop.Bridges.Media.Recording;

/// <summary>Whose voice a leg carries, in the words of whoever runs the engine.</summary>
/// <param name="Name">As people know the party.</param>
/// <param name="Group">To whom it belongs.</param>
public sealed record Talker(string Name, string Group);

/// <summary>How far one voice of a room has come: a leg's, or that of the mix. Written by the tick thread, but for what is the recorder's own.</summary>
internal sealed class TalkMark(string? leg)
{
    private object? _clock;
    private long _lastTick = long.MinValue / 2;
    private int _transmission;

    /// <summary>The leg's name; null for the mix.</summary>
    public string? Leg { get; } = leg;

    /// <summary>Who talks by the leg now, if that is known.</summary>
    public Talker? Talker { get; set; }

    /// <summary>The last tick in which it was heard, wherever that frame went.</summary>
    public long LastTick => Volatile.Read(ref _lastTick);

    /// <summary>Numbers its transmissions.</summary>
    public int Transmission => Volatile.Read(ref _transmission);

    /// <summary>The tick with which the transmission began.</summary>
    public long Began { get; private set; }

    /// <summary>Frames that found no place on their way to the writer, ever.</summary>
    public long Dropped { get; set; }

    /// <summary>The recorder's own: up to where it wrote, in which transmission, and how many frames were lost until then.</summary>
    public (int Transmission, long Tick, long Lost) Written { get; set; }

    /// <summary>The recorder's own: frames that the disk did not take, ever.</summary>
    public long Refused { get; set; }

    /// <summary>It is heard in this tick; after more than <paramref name="pause"/> ticks without it that is a new transmission.</summary>
    /// <param name="clock">Whose tick: a room that is recorded anew counts from the beginning, while its legs stay.</param>
    /// <param name="tick">Which.</param>
    /// <param name="pause">How many ticks of silence end nothing.</param>
    public void Heard(object clock, long tick, int pause)
    {
        if (clock != _clock || tick - _lastTick > pause + 1)
        {
            _clock = clock;
            Began = tick;
            Volatile.Write(ref _transmission, _transmission + 1);
        }

        Volatile.Write(ref _lastTick, tick);
    }
}
