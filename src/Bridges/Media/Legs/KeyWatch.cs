namespace Interop.Bridges.Media.Legs;

/// <summary>Whether a far end that agreed to new keys uses them. Owned by the tick thread.</summary>
/// <remarks>
/// Some phones answer an offer of new keys and go on with their first: the call is up, and silent both ways. One is judged by what
/// comes from the very address that it said, for three seconds and a second's worth of packets, of which nothing opens. Whatever
/// opens once acquits it for good, so that a stranger, even one who forges the address, cannot have a phone called that speaks
/// under its keys; and nobody is judged twice under the same keys.
/// </remarks>
internal struct KeyWatch
{
    private const int EnoughPackets = 50;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    private bool _watching;
    private TimeSpan? _first;
    private int _packets;
    private bool _ignored;

    /// <summary>Begins when keys were renewed; with keys that were not, nothing is watched.</summary>
    public void Begin(bool renewed) => this = new KeyWatch { _watching = renewed };

    /// <summary>Something opened.</summary>
    public void Opened() => _watching = false;

    /// <summary>Something from the far end's own address did not open.</summary>
    public void Refused(TimeSpan now)
    {
        if (!_watching) return;
        _first ??= now;
        _ignored = ++_packets >= EnoughPackets && now - _first >= s_patience;
        if (_ignored) _watching = false;
    }

    /// <summary>Whether the keys are ignored; true once.</summary>
    public bool Take()
    {
        var ignored = _ignored;
        _ignored = false;
        return ignored;
    }
}
