using System.Threading.Channels;
using Interop.Bridges.Core;
using Interop.Bridges.Core.Legs;
using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Sip.Conference;

/// <summary>Shows one subscriber a room: the newest state, at most so often, and never while it still answers the last.</summary>
/// <remarks>
/// What came in between is left out: a phone needs who is in the room now. A document that did not arrive is made up for
/// by a whole one.
/// </remarks>
internal sealed class RosterSubscription
{
    /// <summary>The least time from one document to the next (RFC 4575 section 3.7 lets us choose it).</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);

    private readonly ConferenceDocument _document;
    private readonly Func<ReadOnlyMemory<byte>, Task<bool>> _notify;
    private readonly Func<Task> _over;
    private readonly TimeProvider _time;
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private volatile Roster _newest;
    private int _owesWhole = 1;
    private Roster? _told;
    private uint _version;
    private int _failures;

    /// <param name="document">Writes what is shown.</param>
    /// <param name="first">The room as it is.</param>
    /// <param name="notify">Sends a document; false when it did not arrive.</param>
    /// <param name="over">Ends the subscription, once the subscriber was told that the room is over.</param>
    public RosterSubscription(
        ConferenceDocument document,
        Roster first,
        Func<ReadOnlyMemory<byte>, Task<bool>> notify,
        Func<Task> over,
        TimeProvider time,
        ILogger logger)
    {
        (_document, _newest, _notify, _over, _time) = (document, first, notify, over, time);
        RunAsync().Observe(logger, "show a phone who is in the room");
    }

    /// <summary>The room is so now.</summary>
    public void Show(Roster now)
    {
        _newest = now;
        _signals.Writer.TryWrite(true);
    }

    /// <summary>The subscriber is owed the whole state, also when nothing changed.</summary>
    public void Refresh()
    {
        Volatile.Write(ref _owesWhole, 1);
        _signals.Writer.TryWrite(true);
    }

    /// <summary>Nothing more is shown.</summary>
    public void End() => _signals.Writer.TryComplete();

    private async Task RunAsync()
    {
        await foreach (var _ in _signals.Reader.ReadAllAsync())
        {
            if (!await TellAsync())
                continue;
            if (_told is { Open: false })
                await _over();
            await Task.Delay(_failures == 0 ? Pace : BackOff.After(_failures, 0), _time);
        }
    }

    /// <summary>Sends what the subscriber does not know yet; false when that is nothing.</summary>
    private async Task<bool> TellAsync()
    {
        var whole = Interlocked.Exchange(ref _owesWhole, 0) == 1;
        var now = _newest;
        if (!whole && ReferenceEquals(now, _told))
            return false;
        var arrived = await _notify(_document.Write(now, whole ? null : _told, ++_version));
        _told = now;
        _failures = arrived ? 0 : _failures + 1;
        if (!arrived)
            Refresh();
        return true;
    }
}
