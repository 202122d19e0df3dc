using Interop.Bridges.Wire.Sip;
using Interop.Bridges.Wire.Sip.Dialogs;
using Interop.Bridges.Wire.Sip.Messages;
using Interop.Bridges.Wire.Sip.UserAgent;
using Xunit;

namespace Interop.Tests.Unit.Wire.Sip;

/// <summary>Requests inside dialogs that another process had.</summary>
public sealed class UnknownDialogTests : IAsyncDisposable
{
    private readonly TestWire _wire = new(new SipOptions { Lanes = 1, Limits = new SipLimits { DialogLookups = 1 } });
    private readonly RecordingHandler _handler = new();
    private readonly TaskCompletionSource<ResumableDialog?> _found = new();
    private int _asked;

    public UnknownDialogTests() => _wire.OnUnknownDialog = _ =>
    {
        Interlocked.Increment(ref _asked);
        return _found.Task;
    };

    public ValueTask DisposeAsync() => _wire.DisposeAsync();

    [Fact]
    public async Task A_stored_dialog_is_resumed_and_serves_what_waited()
    {
        _wire.Receive(Written.Request("INFO", "z9hG4bKa", 8, "ours"));
        _wire.Receive(Written.Request("INFO", "z9hG4bKb", 9, "ours"));
        await _wire.SettleAsync();
        _found.SetResult(new ResumableDialog(await StoredAsync(), call => call.Handler = _handler));
        Assert.Equal(200, (await _wire.AnswersAsync()).Status);
        Assert.Equal(200, (await _wire.AnswersAsync()).Status);
        Assert.Equal(1, _asked);

        // The numbering holds after the resumption, too.
        _wire.Receive(Written.Request("INFO", "z9hG4bKc", 7, "ours"));
        Assert.Equal(500, (await _wire.AnswersAsync()).Status);
        _wire.Receive(Written.Invite("z9hG4bKd", 10, "ours"));
        Assert.Equal(200, (await _wire.AnswersAsync()).Status);
        _wire.Receive(Written.Request("ACK", "z9hG4bKack", 10, "ours"));
        _wire.Receive(Written.Request("BYE", "z9hG4bKe", 11, "ours"));
        Assert.Equal(200, (await _wire.AnswersAsync()).Status);
        Assert.Equal(CallEndKind.RemoteBye, (await TestPeer.Within(_handler.Ended.NextAsync(), "the end")).Kind);
    }

    [Fact]
    public async Task A_dialog_that_nobody_stored_gets_481_and_is_asked_for_once()
    {
        _found.SetResult(null);
        for (var i = 1u; i < 4; i++)
        {
            _wire.Receive(Written.Request("BYE", $"z9hG4bK{i}", i, "ours"));
            Assert.Equal(481, (await _wire.AnswersAsync()).Status);
        }

        Assert.Equal(1, _asked);
        await _wire.AdvanceAsync(TimeSpan.FromMinutes(2));
        _wire.Receive(Written.Request("BYE", "z9hG4bKlate", 9, "ours"));
        Assert.Equal(481, (await _wire.AnswersAsync()).Status);
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_503_and_no_end_of_the_call()
    {
        _wire.Receive(Written.Request("INFO", "z9hG4bKa", 8, "ours"));
        await _wire.SettleAsync();
        _wire.Receive(Written.Request("INFO", "z9hG4bKb", 8, "another"));
        Assert.Equal("10", (await _wire.AnswersAsync()).Headers[HeaderNames.RetryAfter]);
        // The question is put on the thread pool; its time begins once it is.
        await TestPeer.Within(Task.Run(async () =>
        {
            while (Volatile.Read(ref _asked) == 0) await Task.Yield();
            return true;
        }), "the question");
        await _wire.AdvanceAsync(TimeSpan.FromSeconds(6));
        Assert.Equal(503, (await _wire.AnswersAsync()).Status);
    }

    [Fact]
    public async Task A_stored_dialog_of_another_name_is_not_taken()
    {
        var other = await StoredAsync() with { LocalTag = "other" };
        _found.SetResult(new ResumableDialog(other, _ => { }));
        _wire.Receive(Written.Request("INFO", "z9hG4bKa", 8, "ours"));
        Assert.Equal(481, (await _wire.AnswersAsync()).Status);
    }

    private static async Task<DialogState> StoredAsync()
    {
        await using var scene = await Scene.ConfirmedAsync();
        return scene.Call.State with { LocalTag = "ours", RemoteCSeq = 7 };
    }
}
