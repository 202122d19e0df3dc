using Interop.Bridges.Media;
using Interop.Bridges.Media.Endpoints;

namespace Interop.Console.Demo.Speech;

/// <summary>How a party's sound goes out when it does not speak.</summary>
internal enum Silence
{
    /// <summary>As packets of silence, as a phone without silence suppression sends them.</summary>
    Sent,

    /// <summary>Not at all, as a radio gateway that is not keyed.</summary>
    Kept,
}

/// <summary>What one simulated party says and hears, 20 ms at a time.</summary>
/// <remarks>The clock's thread steps it; a call that ends closes it from another, and the lock keeps the socket for the step.</remarks>
internal sealed class Voice(RtpEndpoint endpoint, Silence silence) : IDisposable
{
    private const int LoudEnough = 500;
    private const int FramesOfQuiet = 35;
    private const int FramesOfPatience = 250;

    private readonly Lock _gate = new();
    private readonly short[] _frame = new short[AudioFrame.Samples];
    private SpokenLine? _line;
    private TaskCompletionSource? _said;
    private int _position;
    private int _quiet = FramesOfQuiet;
    private int _waited;
    private bool _closed;

    /// <summary>How many frames with sound in them came in.</summary>
    public long LoudFrames { get; private set; }

    /// <summary>Where the sound goes.</summary>
    public void SendTo(System.Net.IPEndPoint? remote)
    {
        lock (_gate)
            if (!_closed)
                endpoint.Remote = remote;
    }

    /// <summary>Speaks; done when the line is out, or at once when nobody could hear it any more.</summary>
    public Task SayAsync(SpokenLine line)
    {
        lock (_gate)
        {
            if (_closed)
                return Task.CompletedTask;
            _said?.TrySetResult();
            (_line, _position, _waited) = (line, 0, 0);
            _said = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _said.Task;
        }
    }

    /// <summary>Hears what came in and sends the next 20 ms.</summary>
    public void Step()
    {
        lock (_gate)
        {
            if (_closed)
                return;
            Hear();
            if (_line is { } line && MayBegin())
                Speak(line);
            else if (silence == Silence.Sent)
                SendSilence();
            else
                endpoint.Pause();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_closed)
                return;
            _closed = true;
            _said?.TrySetResult();
            endpoint.Dispose();
        }
    }

    private void Hear()
    {
        if (_quiet < FramesOfQuiet)
            _quiet++;
        while (endpoint.TryReceive(_frame, out var samples))
        {
            if (!IsLoud(_frame.AsSpan(0, samples)))
                continue;
            LoudFrames++;
            _quiet = 0;
        }
    }

    /// <summary>On a half-duplex channel one listens first: what is keyed over another destroys both.</summary>
    private bool MayBegin() =>
        silence == Silence.Sent || _position > 0 || _quiet == FramesOfQuiet || ++_waited > FramesOfPatience;

    private void Speak(SpokenLine line)
    {
        var rest = line.Samples.Span[_position..];
        var length = Math.Min(rest.Length, _frame.Length);
        rest[..length].CopyTo(_frame);
        _frame.AsSpan(length).Clear();
        endpoint.Send(_frame, marker: _position == 0);
        _position += length;
        if (length < rest.Length)
            return;
        _line = null;
        _said!.TrySetResult();
    }

    private void SendSilence()
    {
        Array.Clear(_frame);
        endpoint.Send(_frame);
    }

    private static bool IsLoud(ReadOnlySpan<short> samples)
    {
        foreach (var sample in samples)
            if (sample is > LoudEnough or < -LoudEnough)
                return true;
        return false;
    }
}
