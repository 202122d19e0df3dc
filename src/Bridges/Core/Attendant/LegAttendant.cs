using System.Threading.Channels;
using Interop.Bridges.Media.Prompts;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Core.Attendant;

/// <summary>Plays prompts to one leg, in place of what is being played to it.</summary>
internal delegate Task<PromptEnd> PlayPrompts(IReadOnlyList<PromptAudio> prompts, CancellationToken cancel);

/// <summary>Attends one leg for as long as it is there: asks it in, and does what its keys wish.</summary>
/// <remarks>All of its state belongs to its one loop; plans, keys and ends of prompts reach it through a channel.</remarks>
internal sealed partial class LegAttendant(
    RoomCode code, LegId leg, IRoomGrain room, PlayPrompts play, PromptBook book, Voice voice, string defaultLanguage, TimeProvider time, ILogger logger) : IDisposable
{
    /// <summary>The most that waits for the loop; fingers are slower, and what a flood adds is dropped.</summary>
    private const int MostSignals = 64;

    private const int MostTries = 20;
    private static readonly TimeSpan s_betweenTries = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_goodbye = TimeSpan.FromSeconds(3);

    private readonly Channel<Signal> _signals = Channel.CreateBounded<Signal>(new BoundedChannelOptions(MostSignals) { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private CancellationToken _stopped;
    private CancellationTokenSource _playing = new();
    private Newest? _newest;
    private Phrases _phrases = new(book, voice, defaultLanguage);
    private AskScript? _ask;
    private long _askedIn;
    private RoomKeys _keys;

    private abstract record Signal;

    private sealed record Planned : Signal;

    private sealed record Pressed(char Key) : Signal;

    private sealed record PlayedOut(CancellationTokenSource Playing) : Signal;

    private sealed record TimeIsUp : Signal;

    private sealed record Newest(RoomPlan Plan, PlannedLeg Leg);

    /// <summary>The leg as the newest plan wants it. The plan itself waits beside the channel, so that a full one loses none.</summary>
    public void Tell(RoomPlan plan, PlannedLeg planned)
    {
        var before = Volatile.Read(ref _newest);
        Volatile.Write(ref _newest, new Newest(plan, planned));
        // A room's every act brings a plan to every leg; the loop is woken by those that say something else of this one.
        if (before?.Leg != planned || before.Plan.Epoch != plan.Epoch)
            _signals.Writer.TryWrite(new Planned());
    }

    public void Press(char key) => _signals.Writer.TryWrite(new Pressed(key));

    public void Start()
    {
        _stopped = _stop.Token;
        Task.Run(() => RunAsync(_stopped), CancellationToken.None).Observe(logger, "attend a leg");
    }

    public void Dispose()
    {
        _signals.Writer.TryComplete();
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task RunAsync(CancellationToken stop)
    {
        await using var timer = time.CreateTimer(_ => _signals.Writer.TryWrite(new TimeIsUp()), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        try
        {
            // Not by the token: an idle loop ends with its channel, and a call that ends costs no exception.
            await foreach (var signal in _signals.Reader.ReadAllAsync(CancellationToken.None))
            {
                if (stop.IsCancellationRequested)
                    break;
                try
                {
                    await TakeAsync(signal, stop);
                }
                catch (Exception failure) when (failure is not OperationCanceledException)
                {
                    LogFailed(logger, failure, code, leg);
                }

                if (_ask is { } ask)
                    timer.Change(Max(TimeSpan.Zero, ask.Deadline - Now), Timeout.InfiniteTimeSpan);
            }
        }
        catch (OperationCanceledException)
        {
            // The leg is gone, and so is whoever heard the prompt.
        }
        finally
        {
            await _playing.CancelAsync();
            _playing.Dispose();
        }
    }

    private TimeSpan Now => time.GetElapsedTime(0);

    private async Task TakeAsync(Signal signal, CancellationToken stop)
    {
        if (Volatile.Read(ref _newest) is not { } newest)
            return;
        await FollowAsync(newest);
        switch (signal)
        {
            case Pressed pressed when _ask is { } ask:
                await MoveAsync(ask.Press(pressed.Key, Now), newest, stop);
                break;
            case Pressed pressed when newest.Leg.Status == LegStatus.Up:
                await WishAsync(_keys.Press(pressed.Key, Now), newest.Leg, stop);
                break;
            case PlayedOut played when _ask is { } ask && played.Playing == _playing:
                await MoveAsync(ask.PlayedOut(), newest, stop);
                break;
            case TimeIsUp when _ask is { } ask:
                await MoveAsync(ask.Wait(Now), newest, stop);
                break;
        }
    }

    /// <summary>Begins to ask, also anew when the room came up again and asks once more; ends when nothing is asked any more.</summary>
    private async Task FollowAsync(Newest newest)
    {
        if (newest.Leg is not { Status: LegStatus.Asking, Ask: { } ask })
        {
            if (_ask is not null)
                await _playing.CancelAsync();
            _ask = null;
            _askedIn = 0;
            return;
        }

        if (_askedIn == newest.Plan.Epoch)
            return;
        _askedIn = newest.Plan.Epoch;
        _phrases = new Phrases(book, voice, PromptBook.Language(ask.Language) ?? defaultLanguage);
        var greeting = await _phrases.GreetingAsync(ask);
        var begun = Now;
        Play(greeting);
        // The purpose is spoken while the greeting plays; keys wait for it, and the voice's patience is short.
        var explanation = await _phrases.ExplanationAsync(ask, newest.Plan.Type, newest.Plan.Priority);
        _ask = new AskScript(greeting, explanation, _phrases.Say("ask.again"), begun);
    }

    private async Task MoveAsync(AskMove move, Newest newest, CancellationToken stop)
    {
        if (move.Play is { } prompts)
            Play(prompts);
        if (move.Answer is not { } answer)
            return;
        _ask = null;
        await _playing.CancelAsync();
        if (await AnswerAsync(answer, newest, stop) is not { } taken)
        {
            // The room could not be told: the party is still there, and is asked anew rather than left in silence.
            _askedIn = 0;
            _signals.Writer.TryWrite(new Planned());
            return;
        }

        if (taken && answer is LegAnswer.Join or LegAnswer.Listen)
            Play(_phrases.Say(answer == LegAnswer.Join ? "ask.joined" : "ask.listening"));
    }

    /// <summary>Tells the room; null when it could not be reached.</summary>
    /// <remarks>Told again under the same id meanwhile: a yes must not get lost, nor count twice.</remarks>
    private async Task<bool?> AnswerAsync(LegAnswer answer, Newest newest, CancellationToken stop)
    {
        var id = new CommandId($"ask-{leg}-{newest.Plan.Epoch}-{Guid.NewGuid():N}");
        for (var tries = 0; tries < MostTries; tries++)
        {
            try
            {
                var outcome = await room.Execute(new AnswerAsk(leg, answer), Actor.Hub, id);
                if (outcome.Ok || outcome.Refusal.Kind != RefusalKind.Unavailable)
                    return outcome.Ok;
            }
            catch (Exception unreachable) when (unreachable is not OperationCanceledException)
            {
                LogNotTaken(logger, unreachable, code, leg, answer);
            }

            await Task.Delay(s_betweenTries, time, stop);
        }

        return null;
    }

    private async Task WishAsync(RoomWish wish, PlannedLeg planned, CancellationToken stop)
    {
        if (wish == RoomWish.None)
            return;
        var desk = new RoomDesk(code, leg, room, _phrases);
        if (wish != RoomWish.Leave)
        {
            Play(await desk.DoAsync(wish, planned));
            return;
        }

        using var impatience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var limit = new CancellationTokenSource(s_goodbye, time);
        await using var cut = limit.Token.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), impatience);
        await play(_phrases.Say("key.goodbye"), impatience.Token);
        await desk.LeaveAsync();
    }

    private void Play(IReadOnlyList<PromptAudio> prompts)
    {
        _playing.Cancel();
        _playing.Dispose();
        _playing = CancellationTokenSource.CreateLinkedTokenSource(_stopped);
        PlayAsync(prompts, _playing, _playing.Token).Observe(logger, "play a prompt");
    }

    private async Task PlayAsync(IReadOnlyList<PromptAudio> prompts, CancellationTokenSource playing, CancellationToken cut)
    {
        var end = prompts.Count == 0 ? PromptEnd.Refused : await play(prompts, cut);
        // Nothing was there to play, or nobody to play it to: not asked again in a tight circle.
        if (end == PromptEnd.Refused)
            await Task.Delay(s_betweenTries, time, cut);
        if (end is PromptEnd.Played or PromptEnd.Refused)
            await _signals.Writer.WriteAsync(new PlayedOut(playing), cut);
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    [LoggerMessage(2041, LogLevel.Warning, "Room {Room} did not take {Answer} of leg {Leg}; it is told again")]
    private static partial void LogNotTaken(ILogger logger, Exception exception, RoomCode room, LegId leg, LegAnswer answer);

    [LoggerMessage(2042, LogLevel.Error, "A key of leg {Leg} of room {Room} could not be followed")]
    private static partial void LogFailed(ILogger logger, Exception exception, RoomCode room, LegId leg);
}
