using System.Text;
using System.Threading.Channels;
using System.Xml.Linq;
using Interop.Bridges.Sip.Conference;
using Interop.Hub.Contracts.Live;
using Interop.Hub.Contracts.Rooms;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Interop.Tests.Unit.Bridges.Sip.Conference;

public sealed class RosterSubscriptionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _time = new();
    private readonly Channel<(XElement Document, TaskCompletionSource<bool> Answer)> _sent = Channel.CreateUnbounded<(XElement, TaskCompletionSource<bool>)>();
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task The_first_document_is_whole_and_the_next_ones_have_only_what_changed_with_growing_numbers()
    {
        var view = Subscribe();

        view.Refresh();
        var first = await Sent();
        first.Answer.SetResult(true);
        view.Show(Titled("two"));
        var second = await SentLater();

        Assert.Equal(("full", "1"), Of(first.Document));
        Assert.Equal(("partial", "2"), Of(second.Document));
    }

    [Fact]
    public async Task While_a_document_is_not_answered_none_goes_out_and_then_the_newest_alone()
    {
        var view = Subscribe();
        view.Refresh();
        var first = await Sent();

        view.Show(Titled("two"));
        view.Show(Titled("three"));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(_sent.Reader.TryPeek(out _));
        first.Answer.SetResult(true);

        var second = await SentLater();
        Assert.Contains("three", second.Document.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("two", second.Document.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_did_not_arrive_is_made_up_for_by_a_whole_document()
    {
        var view = Subscribe();
        view.Refresh();
        (await Sent()).Answer.SetResult(true);
        view.Show(Titled("two"));
        (await SentLater()).Answer.SetResult(false);

        var again = await SentLater();

        Assert.Equal(("full", "3"), Of(again.Document));
    }

    [Fact]
    public async Task A_refresh_brings_the_whole_state_though_nothing_changed()
    {
        var view = Subscribe();
        view.Refresh();
        (await Sent()).Answer.SetResult(true);

        view.Refresh();

        Assert.Equal(("full", "2"), Of((await SentLater()).Document));
    }

    [Fact]
    public async Task The_subscription_ends_with_the_room_after_its_last_document()
    {
        var view = Subscribe();
        view.Refresh();
        (await Sent()).Answer.SetResult(true);

        view.Show(Rosters.Start with { Open = false, Legs = [] });
        (await SentLater()).Answer.SetResult(true);

        await _over.Task.WaitAsync(Patience);
    }

    private RosterSubscription Subscribe() => new(
        Rosters.Document,
        Rosters.Start,
        body =>
        {
            var answer = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            _sent.Writer.TryWrite((XElement.Parse(Encoding.UTF8.GetString(body.Span)), answer));
            return answer.Task;
        },
        () =>
        {
            _over.TrySetResult();
            return Task.CompletedTask;
        },
        _time,
        NullLogger.Instance);

    private static Roster Titled(string title) => Rosters.Start with { Title = title };

    private static (string? State, string? Version) Of(XElement document) => (document.Attribute("state")?.Value, document.Attribute("version")?.Value);

    private async Task<(XElement Document, TaskCompletionSource<bool> Answer)> Sent() =>
        await _sent.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    /// <summary>The next document, once its time has come: the clock runs until the subscription has set its timer and it has rung.</summary>
    private async Task<(XElement Document, TaskCompletionSource<bool> Answer)> SentLater()
    {
        var next = Sent();
        while (!next.IsCompleted)
        {
            _time.Advance(RosterSubscription.Pace);
            await Task.WhenAny(next, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System));
        }

        return await next;
    }
}
