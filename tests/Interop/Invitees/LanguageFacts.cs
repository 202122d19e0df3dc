using System.Buffers.Binary;
using Interop.Tests.Interop.Lab;
using Interop.Tests.Peers;
using Interop.Tests.Peers.Hub;
using Interop.Tests.Peers.Phones;
using Interop.Tests.Peers.Sound;

namespace Interop.Tests.Interop.Invitees;

/// <summary>A hub of English, and an agency that is to be asked in Spanish.</summary>
public sealed class LanguageLab() : LabFixture("languages")
{
    private Baresip? _desk;

    /// <summary>The agency's duty desk, which says nothing.</summary>
    public Baresip Desk => _desk!;

    /// <inheritdoc />
    protected override async Task<string> Provisioning()
    {
        _desk = await Phone("desk", new short[120 * ToneFile.Rate]);
        return LabProvisioning.Text(desk: _desk.Uri, language: "es");
    }
}

/// <summary>Whoever is asked in hears its own language: what it heard is held against the files of both.</summary>
public sealed class LanguageFacts(LanguageLab lab, ITestOutputHelper output) : IClassFixture<LanguageLab>
{
    private const double Same = 0.9, Other = 0.75;

    [Fact]
    public async Task An_agency_of_Spanish_is_greeted_and_asked_in_Spanish_and_another_party_in_English()
    {
        var other = await lab.Phone("english", new short[120 * ToneFile.Rate]);
        await lab.Hpd.Do("/api/rooms/4201/invites", new { agency = "ctic" });
        await lab.Hpd.Do("/api/rooms/4202/legs", new { uri = other.Uri, name = "Chief", ask = true });

        await IsAsked(lab.Desk, "es", not: "en");
        await IsAsked(other, "en", not: "es");
    }

    private async Task IsAsked(Baresip phone, string language, string not)
    {
        await phone.Answered();
        await Heard(phone, "greeting.any-key", language, not);
        await phone.Press('5');
        await Heard(phone, "ask.press", language, not);
        await phone.HangUp();
    }

    private async Task Heard(Baresip phone, string prompt, string language, string not)
    {
        await Until.True(
            $"{phone.Uri} to hear {prompt} of {language}", () => Likeness.Of(phone.Heard(), Prompt(language, prompt)) >= Same, 3 * Until.Soon,
            () => $"At best it was {Likeness.Of(phone.Heard(), Prompt(language, prompt)):0.00} alike, {not} {Likeness.Of(phone.Heard(), Prompt(not, prompt)):0.00}.");
        var mistaken = Likeness.Of(phone.Heard(), Prompt(not, prompt));
        output.WriteLine($"{prompt}: {language} {Likeness.Of(phone.Heard(), Prompt(language, prompt)):0.00}, {not} {mistaken:0.00}.");
        Assert.True(mistaken < Other, $"{phone.Uri} should not hear {prompt} of {not}, and heard what is {mistaken:0.00} alike.");
    }

    /// <summary>The samples of a prompt's file, in mu-law after its header.</summary>
    private static short[] Prompt(string language, string name)
    {
        ReadOnlySpan<byte> file = File.ReadAllBytes(Path.Combine(Built.Prompts, language, $"{name}.wav"));
        var data = file.IndexOf("data"u8) + 8;
        var length = Math.Min(file.Length - data, (int)BinaryPrimitives.ReadUInt32LittleEndian(file[(data - 4)..]));
        var samples = new short[length];
        for (var index = 0; index < length; index++)
            samples[index] = G711.FromMuLaw(file[data + index]);
        return samples;
    }
}
