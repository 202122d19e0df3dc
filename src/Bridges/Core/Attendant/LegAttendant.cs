using System.Diagnostics.CodeAnalysis;
using Interop.Bridges.Media.Prompts;
using Interop.Hub.Contracts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;
using Microsoft.Extensions.Logging;

namespace Interop.Bridges.Core.Attendant;

/// <summary>Plays prompts to one leg, in place of what is being played to it.</summary>
internal delegate Task<PromptEnd> PlayPrompts(IReadOnlyList<PromptAudio> prompts, CancellationToken cancel);

/// <summary>Attends one leg for as long as it is there: asks it in, and does what its keys wish.</summary>
/// <remarks>All of its state belongs to its work, which is done in order: plans, keys, ends of prompts and times that are up.</remarks>
[SuppressMessage("Usage", "CA2213", Justification = "What is played is disposed by the last work, which may still be using it")]
internal sealed partial class LegAttendant : IDisposable
{
    /// <summary>The most that waits for the loop; fingers are slower, and what a flood adds is dropped.</summary>
    private const int MostSignals = 64;

    private const int MostTries = 20;
    private static readonly TimeSpan s_betweenTries = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_goodbye = TimeSpan.FromSeconds(3);

    private readonly RoomCode _code;
    private readonly LegId _leg;
    private readonly IRoomGrain _room;
    private readonly PlayPrompts _play;
    private readonly PromptBook _book;
    private readonly Voice _voice;
    private readonly string _defaultLanguage;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SerialWork _work;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _stopped;
    private CancellationTokenSource? _playing;
    private ITimer? _timer;
    private Newest? _newest;
    private Phrases _phrases;
    private AskScript? _ask;
    private long _askedIn;
    private RoomKeys _keys;

    public LegAttendant(
        RoomCode code, LegId leg, IRoomGrain room, PlayPrompts play, PromptBook book, Voice voice, string defaultLanguage, TimeProvider time, ILogger logger)
    {
        (_code, _leg, _room, _play, _book, _voice, _defaultLanguage, _time, _logger) = (code, leg, room, play, book, voice, defaultLanguage, time, logger);
        _phrases = new Phrases(book, voice, defaultLanguage);
        _stopped = _stop.Token;
        _work = new SerialWork(MostSignals, failure => LogFailed(logger, failure, code, leg));
    }

    private abstract record Signal;

    private sealed record Planned : Signal
    {
        public static readonly Planned One = new();
    }

    private sealed record Pressed(char Key) : Signal;

    private sealed record PlayedOut(CancellationTokenSource Playing) : Signal;

    private sealed record TimeIsUp : Signal;

    private sealed record Newest(long Epoch, string Type, Priority Priority, PlannedLeg Leg);

    /// <summary>The leg as the newest plan wants it. That waits beside the work, so that too much of it loses no plan.</summary>
    public void Tell(RoomPlan plan, PlannedLeg planned)
    {
        // A room's every act brings a plan to every leg; only what says something else of this one is kept, or wakes it.
        if (Volatile.Read(ref _newest) is { } before && before.Leg == planned && before.Epoch == plan.Epoch)
            return;
        Volatile.Write(ref _newest, new Newest(plan.Epoch, plan.Type, plan.Priority, planned));
        Signalled(Planned.One);
    }

    public void Press(char key) => Signalled(new Pressed(key));

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
        _work.Close(last: async () =>
        {
            if (_timer is not null)
                await _timer.DisposeAsync();
            await HushAsync();
        });
    }

    private void Signalled(Signal signal) => _work.TryAdd(() => HearAsync(signal));

    private async Task HearAsync(Signal signal)
    {
        if (_stopped.IsCancellationRequested)
            return;
        try
        {
            await TakeAsync(signal, _stopped);
        }
        catch (OperationCanceledException)
        {
            // The leg is gone, and so is whoever heard the prompt.
        }

        if (_ask is not { } ask)
            return;
        _timer ??= _time.CreateTimer(_ => Signalled(new TimeIsUp()), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(Max(TimeSpan.Zero, ask.Deadline - Now), Timeout.InfiniteTimeSpan);
    }

    private TimeSpan Now => _time.GetElapsedTime(0);

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
                await HushAsync();
            _ask = null;
            _askedIn = 0;
            return;
        }

        if (_askedIn == newest.Epoch)
            return;
        _askedIn = newest.Epoch;
        _phrases = new Phrases(_book, _voice, PromptBook.Language(ask.Language) ?? _defaultLanguage);
        var greeting = await _phrases.GreetingAsync(ask);
        var begun = Now;
        Play(greeting);
        // The purpose is spoken while the greeting plays; keys wait for it, and the voice's patience is short.
        var explanation = await _phrases.ExplanationAsync(ask, newest.Type, newest.Priority);
        _ask = new AskScript(greeting, explanation, _phrases.Say("ask.again"), begun);
    }

    private async Task MoveAsync(AskMove move, Newest newest, CancellationToken stop)
    {
        if (move.Play is { } prompts)
            Play(prompts);
        if (move.Answer is not { } answer)
            return;
        _ask = null;
        await HushAsync();
        if (await AnswerAsync(answer, newest, stop) is not { } taken)
        {
            // The room could not be told: the party is still there, and is asked anew rather than left in silence.
            _askedIn = 0;
            Signalled(Planned.One);
            return;
        }

        if (taken && answer is LegAnswer.Join or LegAnswer.Listen)
            Play(_phrases.Say(answer == LegAnswer.Join ? "ask.joined" : "ask.listening"));
    }

    /// <summary>Tells the room; null when it could not be reached.</summary>
    /// <remarks>Told again under the same id meanwhile: a yes must not get lost, nor count twice.</remarks>
    private async Task<bool?> AnswerAsync(LegAnswer answer, Newest newest, CancellationToken stop)
    {
        var id = new CommandId($"ask-{_leg}-{newest.Epoch}-{Guid.NewGuid():N}");
        for (var tries = 0; tries < MostTries; tries++)
        {
            try
            {
                var outcome = await _room.Execute(new AnswerAsk(_leg, answer), Actor.Hub, id);
                if (outcome.Ok || outcome.Refusal.Kind != RefusalKind.Unavailable)
                    return outcome.Ok;
            }
            catch (Exception unreachable) when (unreachable is not OperationCanceledException)
            {
                LogNotTaken(_logger, unreachable, _code, _leg, answer);
            }

            await Task.Delay(s_betweenTries, _time, stop);
        }

        return null;
    }

    private async Task WishAsync(RoomWish wish, PlannedLeg planned, CancellationToken stop)
    {
        if (wish == RoomWish.None)
            return;
        var desk = new RoomDesk(_code, _leg, _room, _phrases);
        if (wish != RoomWish.Leave)
        {
            Play(await desk.DoAsync(wish, planned));
            return;
        }

        using var impatience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var limit = new CancellationTokenSource(s_goodbye, _time);
        await using var cut = limit.Token.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), impatience);
        await _play(_phrases.Say("key.goodbye"), impatience.Token);
        await desk.LeaveAsync();
    }

    private void Play(IReadOnlyList<PromptAudio> prompts)
    {
        _playing?.Cancel();
        _playing?.Dispose();
        _playing = CancellationTokenSource.CreateLinkedTokenSource(_stopped);
        PlayAsync(prompts, _playing, _playing.Token).Observe(_logger, "play a prompt");
    }

    /// <summary>Ends what is being played.</summary>
    private async Task HushAsync()
    {
        if (_playing is not { } playing)
            return;
        _playing = null;
        await playing.CancelAsync();
        playing.Dispose();
    }

    private async Task PlayAsync(IReadOnlyList<PromptAudio> prompts, CancellationTokenSource playing, CancellationToken cut)
    {
        var end = prompts.Count == 0 ? PromptEnd.Refused : await _play(prompts, cut);
        // Nothing was there to play, or nobody to play it to: not asked again in a tight circle.
        if (end == PromptEnd.Refused)
            await Task.Delay(s_betweenTries, _time, cut);
        if (end is PromptEnd.Played or PromptEnd.Refused)
            _work.Add(() => HearAsync(new PlayedOut(playing)));
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    [LoggerMessage(2041, LogLevel.Warning, "Room {Room} did not take {Answer} of leg {Leg}; it is told again")]
    private static partial void LogNotTaken(ILogger logger, Exception exception, RoomCode room, LegId leg, LegAnswer answer);

    [LoggerMessage(2042, LogLevel.Error, "A key of leg {Leg} of room {Room} could not be followed")]
    private static partial void LogFailed(ILogger logger, Exception exception, RoomCode room, LegId leg);
}
