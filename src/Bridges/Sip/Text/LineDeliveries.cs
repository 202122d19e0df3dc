namespace Interop.Bridges.Sip.Text;

/// <summary>Remembers which lines a phone was sent, so that a snapshot after a missed change repeats none.</summary>
/// <remarks>Bounded: of a long chat the oldest are forgotten, and those a snapshot no longer brings as new.</remarks>
internal sealed class LineDeliveries
{
    private const int Remembered = 512;

    private readonly Lock _gate = new();
    private readonly HashSet<string> _lines = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>True the first time that a line is asked for.</summary>
    public bool TryBegin(string line)
    {
        lock (_gate)
        {
            if (!_lines.Add(line))
                return false;
            _order.Enqueue(line);
            if (_order.Count > Remembered)
                _lines.Remove(_order.Dequeue());
            return true;
        }
    }
}
