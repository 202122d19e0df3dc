using System.Net;
using Interop.Bridges.Media;
using Interop.Bridges.Media.Browsers;
using Interop.Bridges.Media.Legs;
using Interop.Bridges.Media.Sockets;
using Interop.Bridges.Wire.Rtp.Dtls;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Interop.Tests.Unit.Media.Browsers;

/// <summary>Browsers on one port of a real engine: their packets are real, and the time is the test's.</summary>
[Collection(AloneCollection.Name)]
public sealed class BrowserLegTests : IAsyncLifetime
{
    private const string Room = "4711";
    private static readonly byte[] s_tone = Tone();
    private readonly FakeTimeProvider _time = new();
    private readonly MediaEngine _engine;
    private readonly List<MediaReport> _reports = [];

    public BrowserLegTests() => _engine = new MediaEngine(
        new MediaOptions { BrowserPort = 0, BrowserBind = [IPAddress.Loopback], MaxLegs = 10 },
        _time, NullLogger<MediaEngine>.Instance, fence: null, new UdpNetwork(), static () => (uint)Random.Shared.Next(), DtlsIdentity.Create(TimeProvider.System));

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public void A_browser_is_heard_while_its_key_is_held_and_hears_the_room_all_the_time()
    {
        using var talker = Connect("talker");
        using var listener = Connect("listener");
        Talk(talker, listener, frames: 20);
        Assert.True(IsQuiet(listener.Heard), "heard without the key");

        Assert.True(_engine.Talk(Room, "talker", TimeSpan.FromMilliseconds(900)));
        Talk(talker, listener, frames: 20);
        Assert.False(IsQuiet(listener.Heard), "not heard with the key held");
        Assert.True(IsQuiet(talker.Heard), "the talker hears itself");

        // Told no more: the key lapses within the second.
        Talk(talker, listener, frames: 60);
        Assert.True(IsQuiet(listener.Heard), "still heard though the key was told no more");
        Assert.Contains(_reports, report => report is { Kind: MediaReportKind.TalkStopped, Leg: "talker" });
    }

    [Fact]
    public void A_muted_browser_is_not_heard_whatever_its_key()
    {
        using var talker = Connect("talker");
        using var listener = Connect("listener");
        _engine.SetMode(Room, "talker", LegMode.Muted);
        _engine.Talk(Room, "talker", TimeSpan.FromSeconds(9));
        Talk(talker, listener, frames: 20);
        Assert.True(IsQuiet(listener.Heard));
    }

    [Fact]
    public void A_browser_gets_reports_of_what_it_sends()
    {
        using var talker = Connect("talker");
        for (var i = 0; i < 500; i++) Frame(talker, talker);
        Assert.True(talker.Reports > 0);
    }

    [Fact]
    public void A_browser_that_only_listens_has_a_round_trip()
    {
        using var talker = Connect("talker");
        using var listener = Connect("listener");
        for (var i = 0; i < 500 && listener.Reports == 0; i++) Frame(talker, listener);
        Assert.Null(_engine.Read(Room, "listener")!.RoundTrip);

        Frame(talker, talker);
        Frame(talker, talker);
        listener.ReportBack();
        Until(() => _engine.Read(Room, "listener")!.RoundTrip > TimeSpan.Zero, listener, "the round trip");

        Assert.InRange(_engine.Read(Room, "listener")!.RoundTrip!.Value.TotalMilliseconds, 39, 61);
    }

    [Fact]
    public void Who_vanishes_is_lost_after_thirty_seconds_and_comes_back_with_new_keys()
    {
        using var browser = Connect("talker");
        _time.Advance(TimeSpan.FromSeconds(32));
        _engine.Step();
        Assert.Contains(Read(), report => report is { Kind: MediaReportKind.BrowserLost, Leg: "talker", Room: Room });
        Assert.False(_engine.Read(Room, "talker")!.Connected);
        Assert.False(_engine.Talk(Room, "talker", TimeSpan.FromSeconds(1)));

        using var again = Connect("talker");
        Assert.True(_engine.Read(Room, "talker")!.Connected);
    }

    [Fact]
    public void A_page_that_reloads_from_the_same_port_takes_it_over()
    {
        using var before = Connect("talker");
        using var after = Connect("talker", new TestBrowser(sharing: before));
        Assert.True(_engine.Read(Room, "talker")!.Connected);
        Assert.True(_engine.Talk(Room, "talker", TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void A_goodbye_is_reported()
    {
        using var browser = Connect("talker");
        browser.SayGoodbye();
        Until(() => Read().Exists(report => report.Kind == MediaReportKind.BrowserLeft), browser, "the goodbye");
        Assert.False(_engine.Read(Room, "talker")!.Connected);
    }

    [Fact]
    public void Another_certificate_than_the_offered_one_gets_no_voice()
    {
        using var browser = new TestBrowser(DtlsIdentity.Create(TimeProvider.System));
        Open("talker", browser);
        Shake(browser);
        Until(() => Read().Exists(report => report is { Kind: MediaReportKind.BrowserRefused, Leg: "talker" }), browser, "the refusal");
        Assert.False(_engine.Read(Room, "talker")!.Connected);
    }

    [Fact]
    public void A_stranger_gets_no_handshake_and_nothing_in()
    {
        using var browser = Connect("talker");
        using var stranger = new TestBrowser();
        stranger.Aim(_engine.OpenBrowser(Room, "other", stranger.Offer(), out _)!);
        stranger.BeginHandshake();
        stranger.Check(password: "not the password of anybody");
        for (var i = 0; i < 50; i++) stranger.Throw([0x80, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
        Until(() => stranger.Refused == 1, stranger, "the refusal");
        Assert.Equal((0, 0), (stranger.Shaken, stranger.Packets));
        Assert.Equal(0, _engine.Read(Room, "other")!.PacketsIn);
        Assert.True(_engine.Read(Room, "talker")!.Connected);
    }

    [Fact]
    public void Forged_packets_from_the_browsers_own_address_get_nothing_in_and_end_nothing()
    {
        using var browser = Connect("talker");
        var forged = new byte[200];
        forged[0] = 0x80;
        for (var i = 0; i < 2_000; i++)
        {
            Random.Shared.NextBytes(forged.AsSpan(1));
            browser.Throw(forged);
            if (i % 50 == 0) _engine.Step();
        }

        _engine.Step();
        Assert.Equal(0, _engine.Read(Room, "talker")!.PacketsIn);
        Assert.True(_engine.Read(Room, "talker")!.DroppedBy(DropReason.Unauthentic) > 0);
        _engine.Talk(Room, "talker", TimeSpan.FromSeconds(9));
        Frame(browser, browser);
        Assert.Equal(1, _engine.Read(Room, "talker")!.PacketsIn);
    }

    [Fact]
    public void There_are_no_more_browsers_than_legs_may_be()
    {
        using var browser = new TestBrowser();
        for (var i = 0; i < 10; i++) Assert.NotNull(_engine.OpenBrowser(Room, $"leg-{i}", browser.Offer(), out _));
        Assert.Null(_engine.OpenBrowser(Room, "leg-10", browser.Offer(), out var refusal));
        Assert.Equal("legs-exhausted", refusal!.Code);
    }

    [Fact]
    public void A_packet_of_a_browser_allocates_nothing()
    {
        using var talker = Connect("talker");
        using var listener = Connect("listener");
        _engine.Talk(Room, "talker", TimeSpan.FromSeconds(60));
        Talk(talker, listener, frames: 200);
        long allocated = 0;
        for (var i = 0; i < 100; i++)
        {
            talker.Speak(s_tone);
            _time.Advance(TimeSpan.FromMilliseconds(20));
            var before = GC.GetAllocatedBytesForCurrentThread();
            _engine.Step();
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            talker.Pump();
            listener.Pump();
        }

        Assert.Equal(0, allocated);
    }

    private static byte[] Tone()
    {
        var tone = new byte[160];
        for (var i = 0; i < tone.Length; i++) tone[i] = (byte)(i % 8 < 4 ? 0x90 : 0x10);
        return tone;
    }

    // Silence in G.711 is a code near the middle; a tone swings.
    private static bool IsQuiet(byte[] payload) => payload.All(static code => (code & 0x70) is 0x70 or 0x60);

    private TestBrowser Connect(string leg, TestBrowser? made = null)
    {
        var browser = made ?? new TestBrowser();
        Open(leg, browser);
        Shake(browser);
        Until(() => browser.IsConnected && _engine.Read(Room, leg)!.Connected, browser, "the handshake");
        return browser;
    }

    private void Open(string leg, TestBrowser browser)
    {
        browser.Aim(_engine.OpenBrowser(Room, leg, browser.Offer(), out _)!);
        _engine.Step();
    }

    private void Shake(TestBrowser browser)
    {
        var before = browser.Confirmed;
        browser.Check(nominates: true);
        Until(() => browser.Confirmed > before, browser, "the answer to a check");
        browser.BeginHandshake();
    }

    private void Talk(TestBrowser talker, TestBrowser listener, int frames)
    {
        for (var i = 0; i < frames; i++) Frame(talker, listener);
    }

    private void Frame(TestBrowser talker, TestBrowser listener)
    {
        talker.Speak(s_tone);
        _time.Advance(TimeSpan.FromMilliseconds(20));
        _engine.Step();
        talker.Pump();
        listener.Pump();
        Read();
    }

    private List<MediaReport> Read()
    {
        while (_engine.Reports.TryRead(out var report)) _reports.Add(report);
        return _reports;
    }

    private void Until(Func<bool> isSo, TestBrowser browser, string awaited) => Assert.True(
        SpinWait.SpinUntil(
            () =>
            {
                _engine.Step();
                browser.Pump();
                return isSo();
            },
            TimeSpan.FromSeconds(20)),
        $"{awaited} did not come");
}
