using Interop.Hub.Grains.Nodes;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Interop.Tests.Unit.Hub.Nodes;

/// <summary>When a node may speak: as long as too few of the others can have voted it lost.</summary>
public sealed class StandingTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Standing _standing;
    private readonly object _b = new();
    private readonly object _c = new();

    public StandingTests() => _standing = new Standing(_time);

    [Fact]
    public void One_of_three_speaks_while_either_of_the_others_hears_it_and_is_silent_before_two_probes_can_have_failed()
    {
        Three();
        Pass(500);
        Hear(_b);
        Pass(650);
        Assert.True(_standing.MaySpeak);

        Pass(100);
        Assert.False(_standing.MaySpeak);
        Assert.True(Standing.Lease < TimeSpan.FromSeconds(1));

        Hear(_c);
        Assert.True(_standing.MaySpeak);
    }

    [Fact]
    public void Of_two_each_has_a_vote_that_ends_the_other_so_one_that_is_not_heard_is_silent()
    {
        _standing.Join(_b);
        Pass(800);
        Assert.False(_standing.MaySpeak);
    }

    [Fact]
    public void A_peer_whose_process_is_gone_votes_for_nothing()
    {
        _standing.Join(_b);
        _standing.Gone(_b);
        Pass(60_000);
        Assert.True(_standing.MaySpeak);

        Three();
        Pass(800);
        Assert.True(_standing.MaySpeak, "one that is gone and one that is not heard are one vote");
    }

    [Fact]
    public void A_node_that_is_left_alone_speaks_whatever_became_of_Redis()
    {
        Three();
        _standing.Leave(_b);
        _standing.Leave(_c);
        Pass(60_000);
        Assert.True(_standing.MaySpeak);
    }

    [Fact]
    public void After_a_freeze_only_what_was_asked_since_counts()
    {
        Three();
        var before = _time.GetTimestamp();
        Pass(450);
        _standing.Doubt();
        Assert.False(_standing.MaySpeak);
        _standing.Heard(_b, before);
        Assert.False(_standing.MaySpeak);

        Pass(5);
        Hear(_b);
        Assert.True(_standing.MaySpeak);
    }

    [Fact]
    public void A_lone_node_that_froze_waits_for_the_table_of_members()
    {
        _standing.Doubt();
        Assert.True(_standing.IsInDoubt);
        Assert.False(_standing.MaySpeak);

        Pass(5);
        _standing.Reassure(_time.GetTimestamp());
        Assert.True(_standing.MaySpeak);
        Assert.False(_standing.IsInDoubt);
    }

    [Fact]
    public void One_that_was_written_off_never_speaks_again()
    {
        Three();
        _standing.End();
        Hear(_b);
        Hear(_c);
        Assert.False(_standing.MaySpeak);
        Assert.True(_standing.IsOver);
    }

    [Fact]
    public void Asking_before_each_packet_allocates_nothing()
    {
        Three();
        _ = _standing.MaySpeak;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
            _ = _standing.MaySpeak;
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private void Three()
    {
        _standing.Join(_b);
        _standing.Join(_c);
    }

    private void Hear(object peer) => _standing.Heard(peer, _time.GetTimestamp());

    private void Pass(int milliseconds) => _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
}
