namespace Interop.Bridges.Media.Prompts;

/// <summary>A sequence of prompts on its way to one leg. Made by the asker, read by the tick thread, cut by either.</summary>
internal sealed class Playback(IReadOnlyList<PromptAudio> prompts)
{
    /// <summary>The most prompts of one sequence; a roster of a hundred parties is not read out.</summary>
    public const int MostPrompts = 128;

    private readonly TaskCompletionSource<PromptEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly short[] _frame = new short[AudioFrame.Samples];
    private int _index;
    private int _position;

    /// <summary>Completes when it has ended, however it did.</summary>
    public Task<PromptEnd> Ended => _ended.Task;

    public void End(PromptEnd end) => _ended.TrySetResult(end);

    /// <summary>The 20 ms that are due, filled up with silence at the end.</summary>
    public ReadOnlySpan<short> Frame => _frame;

    /// <summary>Goes on to the next 20 ms; false when it is over.</summary>
    public bool Advance()
    {
        if (_ended.Task.IsCompleted) return false;
        var filled = 0;
        while (filled < _frame.Length && _index < prompts.Count)
        {
            var rest = prompts[_index].Samples[_position..];
            var count = Math.Min(rest.Length, _frame.Length - filled);
            rest[..count].CopyTo(_frame.AsSpan(filled));
            filled += count;
            _position += count;
            if (count < rest.Length) continue;
            _index++;
            _position = 0;
        }

        if (_index == prompts.Count) End(PromptEnd.Played);
        _frame.AsSpan(filled).Clear();
        return filled > 0;
    }
}
