using System.Diagnostics.CodeAnalysis;
using Interop.Bridges.Sip.Calls;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Ports;
using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Sip.Text;

/// <summary>One phone's part of the room's chat: the lines in their order, one after the other, each once.</summary>
/// <remarks>
/// How far the phone got is stored with each line, so a leg that was lost goes on where it was, whichever node it comes
/// back through. After a kill a line may come twice; it never fails to come.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "A token source without timer holds nothing")]
internal sealed partial class LegChat
{
    /// <summary>Lines that may wait for one phone: more than a room shows.</summary>
    private const int LongestQueue = 512;

    private readonly SipLeg _leg;
    private readonly TextSender _sender;
    private readonly UndeliveredLines _undelivered;
    private readonly IChatMarks _marks;
    private readonly ILogger _logger;
    private readonly Queue<ChatLine> _lines = new();
    private readonly CancellationTokenSource _noMore = new();
    private readonly CancellationTokenSource _giveUp = new();
    private Task _work;
    private bool _delivering = true;
    private ChatMark _mark;
    private long _offered;

    /// <param name="since">When the leg came into the room; a leg that was in it before goes on with its own mark.</param>
    /// <param name="before">What another call of the same leg still has to finish.</param>
    public LegChat(
        SipLeg leg, DateTimeOffset since, Task before, TextSender sender, UndeliveredLines undelivered, IChatMarks marks, ILogger logger)
    {
        (_leg, _sender, _undelivered, _marks, _logger) = (leg, sender, undelivered, marks, logger);
        _mark = new ChatMark(since, 0);
        _work = BeginAsync(before);
    }

    /// <summary>Queues a line, unless it was offered before. Called in the room's order, one at a time.</summary>
    /// <returns>False when too many wait already.</returns>
    public bool Offer(ChatLine line)
    {
        // Whoever goes on with the leg finds the line in the room.
        if (_noMore.IsCancellationRequested)
            return true;
        var number = LineNumber.Of(line);
        if (number != 0 && number <= _offered)
            return true;
        _offered = Math.Max(_offered, number);
        lock (_lines)
        {
            if (_lines.Count == LongestQueue)
                return false;
            _lines.Enqueue(line);
            if (_delivering)
                return true;
            _delivering = true;
            _work = Task.Run(DeliverAsync);
        }

        return true;
    }

    /// <summary>Sends nothing more, and gives up what is under way: it is sent when the leg is back.</summary>
    public async Task StopAsync()
    {
        await _giveUp.CancelAsync();
        await HandOverAsync();
    }

    /// <summary>Begins nothing more; done when the line that is under way has come to its end. Another goes on from there.</summary>
    public async Task HandOverAsync()
    {
        await _noMore.CancelAsync();
        Task underWay;
        lock (_lines)
            underWay = _work;
        await underWay;
    }

    /// <summary>The leg is gone for good: what still waits is marked undelivered.</summary>
    public async Task EndAsync(string cause)
    {
        await StopAsync();
        while (TryNext(out var line, taken: true))
            if (UndeliveredLines.Owed(line, _leg.Id, _mark))
                await _undelivered.MarkAsync(_leg.Room, _leg.Id, line.Id, cause);
        await _marks.Forget(_leg.Room, _leg.Id, CancellationToken.None);
    }

    private async Task BeginAsync(Task before)
    {
        await before;
        try
        {
            _mark = await _marks.Begin(_leg.Room, _leg.Id, _mark.Since, _noMore.Token);
        }
        catch (OperationCanceledException)
        {
            // Whoever stopped it says what becomes of the lines.
            return;
        }
        catch (Exception broken)
        {
            LogNotKept(_logger, broken, _leg.Id, _leg.Room);
        }

        await DeliverAsync();
    }

    private async Task DeliverAsync()
    {
        while (TryNext(out var line, taken: false))
        {
            if (_noMore.IsCancellationRequested)
                return;
            try
            {
                if (UndeliveredLines.Owed(line, _leg.Id, _mark) && !await SettleAsync(line))
                    return;
            }
            catch (OperationCanceledException)
            {
                // Whoever stopped it says what becomes of the rest.
                return;
            }

            // Only now: a line that was not settled is still there for whoever says what becomes of the rest.
            TryNext(out _, taken: true);
        }
    }

    private bool TryNext([NotNullWhen(true)] out ChatLine? line, bool taken)
    {
        lock (_lines)
            return _delivering = taken ? _lines.TryDequeue(out line) : _lines.TryPeek(out line);
    }

    /// <summary>Sends the line or marks it; false when the call is over, and the line waits for the next.</summary>
    private async Task<bool> SettleAsync(ChatLine line)
    {
        var result = await _sender.SendAsync(_leg, line, _giveUp.Token);
        if (result is TextResult.CallOver)
            return false;
        try
        {
            if (result is TextResult.Refused refused)
                await _undelivered.MarkAsync(_leg.Room, _leg.Id, line.Id, refused.Cause);
            await _marks.Advance(_leg.Room, _leg.Id, LineNumber.Of(line), CancellationToken.None);
        }
        catch (Exception broken)
        {
            LogNotKept(_logger, broken, _leg.Id, _leg.Room);
        }

        return true;
    }

    [LoggerMessage(3020, LogLevel.Warning, "How far the chat of room {Room} reached leg {Leg} could not be stored; after a restart lines may come twice")]
    private static partial void LogNotKept(ILogger logger, Exception exception, LegId leg, RoomCode room);
}
