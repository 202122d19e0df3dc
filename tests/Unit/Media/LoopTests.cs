using System.Net;
using Interop.Bridges.Media;
using Interop.Bridges.Media.Codecs;
using Interop.Bridges.Media.Legs;
using Interop.Bridges.Media.Loops;
using Interop.Bridges.Media.Sockets;
using Xunit;

namespace Interop.Tests.Unit.Media;

/// <summary>Rooms that call each other, and what their phones hear.</summary>
public sealed class LoopTests
{
    private const double Tones = 8000;
    private static readonly double[] s_tones = [400, 700, 1000, 1300];

    [Fact]
    public async Task A_plain_phone_is_sent_no_list_of_sources_and_a_mixer_is()
    {
        await using var rig = new MediaRig();
        var talker = await rig.AddPhoneAsync("talker");
        var phone = await rig.AddPhoneAsync("phone");
        var mixer = await rig.AddPhoneAsync("mixer");
        rig.Engine.SetFocus(MediaRig.Room, "mixer", true);
        var voice = new Tone(400);
        talker.Contributing = [0xAAAA_0000];
        rig.Ticks(50, () => talker.Send(voice.Next()));

        Assert.Empty(phone.ToldSources);
        Assert.Equal([talker.Ssrc, 0xAAAA_0000], mixer.ToldSources.Where(source => source == talker.Ssrc || source == 0xAAAA_0000));
        Assert.Equal(3, mixer.ToldSources.Length);
        Assert.True(Tone.AmplitudeOf(400, mixer.LastSecond()) > 0.9 * Tones);

        rig.Ticks(100);
        Assert.Empty(mixer.ToldSources);
    }

    [Fact]
    public async Task A_leg_that_brings_back_what_it_is_sent_only_by_chance_is_heard_on()
    {
        await using var rig = new MediaRig();
        var talker = await rig.AddPhoneAsync("talker");
        var other = await rig.AddPhoneAsync("other");
        var voice = new Tone(400);
        var packet = 0;
        rig.Ticks(100, () =>
        {
            talker.Send(new short[160]);
            other.Contributing = packet++ % LoopWatch.Enough == 0 ? [0xBBBB] : [talker.Ssrc];
            other.Send(voice.Next());
        });

        Assert.True(Tone.AmplitudeOf(400, talker.LastSecond()) > 0.9 * Tones);
        Assert.Equal(0, rig.Read("other").Loops);
    }

    [Fact]
    public async Task A_forged_list_silences_the_leg_that_it_comes_by_and_no_other()
    {
        await using var rig = new MediaRig();
        var victim = await rig.AddPhoneAsync("victim");
        var forger = await rig.AddPhoneAsync("forger");
        var listener = await rig.AddPhoneAsync("listener");
        forger.Contributing = [victim.Ssrc];
        var (one, two) = (new Tone(400), new Tone(700));
        rig.Ticks(300, () =>
        {
            victim.Send(one.Next());
            forger.Send(two.Next());
        });

        Assert.True(Tone.AmplitudeOf(400, listener.LastSecond()) > 0.9 * Tones);
        Assert.True(Tone.AmplitudeOf(700, listener.LastSecond()) < 0.01 * Tones);
        Assert.Equal((0L, 1L), (rig.Read("victim").Loops, rig.Read("forger").Loops));
        Assert.Equal("forger", Assert.Single(rig.Reports, report => report.Kind == MediaReportKind.LoopBegan).Leg);

        forger.Contributing = [];
        rig.Ticks(LoopWatch.Freed + 60, () => forger.Send(two.Next()));
        Assert.True(Tone.AmplitudeOf(700, listener.LastSecond()) > 0.9 * Tones);
        Assert.Equal("forger", Assert.Single(rig.Reports, report => report.Kind == MediaReportKind.LoopEnded).Leg);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Rooms_in_a_ring_are_cut_at_one_place_and_everybody_hears_everybody_once(int rooms)
    {
        await using var ring = new Ring(rooms);
        await ring.BuildAsync();
        for (var talker = 0; talker < rooms; talker++)
        {
            ring.Talk(talker, seconds: 4);
            for (var listener = 0; listener < rooms; listener++)
            {
                var heard = Tone.AmplitudeOf(s_tones[talker], ring.Phones[listener].LastSecond());
                if (listener == talker) Assert.True(heard < 0.01 * Tones, $"{talker} hears itself: {heard}");
                else Assert.InRange(heard, 0.9 * Tones, 1.1 * Tones);
            }
        }

        Assert.Single(ring.Began);
    }

    [Fact]
    public async Task The_leg_comes_back_when_the_ring_is_opened_and_is_heard()
    {
        await using var ring = new Ring(3);
        await ring.BuildAsync();
        ring.Talk(0, seconds: 3);
        var cut = Assert.Single(ring.Began);
        var (here, there) = (Ring.IndexOf(cut.Room!), Ring.IndexOf(cut.Leg![..1]));
        var third = 3 - here - there;
        // The other way from there to here is hung up, at its far half.
        ring.HangUp(there, third);

        ring.Talk(there, seconds: 5);

        Assert.InRange(Tone.AmplitudeOf(s_tones[there], ring.Phones[here].LastSecond()), 0.9 * Tones, 1.1 * Tones);
        Assert.Equal(cut.Leg, Assert.Single(ring.Ended).Leg);
    }

    /// <summary>Rooms of one engine, each with a phone, each joined to the next, and the last to the first.</summary>
    private sealed class Ring(int size) : IAsyncDisposable
    {
        private readonly MediaRig _rig = new();
        private readonly Tone[] _tones = [.. s_tones.Select(hertz => new Tone(hertz, Tones))];

        public List<FarEnd> Phones { get; } = [];

        public IEnumerable<MediaReport> Began => _rig.Reports.Where(report => report.Kind == MediaReportKind.LoopBegan);

        public IEnumerable<MediaReport> Ended => _rig.Reports.Where(report => report.Kind == MediaReportKind.LoopEnded);

        public async Task BuildAsync()
        {
            for (var room = 0; room < size; room++)
            {
                var phone = new FarEnd(_rig.Network, new IPEndPoint(IPAddress.Parse("10.0.0.1"), 4000 + (2 * room))) { Ssrc = 0xF000_0000 + (uint)room };
                var port = (await _rig.Engine.OpenPhoneAsync(Name(room), "phone", new PhoneSettings()))!;
                phone.Remote = new Destination(port.Local);
                _rig.Engine.SetRemote(Name(room), "phone", MediaRig.RemoteOf(phone));
                Phones.Add(phone);
            }

            for (var room = 0; room < size; room++) await JoinAsync(room, (room + 1) % size, $"-{room}");
            _rig.Phones.AddRange(Phones);
        }

        public static int IndexOf(string room) => room[0] - 'a';

        public void HangUp(int one, int other)
        {
            var link = $"-{(((one + 1) % size) == other ? one : other)}";
            _rig.Engine.Close(Name(one), Name(other) + link);
            _rig.Engine.Close(Name(other), Name(one) + link);
        }

        public void Talk(int talker, int seconds)
        {
            foreach (var phone in Phones) phone.Heard.Clear();
            _rig.Ticks(50 * seconds, () =>
            {
                for (var room = 0; room < size; room++) Phones[room].Send(room == talker ? _tones[room].Next() : new short[AudioFrame.Samples]);
            });
            // What is heard is measured while it is said; the pause lets the next begin in silence.
            var heard = Phones.Select(phone => phone.Heard.ToArray()).ToArray();
            _rig.Ticks(50, () => Phones.ForEach(phone => phone.Send(new short[AudioFrame.Samples])));
            for (var room = 0; room < size; room++)
            {
                Phones[room].Heard.Clear();
                Phones[room].Heard.AddRange(heard[room]);
            }
        }

        public ValueTask DisposeAsync() => _rig.DisposeAsync();

        private static string Name(int room) => ((char)('a' + room)).ToString();

        /// <summary>A call between two rooms; both know that the other mixes.</summary>
        private async Task JoinAsync(int one, int other, string link)
        {
            var (near, far) = (Name(other) + link, Name(one) + link);
            var here = (await _rig.Engine.OpenPhoneAsync(Name(one), near, new PhoneSettings()))!;
            var there = (await _rig.Engine.OpenPhoneAsync(Name(other), far, new PhoneSettings()))!;
            Speak(Name(one), near, there);
            Speak(Name(other), far, here);
        }

        private void Speak(string room, string leg, PhonePort to)
        {
            var pcmu = new PayloadFormat(0, RtpFormat.Pcmu);
            _rig.Engine.SetRemote(room, leg, new PhoneRemote { Rtp = to.Local, Send = pcmu, Accept = [pcmu] });
            _rig.Engine.SetFocus(room, leg, true);
        }
    }
}
