using System.Threading.Channels;
using Interop.Bridges.Core.Attendant;
using Interop.Bridges.Media.Prompts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Interop.Tests.Unit.Bridges.Core.Attendant;

/// <remarks>What the party hears is written as names of prompts; the prompts of breath and pause have none.</remarks>
public sealed class LegAttendantTests : IDisposable
{
    private static readonly RoomCode Room = new("4201");
    private static readonly LegId Leg = new("leg-1");
    private static readonly AgencyId Hpd = new("hpd");
    private static readonly PromptBook s_book = PromptBook.Load(null, out _);

    private readonly FakeTimeProvider _time = new();
    private readonly DeskRoom _room = new();
    private readonly Channel<Playing> _played = Channel.CreateUnbounded<Playing>();
    private readonly Voice _voice;
    private readonly LegAttendant _attendant;

    public LegAttendantTests()
    {
        _voice = new Voice(new AttendantOptions(Speak: false), _time, NullLogger<Voice>.Instance);
        _attendant = new LegAttendant(Room, Leg, _room, PlayAsync, s_book, _voice, "en", _time, NullLogger.Instance);
    }

    public void Dispose()
    {
        _attendant.Dispose();
        _voice.Dispose();
    }

    [Fact]
    public async Task A_party_hears_who_calls_then_why_and_joins_with_its_second_key()
    {
        Ask();
        Assert.Equal("greeting.from letter.h letter.p letter.d greeting.any-key", await HeardAsync());
        _attendant.Press('1');
        Assert.Equal("letter.h letter.p letter.d ask.to-join type.shooting priority.emergency ask.press", await HeardAsync());
        _attendant.Press('1');
        Assert.Equal(new AnswerAsk(Leg, LegAnswer.Join), await _room.NextAsync());
        Assert.Equal("ask.joined", await HeardAsync());
        Plan(LegStatus.Up);
        _attendant.Press('1');
        _attendant.Press('*');
        _attendant.Press('*');
        Assert.Equal("key.help", await HeardAsync());
    }

    [Fact]
    public async Task A_voicemail_presses_nothing_learns_nothing_and_is_no_answer_after_twenty_seconds()
    {
        Ask();
        for (var times = 0; times < 3; times++)
        {
            var playing = await NextAsync();
            Assert.DoesNotContain("ask.", playing.Names, StringComparison.Ordinal);
            _time.Advance(TimeSpan.FromSeconds(5));
            playing.End.SetResult(PromptEnd.Played);
        }

        var last = await NextAsync();
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(new AnswerAsk(Leg, LegAnswer.None), await _room.NextAsync());
        Assert.Equal(PromptEnd.Cut, await last.End.Task.WaitAsync(TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task A_wrong_key_is_told_the_right_ones_in_the_language_that_was_asked_for()
    {
        Ask(language: "es-MX");
        Assert.Equal("es: greeting.from letter.h letter.p letter.d greeting.any-key", await HeardAsync());
        _attendant.Press('9');
        await HeardAsync();
        _attendant.Press('9');
        Assert.StartsWith("es: ask.again letter.h", await HeardAsync(), StringComparison.Ordinal);
        _attendant.Press('3');
        Assert.Equal(new AnswerAsk(Leg, LegAnswer.Decline), await _room.NextAsync());
    }

    [Fact]
    public async Task When_the_room_came_up_anew_the_party_is_asked_from_the_beginning()
    {
        Ask();
        var first = await NextAsync();
        _attendant.Press('5');
        await HeardAsync();
        Ask(epoch: 2);
        Assert.StartsWith("greeting.from", await HeardAsync(), StringComparison.Ordinal);
        _attendant.Press('1');
        Assert.Contains("ask.to-join", await HeardAsync(), StringComparison.Ordinal);
        Assert.Equal(PromptEnd.Cut, await first.End.Task.WaitAsync(TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task An_answer_that_the_room_could_not_take_is_told_again_under_the_same_id()
    {
        _room.Unreachable = 2;
        Ask();
        await HeardAsync();
        _attendant.Press('5');
        await HeardAsync();
        _attendant.Press('2');
        var (first, second, third) = (await IdAsync(), await IdAsync(), await IdAsync());
        Assert.Equal(first, second);
        Assert.Equal(first, third);
        Assert.Equal("ask.listening", await HeardAsync());
    }

    [Fact]
    public async Task Star_one_mutes_and_unmutes_and_says_so()
    {
        Plan(LegStatus.Up);
        Press("*1");
        Assert.Equal(new ChooseLegMode(Leg, LegMode.Muted), await _room.NextAsync());
        Assert.Equal("key.muted", await HeardAsync());
        _room.Own = LegMode.Muted;
        Press("*1");
        Assert.Equal(new ChooseLegMode(Leg, LegMode.Talk), await _room.NextAsync());
        Assert.Equal("key.unmuted", await HeardAsync());
        _room.Mode = LegMode.Muted;
        Press("*1");
        await _room.NextAsync();
        Assert.Equal("key.muted-by-dispatcher", await HeardAsync());
        _room.Own = LegMode.Talk;
        Press("*2");
        Assert.Equal(new ChooseLegMode(Leg, LegMode.Listen), await _room.NextAsync());
        Assert.Equal("key.listening", await HeardAsync());
    }

    [Fact]
    public async Task Star_three_tells_who_is_here_and_star_zero_leaves_after_a_goodbye()
    {
        Plan(LegStatus.Up);
        Press("*3");
        Assert.Equal("who.here number.3 who.parties letter.h letter.p letter.d letter.f letter.b letter.i letter.c letter.t letter.i letter.c", await HeardAsync());
        Press("*0");
        var goodbye = await NextAsync();
        Assert.Equal("key.goodbye", goodbye.Names);
        goodbye.End.SetResult(PromptEnd.Played);
        Assert.Equal(new LegLeft(Leg, "left by key"), await _room.NextAsync());
    }

    private void Press(string keys)
    {
        foreach (var key in keys) _attendant.Press(key);
    }

    private void Ask(long epoch = 1, string? language = null) => Plan(LegStatus.Asking, new LegAsk(Hpd, "Hartford Police", "two down", language, null), epoch);

    private void Plan(LegStatus status, LegAsk? ask = null, long epoch = 1)
    {
        var leg = new PlannedLeg(Leg, LegKind.Sip, LegMode.Talk, status, new Party(new AgencyId("fbi"), "FBI", "sip:fbi@10.0.0.1", "dialled"), true, null, ask);
        _attendant.Tell(new RoomPlan(Room, "Shots", Hpd, epoch, 1, true, [leg], "shooting", Priority.Emergency), leg);
    }

    private async Task<PromptEnd> PlayAsync(IReadOnlyList<PromptAudio> prompts, CancellationToken cut)
    {
        var playing = new Playing(Names(prompts), new TaskCompletionSource<PromptEnd>(TaskCreationOptions.RunContinuationsAsynchronously));
        _played.Writer.TryWrite(playing);
        await using var cutting = cut.Register(() => playing.End.TrySetResult(PromptEnd.Cut));
        return await playing.End.Task;
    }

    private async Task<string> HeardAsync() => (await NextAsync()).Names;

    private async Task<Playing> NextAsync() => await _played.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(5));

    private async Task<CommandId> IdAsync()
    {
        // The pause begins when the failed try has ended, at no moment that could be told from outside: time passes until it is over.
        var told = _room.Ids.Reader.WaitToReadAsync().AsTask();
        for (var i = 0; i < 500 && !told.IsCompleted; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(500));
            await Task.WhenAny(told, Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System));
        }

        return await _room.Ids.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(5));
    }

    private static string Names(IReadOnlyList<PromptAudio> prompts)
    {
        var list = File.ReadLines(Path.Combine(House.Repository.Root, "src/Bridges/Core/Attendant/Prompts/prompts.txt"));
        string[] known = [.. list.Where(line => !line.StartsWith('#')).Select(line => line.Split('|')[0].Trim())];
        foreach (var language in PromptBook.Languages)
            if (prompts.Select(prompt => known.FirstOrDefault(name => s_book.Find(language, name) == prompt)).OfType<string>().ToArray() is { Length: > 0 } names)
                return (language == "en" ? "" : language + ": ") + string.Join(' ', names);
        return "";
    }

    private sealed record Playing(string Names, TaskCompletionSource<PromptEnd> End);
}
