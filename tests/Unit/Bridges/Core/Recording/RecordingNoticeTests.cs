using Interop.Bridges.Core.Attendant;
using Interop.Bridges.Core.Recording;
using Interop.Bridges.Media.Prompts;
using Interop.Hub.Contracts.Directory;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Ports;
using Interop.Hub.Contracts.Rooms;
using Interop.Tests.Unit.Media;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Interop.Tests.Unit.Bridges.Core.Recording;

/// <summary>Whoever wants to be told that a room is recorded is, and nobody else.</summary>
public sealed class RecordingNoticeTests
{
    private static readonly AgencyId s_words = new("words"), s_tone = new("tone"), s_none = new("none");
    private readonly PromptBook _book = PromptBook.Load(null, out _);

    [Fact]
    public async Task An_agency_that_wants_a_tone_hears_it_when_it_comes_in_and_each_15_seconds_and_nobody_else_does()
    {
        await using var rig = new MediaRig();
        var (tone, none) = (await rig.AddPhoneAsync("tone"), await rig.AddPhoneAsync("none"));
        using var notices = Notices(rig);
        notices.Follow(Plan(RecordingStatus.On, Leg("tone", s_tone), Leg("none", s_none)));
        for (var beep = 0; beep < 2; beep++)
        {
            tone.Heard.Clear();
            await Pass(rig, notices, seconds: 1);
            Assert.InRange(Tone.AmplitudeOf(1_400, [.. tone.Heard.Take(1_600)]), 2_000, 3_100);
            tone.Heard.Clear();
            await Pass(rig, notices, seconds: 13);
            Assert.InRange(Tone.AmplitudeOf(1_400, [.. tone.Heard]), 0, 20);
            if (beep == 0) await Pass(rig, notices, seconds: 1);
        }

        Assert.All(none.Heard, sample => Assert.InRange(sample, -16, 16));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    public async Task An_agency_that_wants_words_hears_them_once_in_its_language(string language)
    {
        await using var rig = new MediaRig();
        var phone = await rig.AddPhoneAsync("words");
        using var notices = Notices(rig, language);
        notices.Follow(Plan(RecordingStatus.On, Leg("words", s_words)));
        await Pass(rig, notices, seconds: 30);
        var words = _book.Find(language, "recording.notice")!.Samples.ToArray();
        Assert.InRange(Energy(phone.Heard) / Energy(words), 0.95, 1.05);
    }

    [Fact]
    public async Task A_notice_waits_for_what_is_being_played_and_cuts_nothing()
    {
        await using var rig = new MediaRig();
        var phone = await rig.AddPhoneAsync("tone");
        using var notices = Notices(rig);
        var asked = rig.Engine.PlayAsync(MediaRig.Room, "tone", [new PromptAudio(new Tone(700, 3000).Next(12_000))]);
        notices.Follow(Plan(RecordingStatus.On, Leg("tone", s_tone)));
        await Pass(rig, notices, seconds: 5);
        Assert.Equal(PromptEnd.Played, await asked.WaitAsync(TimeSpan.FromSeconds(5)));
        Assert.InRange(Tone.AmplitudeOf(700, [.. phone.Heard.Take(12_000)]), 2_800, 3_100);
        Assert.True(Tone.AmplitudeOf(1_400, [.. phone.Heard.Skip(12_000)]) > 100);
    }

    [Fact]
    public async Task Nobody_is_told_of_a_room_that_is_not_recorded_nor_behind_a_bridge_nor_while_being_asked()
    {
        await using var rig = new MediaRig();
        foreach (var leg in new[] { "a", "b", "c", "d" }) await rig.AddPhoneAsync(leg);
        using var notices = Notices(rig);
        notices.Follow(Plan(RecordingStatus.Failed, Leg("a", s_tone)));
        await Pass(rig, notices, seconds: 2);
        notices.Follow(Plan(
            RecordingStatus.On,
            Leg("b", s_tone) with { Party = new Party(s_tone, "b", "sip:b@10.0.0.1", Party.ProofOfBridge(s_tone, "gateway")) },
            Leg("c", s_tone) with { Party = new Party(s_tone, "c", "sip:c@10.0.0.1", "trunk:lab", Focus: "sip:9@10.0.0.1") },
            Leg("d", s_tone) with { Ask = new LegAsk(s_tone, "Tone", null, null, null) }));
        await Pass(rig, notices, seconds: 2);
        Assert.All(rig.Phones, phone => Assert.All(phone.Heard, sample => Assert.InRange(sample, -16, 16)));
    }

    private static async Task Pass(MediaRig rig, RecordingNotices notices, int seconds)
    {
        var said = new List<Task>();
        for (var second = 0; second < seconds; second++)
        {
            said.Add(notices.RoundAsync(TestContext.Current.CancellationToken));
            rig.Ticks(50);
            // Whatever it was is over by now, but for words, which take longer than a second.
            if (seconds < 30) await said[^1].WaitAsync(TimeSpan.FromSeconds(5));
        }

        await Task.WhenAll(said).WaitAsync(TimeSpan.FromSeconds(5));
    }

    private static double Energy(IEnumerable<short> samples) => samples.Sum(sample => (double)sample * sample);

    private RecordingNotices Notices(MediaRig rig, string? language = null) =>
        new(rig.Engine, _book, new AttendantOptions(), new Known(language), rig.Time, NullLogger<RecordingNotices>.Instance);

    private static RoomPlan Plan(RecordingStatus recording, params PlannedLeg[] legs) =>
        new(new RoomCode(MediaRig.Room), "Fire", s_none, 1, 1, Open: true, legs, Recording: recording);

    private static PlannedLeg Leg(string id, AgencyId agency) =>
        new(new LegId(id), LegKind.Sip, LegMode.Talk, LegStatus.Up, new Party(agency, id, $"sip:{id}@10.0.0.1", "trunk:lab"), Dialled: false, Gateway: null);

    private sealed class Known(string? language) : IDirectory
    {
        public DirectorySnapshot Current { get; } = new(
            1,
            [
                new AgencyDirectory(s_words, 1, [new AgencyEntry("words", "Words", AgencyLevel.City, Language: language, RecordingNotice: RecordingNotice.Prompt)]),
                new AgencyDirectory(s_tone, 1, [new AgencyEntry("tone", "Tone", AgencyLevel.City, RecordingNotice: RecordingNotice.Beep)]),
                new AgencyDirectory(s_none, 1, [new AgencyEntry("none", "None", AgencyLevel.City)]),
            ]);
    }
}
