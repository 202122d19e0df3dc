using Interop.Bridges.Media.Prompts;
using Interop.Hub.Contracts.Ids;
using Interop.Hub.Contracts.Rooms;

namespace Interop.Bridges.Core.Attendant;

/// <summary>Puts prompts together to what is said, in one language.</summary>
internal sealed class Phrases(PromptBook book, Voice voice, string language)
{
    private const int MostNamed = 12;
    private const int LongestAcronym = 5;
    private const int MostSpelled = 8;
    private static readonly PromptAudio s_breath = PromptAudio.Silence(TimeSpan.FromMilliseconds(250));
    private static readonly PromptAudio s_pause = PromptAudio.Silence(TimeSpan.FromMilliseconds(1500));

    /// <summary>What comes before the first key: who calls, and nothing of the incident, as voicemail may listen.</summary>
    public async Task<IReadOnlyList<PromptAudio>> GreetingAsync(LegAsk ask) =>
        [s_breath, .. Say("greeting.from"), .. await AgencyAsync(ask.By, ask.ByName), s_breath, .. Say("greeting.any-key"), s_pause];

    /// <summary>Who asks, to what, why and on what terms; purpose and handling are left out where they cannot be spoken.</summary>
    public async Task<IReadOnlyList<PromptAudio>> ExplanationAsync(LegAsk ask, string type, Priority priority)
    {
        var purpose = await voice.SpeakAsync(language, ask.Purpose);
        var handling = await voice.SpeakAsync(language, ask.Terms?.Handling);
        return
        [
            .. await AgencyAsync(ask.By, ask.ByName), .. Say("ask.to-join"), .. await TypeAsync(type), .. Say(NameOf(priority)),
            .. purpose is null ? [] : (PromptAudio[])[s_breath, purpose],
            .. handling is null ? [] : (PromptAudio[])[s_breath, handling],
            .. ask.Terms?.Recorded == true ? [s_breath, .. Say("recording.notice")] : (IReadOnlyList<PromptAudio>)[],
            s_breath, .. Say("ask.press"), s_pause,
        ];
    }

    /// <summary>Who is in a room, by agency.</summary>
    public async Task<IReadOnlyList<PromptAudio>> RosterAsync(IReadOnlyList<AgencyId> parties)
    {
        var said = new List<PromptAudio>([.. Say("who.here"), .. Number(parties.Count), .. Say(parties.Count == 1 ? "who.party" : "who.parties")]);
        foreach (var party in parties.Take(MostNamed))
            said.AddRange([s_breath, .. await AgencyAsync(party, null)]);
        if (parties.Count > MostNamed)
            said.AddRange(Say("who.others"));
        return said;
    }

    /// <summary>One prompt by its name.</summary>
    public IReadOnlyList<PromptAudio> Say(string name) => book.Find(language, name) is { } prompt ? [prompt] : [];

    /// <summary>An agency by its recorded name, by its letters as people call it (H P D), or as a voice reads its name.</summary>
    private async Task<IReadOnlyList<PromptAudio>> AgencyAsync(AgencyId agency, string? name)
    {
        if (book.Agency(language, agency.Value) is { } recorded)
            return [recorded];
        if (agency.Value.Length > LongestAcronym && await voice.SpeakAsync(language, name ?? agency.Value.Replace('-', ' ')) is { } spoken)
            return [spoken];
        return [.. agency.Value.Take(MostSpelled).SelectMany(c => Say(char.IsAsciiDigit(c) ? $"number.{c}" : $"letter.{char.ToLowerInvariant(c)}"))];
    }

    private async Task<IReadOnlyList<PromptAudio>> TypeAsync(string type) =>
        book.Find(language, $"type.{type}") is { } recorded ? [recorded]
        : await voice.SpeakAsync(language, type.Replace('-', ' ')) is { } spoken ? [spoken]
        : Say("type.incident");

    private IReadOnlyList<PromptAudio> Number(int number) => book.Find(language, $"number.{number}") is { } said ? [said] : Say("number.more");

    private static string NameOf(Priority priority) => priority switch
    {
        Priority.Routine => "priority.routine",
        Priority.Urgent => "priority.urgent",
        Priority.Emergency => "priority.emergency",
    };
}
