using Interop.Bridges.Media.Jitter;
using Interop.Bridges.Wire.Rtp;

namespace Interop.Bridges.Media.Keys;

/// <summary>One phone's keys, told by events or by tones or, as some gateways do, by both: then once.</summary>
/// <remarks>Owned by the tick thread.</remarks>
internal sealed class KeyPad
{
    // How far apart the tone and the event of one press arrive, the jitter buffer's delay included.
    private static readonly TimeSpan s_samePress = TimeSpan.FromMilliseconds(600);

    private readonly KeyTones _tones = new();
    private TelephoneEvents _events;
    private KeyQueue _queue = new();
    private char _lastTone;
    private TimeSpan _lastToneAt;

    /// <summary>Takes a packet that carries a telephone event.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="payload">What it carries.</param>
    /// <param name="clock">The units a second in which it counts.</param>
    /// <param name="queued">How many samples of 8 kHz wait to be played.</param>
    /// <param name="now">When it came.</param>
    public void Take(in RtpHeader header, ReadOnlySpan<byte> payload, int clock, int queued, TimeSpan now)
    {
        var first = !_events.Used;
        var wait = new TimeSpan(queued * TimeSpan.TicksPerSecond / AudioFrame.SampleRate);
        if (!_events.Take(header, payload, clock, wait, now, out var key)) return;
        if (first && key == _lastTone && now - _lastToneAt < s_samePress) return;
        _queue.Add(key);
    }

    /// <summary>Listens for tones in the next frame.</summary>
    /// <returns>Whether there is anything in it that may be heard.</returns>
    /// <param name="frame">The audio at 8 kHz; empty when there is none.</param>
    /// <param name="playout">What it is made of.</param>
    /// <param name="talking">Whether the leg talks already.</param>
    /// <param name="now">When it is played.</param>
    public bool Hear(ReadOnlySpan<short> frame, Playout playout, bool talking, TimeSpan now)
    {
        if (frame.IsEmpty)
        {
            _tones.HearNothing();
            return false;
        }

        var verdict = _tones.Hear(frame, playout == Playout.Concealed, talking);
        // Who tells keys by events is believed in them alone: its tones are the same presses, heard later.
        if (verdict.Pressed != '\0' && !_events.Used)
        {
            _queue.Add(verdict.Pressed);
            (_lastTone, _lastToneAt) = (verdict.Pressed, now);
        }

        return !verdict.Silence && !_events.Silences(now);
    }

    /// <summary>Takes a key that came by signalling, unless the phone tells it by its voice stream too: those are the same presses.</summary>
    public void Press(char key, TimeSpan now)
    {
        if (_events.Used || (key == _lastTone && now - _lastToneAt < s_samePress)) return;
        _queue.Add(key);
    }

    /// <summary>The keys pressed since the last call, in their order.</summary>
    public ReadOnlySpan<char> TakeAll() => _queue.TakeAll();

    /// <summary>Another device may answer from now on.</summary>
    public void Restart()
    {
        _events = default;
        _lastTone = '\0';
    }
}
