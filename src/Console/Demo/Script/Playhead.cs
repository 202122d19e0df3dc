namespace Interop.Console.Demo.Script;

/// <summary>Where the exercise stands: which acts are due, and which scene comes next.</summary>
/// <remarks>Pure but for its place; who calls it says what time it is.</remarks>
internal sealed class Playhead
{
    private readonly Exercise _exercise;
    private Scene _scene;
    private TimeSpan _sceneBegan;
    private int _next;

    /// <param name="exercise">What is played.</param>
    /// <param name="incidentStands">Whether an earlier run's incident still stands: it is gone on with, and no second one raised.</param>
    public Playhead(Exercise exercise, bool incidentStands)
    {
        _exercise = exercise;
        _scene = incidentStands ? exercise.Traffic : exercise.Opening;
    }

    /// <summary>The acts that have become due, in order.</summary>
    /// <param name="elapsed">Since the exercise began.</param>
    /// <param name="incidentStands">Asked at the end of a scene: without an incident the exercise opens again.</param>
    public IReadOnlyList<Act> Due(TimeSpan elapsed, Func<bool> incidentStands)
    {
        var due = new List<Act>();
        if (elapsed - _sceneBegan >= _scene.Length + TimeSpan.FromMinutes(1))
        {
            // The machine slept. What was missed is over; to play it all at once would be a crowd shouting.
            _sceneBegan = elapsed;
            _next = 0;
        }

        Collect(due, elapsed);
        if (elapsed - _sceneBegan < _scene.Length)
            return due;
        _sceneBegan += _scene.Length;
        _scene = incidentStands() ? _exercise.Traffic : _exercise.Opening;
        _next = 0;
        Collect(due, elapsed);
        return due;
    }

    private void Collect(List<Act> due, TimeSpan elapsed)
    {
        for (; _next < _scene.Cues.Count && _scene.Cues[_next].At <= elapsed - _sceneBegan; _next++)
            due.Add(_scene.Cues[_next].Act);
    }
}
